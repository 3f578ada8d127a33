"""The features of ranking, of choosing a sentence and of deciding: names, labels, and the fitted tables that weigh
them.

The registry is the one place that knows them. Values are kept as arrays whose columns stand in the order of a registry;
`linear_model` weighs all rows of such an array at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tjqa.messages import Message, literal, message

_NO_LABEL = literal("")


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature: its name in the fitted tables, which `tables` weigh it, and what a person reads for it (nothing for
    what no one is shown)."""

    name: str
    tables: tuple[str, ...]
    label: Message = _NO_LABEL


class FeatureSet:
    """Features in the order of an array's columns. "bias" is a feature whose value is always 1."""

    def __init__(self, features: Sequence[Feature]) -> None:
        self.features = tuple(features)
        self.names = tuple(feature.name for feature in self.features)
        self._columns = {name: column for column, name in enumerate(self.names)}

    def __len__(self) -> int:
        return len(self.features)

    def column(self, name: str) -> int:
        """The column of a feature."""
        return self._columns[name]

    def columns_of(self, table: str) -> list[int]:
        """The columns that a fitted table weighs, in order."""
        return [column for column, feature in enumerate(self.features) if table in feature.tables]

    def names_of(self, table: str) -> list[str]:
        """The names of the features that a fitted table weighs, in order."""
        return [feature.name for feature in self.features if table in feature.tables]

    def rows(self, values: Mapping[str, NDArray[Any]], count: int) -> NDArray[np.float32]:
        """Features given one by one, each of shape (count,), as one array of shape (count, features)."""
        table = np.ones((count, len(self)), dtype=np.float32)
        for column, name in enumerate(self.names):
            if name != "bias":
                table[:, column] = values[name]
        return table

    def row(self, values: Mapping[str, float]) -> NDArray[np.float64]:
        """Features given by name as one row, shape (features,)."""
        return np.array([1.0 if name == "bias" else values[name] for name in self.names])

    def value(self, row: NDArray[Any], name: str) -> float:
        """One feature of a row."""
        return float(row[self._columns[name]])

    def named(self, row: NDArray[Any]) -> dict[str, float]:
        """A row by name."""
        return dict(zip(self.names, row.tolist(), strict=True))

    def weights(self, table: Mapping[str, float]) -> NDArray[np.float64]:
        """The weights of a fitted table in the order of the columns, shape (features,); 0 for what it leaves out."""
        return np.array([table.get(name, 0.0) for name in self.names])


_MEANING = ("passage_meaning", "passage_latin_meaning")
_PASSAGE = ("passage", "passage_meaning")
_CHINESE = ("passage", "passage_plain", "passage_meaning")
_WITH_TOKENS = ("passage", "passage_latin", *_MEANING)
_EVERY = ("passage", "passage_plain", "passage_latin", *_MEANING)

CANDIDATE = FeatureSet(
    [
        Feature("lexical", _EVERY, message("feature_lexical")),
        Feature("dense", _EVERY, message("feature_dense")),
        Feature("meaning", _MEANING, message("feature_meaning")),
        Feature("coverage", _EVERY, message("feature_coverage")),
        Feature("sentence", _CHINESE, message("feature_sentence")),
        Feature("sentences", _CHINESE, message("feature_sentences")),
        Feature("context", _CHINESE, message("feature_context")),
        Feature("kind", _CHINESE, message("feature_kind")),
        Feature("phrase", _CHINESE, message("feature_phrase")),
        Feature("article", _CHINESE, message("feature_article")),
        Feature("article_lexical", _CHINESE, message("feature_article_lexical")),
        Feature("body", _CHINESE, message("feature_body")),
        Feature("byline", _CHINESE, message("feature_byline")),
        Feature("year_missed", _CHINESE, message("feature_year_missed")),
        Feature("place_missed", _CHINESE, message("feature_place_missed")),
        Feature("rare", _PASSAGE, message("feature_rare")),
        Feature("rare_sentence", _PASSAGE, message("feature_rare_sentence")),
        Feature("soft", _WITH_TOKENS, message("feature_soft")),
        Feature("soft_window", _WITH_TOKENS, message("feature_soft_window")),
        Feature("soft_focus", _PASSAGE, message("feature_soft_focus")),
        Feature("support", _PASSAGE, message("feature_support")),
        Feature("verbatim", ()),  # no weight: it comes before every other evidence
        Feature("bias", _EVERY, message("feature_bias")),
    ]
)
"""Of a candidate passage; `tjqa ask --explain` shows what each added to its rank."""

_SENTENCE = ("sentence",)

SENTENCE = FeatureSet(
    [
        Feature("passage", _SENTENCE),
        Feature("rank", _SENTENCE),
        Feature("own", _SENTENCE),
        Feature("soft", _SENTENCE),
        Feature("rare", _SENTENCE),
        Feature("before", _SENTENCE),
        Feature("context", _SENTENCE),
        Feature("kind", _SENTENCE),
        Feature("near", _SENTENCE),
        Feature("length", _SENTENCE),
        Feature("body", _SENTENCE),
        Feature("byline", _SENTENCE),
    ]
)
"""Of a sentence as a possible answer."""

_CONFIDENCE = ("confidence",)

CONFIDENCE = FeatureSet(
    [
        Feature("soft_lead", _CONFIDENCE),
        Feature("dense_lead", _CONFIDENCE),
        Feature("lacking", _CONFIDENCE),
        Feature("worst", _CONFIDENCE),
        Feature("worst_verb", _CONFIDENCE),
        Feature("place_missed", _CONFIDENCE),
        Feature("year_missed", _CONFIDENCE),
        Feature("month_missed", _CONFIDENCE),
        Feature("figure_missed", _CONFIDENCE),
        Feature("number_missed", _CONFIDENCE),
        Feature("unfit", _CONFIDENCE),
        Feature("astray", _CONFIDENCE),
        Feature("astray_sentence", _CONFIDENCE),
        Feature("unfit_name", _CONFIDENCE),
        Feature("unnamed", _CONFIDENCE),
        Feature("bias", _CONFIDENCE),
    ]
)
"""Of an answer, for the decision to give it."""

READ = FeatureSet([Feature(name, ("read",)) for name in ("ranking", "reader", "reader_span", "bias")])
"""Of a candidate that was read together with the question, to order those anew."""

_ANSWER = ("words", "passage", "reader", "first", "inside", "inside_sure", "inside_kind", "echo")

ANSWER = FeatureSet([Feature(name, ("answer",)) for name in _ANSWER])
"""Of a sentence as a possible answer, where its passage was read."""

_BY_READER = ("strength", "strength_latin")
_STRENGTHS = (*_BY_READER, "strength_fast", "strength_latin_fast")
_STRENGTH_ZH = ("strength", "strength_fast")

STRENGTH = FeatureSet(
    [
        Feature("confidence", _STRENGTH_ZH),
        *(Feature(name, _STRENGTH_ZH) for name in CONFIDENCE.names if name not in ("bias", "soft_lead", "dense_lead")),
        Feature("passage", _STRENGTHS),
        Feature("passage_lead", _STRENGTHS),
        Feature("reader", _BY_READER),
        Feature("reader_lead", _BY_READER),
        Feature("reader_span", _BY_READER),
        Feature("inside", _BY_READER),
        Feature("words", _STRENGTH_ZH),
        Feature("meets", _STRENGTH_ZH),
        Feature("echo", _STRENGTHS),
        Feature("bias", _STRENGTHS),
    ]
)
"""Of an answer, for how strong it is: the chance that it is right."""

CELL = FeatureSet([Feature(name, ("strength_cell",)) for name in ("cover", "same_period", "named", "rivals", "bias")])
"""The same of an answer that cells of tables give."""

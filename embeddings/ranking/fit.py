"""Fit the weights of tjqa/ranking.json on public question sets and gold questions of a library.

    python -m embeddings.ranking.fit --bench BENCH --gold QUESTIONS --seeds SEEDS [--work DIR]

BENCH holds folders of public retrieval sets (corpus.jsonl {"id","title","text"}, queries.jsonl {"id","text"},
qrels.tsv, answers.jsonl {"id","answers"}, optionally queries.en.jsonl); each document becomes one text file of a
library, indexed by the product itself. QUESTIONS is a file in the format of `tjqa eval`, asked on SEEDS; so is
fitting/questions.jsonl, written for the fit alone: half of it cannot be answered, a quarter of the rest says it in
other words. Fitted are:

    passage, passage_latin, passage_plain   softmax over the candidates of a question, positives hold the answer
    sentence                                softmax over the sentences of the first hits, positives hold the answer
    confidence                              logistic; negatives are questions whose documents were taken away
    threshold                               the confidence from which on an answer is given: the fairest on the own
                                            questions and near misses made of them, each judged by weights fitted
                                            without it, of those that keep 95 % of the answerable ones; for
                                            questions in Latin script it keeps 95 % of the public ones

Deterministic: the same files give the same weights. Takes two to ten minutes on two cores. Needs tjqa installed.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

from embeddings.ranking.examples import balanced, decisions, focus_words, ranked_hits
from embeddings.ranking.libraries import Library, own_library, public_libraries, say
from embeddings.ranking.linear import (
    Asked,
    auroc,
    calibrated,
    fairest,
    first_right,
    held_out,
    logistic_weights,
    softmax_weights,
    weighted,
)
from tjqa.answers.sentence_selection import DEPTH, Sentence, weigh
from tjqa.results import Hit
from tjqa.retrieval.linear_model import probability
from tjqa.retrieval.question import parse
from tjqa.retrieval.search import candidates, matcher_for
from tjqa.text.normalize import fold

OWN_QUESTIONS = Path(__file__).with_name("questions.jsonl")
OUTPUT = Path(__file__).parents[2] / "tjqa" / "retrieval" / "ranking.json"

# Questions used of each set; some hundreds pin a dozen weights down well enough.
LIMIT = 400

# A library's own questions are few but are what the product is for; each counts like two public ones.
OWN_WEIGHT = 2.0

# Of the answerable questions at least this share is answered: what is there has to be found, and a refusal shows the
# nearest passages all the same.
KEPT = 0.95

FITTED_ON = 24
"""Candidates of a question: more than the product looks at, for what is hard to tell apart stands further down, too."""

LEGS = ["lexical", "dense"]
PASSAGE = [*LEGS, "coverage", "sentence", "sentences", "context", "kind", "phrase", "article", "article_lexical",
           "body", "byline", "year_missed", "place_missed"]  # fmt: skip
PASSAGE_SOFT = [*PASSAGE, "rare", "rare_sentence", "soft", "soft_window", "soft_focus", "support"]
LATIN = ["lexical", "dense", "soft", "soft_window", "coverage"]
SENTENCE = ["passage", "rank", "own", "soft", "rare", "before", "context", "kind", "near", "length", "body", "byline"]
CONFIDENCE = [
    "soft_lead", "dense_lead", "lacking", "worst", "worst_verb", "place_missed", "year_missed", "month_missed",
    "figure_missed", "number_missed", "unfit", "astray", "astray_sentence", "unfit_name", "unnamed",
]  # fmt: skip


def main() -> None:
    """Build the libraries, collect features, fit, write ranking.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--seeds", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("/tmp/tjqa-fit"))
    options = parser.parse_args()
    libraries = [
        *public_libraries(options.bench, options.work, LIMIT),
        own_library("gold", options.gold, options.seeds, options.work, OWN_WEIGHT),
        own_library("own", OWN_QUESTIONS, options.seeds, options.work, OWN_WEIGHT),
    ]
    fit(libraries)


def fit(libraries: list[Library]) -> None:
    """Fit every table in turn and write it where the product reads it: a later one uses the ranking of the earlier."""
    tables: dict[str, dict[str, float]] = json.loads(OUTPUT.read_text("utf-8")) if OUTPUT.exists() else {}

    def save() -> None:
        from tjqa.retrieval import linear_model

        OUTPUT.write_text(json.dumps(tables, indent=1) + "\n", "utf-8")
        linear_model._tables.cache_clear()

    asked = {library.name: (library, list(ask_all(library))) for library in libraries}
    everything = [a for _, listed in asked.values() for a in listed if a.answerable]
    for name, features, keep in (
        ("passage", PASSAGE_SOFT, lambda a: not a.latin),
        ("passage_plain", PASSAGE, lambda a: True),
        ("passage_latin", LATIN, lambda a: a.latin),
    ):
        chosen = [a for a in everything if keep(a)]
        tables[name] = calibrated(chosen, softmax_weights(chosen, features))
        say(f"{name}: {len(chosen)} questions, first right {first_right(chosen, tables[name]):.4f}  {tables[name]}")
        save()
    sentences = [s for library, listed in asked.values() for s in sentence_choices(library, listed)]
    tables["sentence"] = softmax_weights(sentences, SENTENCE, ridge=1.0)
    say(f"sentence: {len(sentences)} questions, first right {first_right(sentences, tables['sentence']):.4f}")
    save()
    donors = focus_words(libraries)
    rows = balanced([row for library, listed in asked.values() for row in decisions(library, listed, donors)])
    tables["confidence"] = logistic_weights(rows, CONFIDENCE)
    own, near = (
        [(probability(log_odds), answerable) for log_odds, answerable in held_out(rows, CONFIDENCE, kind)]
        for kind in ("own", "own swapped")
    )
    say(f"confidence on own questions, held out: AUROC {auroc(own):.4f} over {len(own)}")
    for kept in (0.97, 0.95, 0.94, 0.93, 0.92, 0.9, 0.87):
        cut = fairest(own + near, kept)
        shares = (above(own, cut, True), above(own, cut, False), above(near, cut, False))
        say(f"  keeping {kept}: threshold {cut:.4f} answers %.3f, unanswerable %.3f, swapped %.3f" % shares)
    latin = sorted(max(weighted(tables["passage_latin"], f) for f in a.features) for a in everything if a.latin)
    tables["threshold"] = {
        "confidence": round(fairest(own + near, KEPT), 4),
        "latin": round(probability(latin[int(0.05 * len(latin))]) - 1e-4, 4),
    }
    say(f"confidence: {tables['confidence']} threshold {tables['threshold']}")
    for name, kind in sorted({(row.source, row.kind) for row in rows if not row.answerable}):
        pairs = [
            (weighted(tables["confidence"], row.features), row.answerable)
            for row in rows
            if row.source == name and (row.answerable or row.kind == kind)
        ]
        say(f"confidence on {name} {kind}: AUROC {auroc(pairs):.4f} over {len(pairs)}")
    save()


def above(judged: list[tuple[float, bool]], cut: float, answerable: bool) -> float:
    """The share of the answerable, or of the other questions, that are answered from a threshold on."""
    return mean(score >= cut for score, is_answerable in judged if is_answerable is answerable)


def ask_all(library: Library) -> Iterator[Asked]:
    """The candidates of every question, judged."""
    for probe in library.probes:
        question = parse(probe.text, library.engine.segmenter)
        index = library.engine._index
        hits = candidates(
            index, library.engine._encoder, matcher_for(index, question, library.engine.segmenter), depth=FITTED_ON
        )
        verdicts = [probe.judge(hit.passage) for hit in hits]
        yield Asked(
            library.name, library.weight, question.is_latin, [hit.features for hit in hits], [r for r, _ in verdicts],
            [c for _, c in verdicts], probe.text, hits, list(probe.answers), probe.answerable,
        )  # fmt: skip


def sentence_choices(library: Library, listed: list[Asked]) -> Iterator[Asked]:
    """Sentences of the first hits of every answerable question; right ones hold the answer in a right passage."""
    for asked in listed:
        if not asked.answerable:
            continue
        hits = ranked_hits(library, asked)[:DEPTH]
        right_rows = {hit.row for hit, right in zip(asked.hits, asked.right, strict=True) if right}
        found = list(weighed(library, asked.text, hits))
        folded = [fold(a) for a in asked.answers]
        right = [
            hits[s.hit].row in right_rows and any(a in fold(s.span.of(hits[s.hit].passage.text)) for a in folded)
            for s in found
        ]
        yield Asked(library.name, library.weight, asked.latin, [s.features for s in found], right, [True] * len(found))


def weighed(library: Library, text: str, hits: list[Hit]) -> Iterator[Sentence]:
    """The sentences of the hits as the product weighs them."""
    segmenter = library.engine.segmenter
    return weigh(matcher_for(library.engine._index, parse(text, segmenter), segmenter), hits)


if __name__ == "__main__":
    main()

"""tjqa.retrieval.late_interaction: every token of a question finds its nearest token in a passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from tjqa.documents import Span
from tjqa.index.tokens import cosines, gathered, tokenise
from tjqa.retrieval.late_interaction import max_sim, query_tokens
from tjqa.retrieval.parameters import WINDOW

# Four tokens in a plane: a and b are near each other, c stands across, d is the zero vector of an unknown token.
ROWS = np.array([[2, 0], [1.6, 1.2], [0, 1], [0, 0]], dtype=np.float32)


class Tokens:
    """A model whose tokens are the letters a to d."""

    name = "letters"
    dimension = 2
    head = 2

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Not asked for here."""
        raise NotImplementedError

    def token_ids(self, texts: Sequence[str]) -> list[NDArray[np.uint32]]:
        """Letters as numbers; anything else is no token."""
        return [np.array(["abcd".index(c) for c in text if c in "abcd"], dtype=np.uint32) for text in texts]

    def token_places(self, text: str) -> list[Span]:
        """Every letter stands for itself."""
        return [Span(i, i + 1) for i, c in enumerate(text) if c in "abcd"]

    def token_rows(self, ids: NDArray[np.uint32]) -> NDArray[np.float32]:
        """The vectors of tokens."""
        return ROWS[ids.astype(np.int64)]

    def sums(self, ids: NDArray[np.uint32], sizes: NDArray[np.int64]) -> NDArray[np.float32]:
        """Not asked for here."""
        raise NotImplementedError


@dataclass(frozen=True)
class One:
    """The match of a question with one document."""

    whole: float
    window: float
    focus: float
    sentences: NDArray[np.float32]


def match(question: str, *documents: list[str], asked_at: Span | None = None) -> list[One]:
    """The match of a question with every document, each a context and sentences of one clause."""
    found = max_sim(tokenise(documents, Tokens()), Tokens(), query_tokens(Tokens(), question, asked_at))
    sentences = found.sentences([[1] * (len(document) - 1) for document in documents])
    each = zip(found.whole.tolist(), found.windows.tolist(), found.focus.tolist(), sentences, strict=True)
    return [One(*values) for values in each]


def test_same_token_is_a_whole_match() -> None:
    """A passage that holds the question's tokens matches wholly, wherever they stand."""
    one, two = match("ac", ["", "c", "ba"], ["ac", ""])
    assert one.whole == pytest.approx(1) and two.whole == pytest.approx(1)


def test_near_token_counts_by_its_cosine() -> None:
    """A near token gives its cosine, a token that points elsewhere nothing."""
    near, across = match("a", ["", "b"], ["", "c"])
    assert near.whole == pytest.approx(0.8)
    assert across.whole == 0


def test_weight_is_the_length_of_the_vector() -> None:
    """Of two tokens the longer vector counts more: a is twice as long as c."""
    (found,) = match("ac", ["", "c"])
    assert found.whole == pytest.approx(1 / 3)


def test_each_sentence_has_its_own_share() -> None:
    """A sentence is scored by its own tokens, with less for those of the context."""
    (found,) = match("a", ["a", "a", "c", ""])
    assert found.sentences.tolist() == pytest.approx([1, 0.7, 0.7])


def test_window_is_the_best_stretch_of_clauses() -> None:
    """Tokens that stand in neighbouring clauses count together, those further apart do not."""
    near, far = match("ac", ["", "a", *[""] * (WINDOW - 2), "c"], ["", "a", *[""] * (WINDOW - 1), "c"])
    assert near.whole == far.whole == pytest.approx(1)
    assert near.window == pytest.approx(1)
    assert far.window == pytest.approx(2 / 3)


def test_sentences_gather_their_clauses() -> None:
    """A sentence holds what any of its clauses holds."""
    tokens = tokenise([["", "a", "c", "", ""]], Tokens())
    (found,) = max_sim(tokens, Tokens(), query_tokens(Tokens(), "ac", None)).sentences([[2, 1, 1]])
    assert found.tolist() == pytest.approx([1, 0, 0])


def test_some_passages_keep_what_they_had() -> None:
    """Chosen passages, in any order, have the same match as among all."""
    documents = [["a", "b", ""], ["", ""], ["c", "ac", "d"], ["b", ""]]
    every = max_sim(tokenise(documents, Tokens()), Tokens(), query_tokens(Tokens(), "abc", Span(1, 2)))
    chosen = np.array([3, 0, 2])
    some = every.some(chosen)
    for name in ("whole", "windows", "focus"):
        assert getattr(some, name).tolist() == getattr(every, name)[chosen].tolist()
    assert some.nearest.tolist() == every.nearest[:, chosen].tolist()
    sentences = every.sentences([[1] * (len(document) - 1) for document in documents])
    for row, found in zip(chosen, some.sentences([[1], [1, 1], [1, 1]]), strict=True):
        assert found.tolist() == sentences[row].tolist()


def test_cosines_are_those_of_the_summed_vectors() -> None:
    """What a passage's tokens say of its vector is what the vector itself says; one without tokens has none."""
    tokens = tokenise([["a", "b"], [""], ["", "cc", "d"], ["d"], ["bac", ""]], Tokens())
    sums = np.array([ROWS[ids.astype(int)].sum(axis=0) for ids, _ in map(tokens.row, range(5))])
    norms = np.linalg.norm(sums, axis=1)
    query = np.array([0.6, 0.8], dtype=np.float32)
    expected = sums @ query / np.maximum(norms, 1e-9)
    np.testing.assert_allclose(
        cosines([tokens.row(row)[0] for row in range(5)], norms, Tokens(), query), expected, rtol=1e-5
    )


def test_rows_are_gathered_from_anywhere() -> None:
    """Chosen rows, in any order and twice, keep their tokens and segments."""
    tokens = tokenise([["a", "bb"], [""], ["c", "", "d"]], Tokens())
    chosen = gathered(tokens.row(row) for row in (2, 0, 1, 2))
    assert chosen.ids.tolist() == [2, 3, 0, 1, 1, 2, 3]
    assert chosen.row(3)[1].tolist() == [1, 0, 1] and chosen.row(2)[1].tolist() == [0]
    assert len(gathered([])) == 0


def test_focus_is_what_stands_by_the_question_word() -> None:
    """A token next to the question word counts more than the same token far from it."""
    document = ["", "c"]
    (by,) = match("a" + " " * 12 + "c??", document, asked_at=Span(14, 16))
    (away,) = match("c" + " " * 12 + "a??", document, asked_at=Span(14, 16))
    assert by.focus > 0.7 > 0.3 > away.focus
    assert match("ac", document)[0].focus == 0


@pytest.mark.parametrize("question", ["", "?", "d"])
def test_question_without_known_tokens(question: str) -> None:
    """Nothing known is no match with anything, and no error."""
    found = match(question, ["a", "b", "c"], ["", ""])
    assert [f.whole for f in found] == [0, 0]
    assert [len(f.sentences) for f in found] == [2, 1]
    assert all(np.isfinite(f.sentences).all() for f in found)


def test_passages_of_one_question_do_not_mix() -> None:
    """Matching many passages at once gives each what it gets alone."""
    documents = [["a", "b", ""], ["", ""], ["c", "ac", "d"], ["b", ""]]
    together = match("abc", *documents)
    for document, found in zip(documents, together, strict=True):
        (alone,) = match("abc", document)
        assert found.whole == pytest.approx(alone.whole)
        np.testing.assert_allclose(found.sentences, alone.sentences, rtol=1e-5)

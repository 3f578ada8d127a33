"""Passages → terms and tokens: most of the time of a build."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tjqa.documents import Passage, context
from tjqa.encoders.base import Encoder, TokenEncoder
from tjqa.encoders.static import StaticEncoder
from tjqa.index.faulty_documents import blame
from tjqa.index.passage_texts import embedding_text, token_texts
from tjqa.index.postings import Postings, count_terms
from tjqa.index.tokens import Tokens, known_tokens, tokenise
from tjqa.index.workers import ProcessDied, Processes
from tjqa.text.segmenter import Segmenter
from tjqa.text.terms import terms

CHUNK = 512
WORTH_IT = 8 * CHUNK  # passages: about three seconds of work, while processes need one to start


@dataclass(frozen=True, slots=True)
class PassageAnalysis:
    """What was made of some passages, rows in their order."""

    postings: Postings
    tokens: Tokens | None


def analysed(
    passages: Sequence[Passage], encoder: Encoder, segmenter: Segmenter, processes: Processes
) -> Iterator[PassageAnalysis]:
    """The analysis of passages, `CHUNK` by `CHUNK`; processes begin with it at once.

    Raises:
        FaultyDocuments: those whose analysis fails, or ends its process.
    """
    chunks = [passages[at : at + CHUNK] for at in range(0, len(passages), CHUNK)]
    if isinstance(encoder, StaticEncoder):  # every process opens the model for itself, mapped from the same file
        apart = partial(_analyse_apart, encoder.folder, segmenter.words)
        return _each(chunks, apart, processes.map(apart, chunks, len(passages) >= WORTH_IT), processes)
    here = partial(analyse, encoder=encoder, segmenter=segmenter)
    return _each(chunks, here, map(here, chunks), processes)


def _each(
    chunks: Sequence[Sequence[Passage]],
    work: Callable[[Sequence[Passage]], PassageAnalysis],
    results: Iterator[PassageAnalysis],
    processes: Processes,
) -> Iterator[PassageAnalysis]:
    for chunk in chunks:
        try:
            piece = next(results)
        except Exception as error:
            # What ended a process would end this one, too.
            again = partial(processes.alone, work) if isinstance(error, ProcessDied) else work
            blame(chunk, again, error)
            piece = again(chunk)
        yield piece


def analyse(passages: Sequence[Passage], encoder: Encoder, segmenter: Segmenter) -> PassageAnalysis:
    """Terms (a title's count like the text's) and tokens of passages."""
    postings = count_terms([*terms(p.text, segmenter), *terms(context(p), segmenter)] for p in passages)
    tokens = tokenise(map(token_texts, passages), encoder) if isinstance(encoder, TokenEncoder) else None
    return PassageAnalysis(postings, tokens)


def vectors_of(
    passages: Sequence[Passage], tokens: Tokens | None, encoder: Encoder
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Unit vectors of passages, (n, d), and the lengths of the sums they were made of, (n,): of a model with token
    vectors the sum of their `tokens`; of another one there is no sum, its length is 0.

    Raises:
        FaultyDocuments: those whose passages cannot be embedded.
    """
    try:
        return _vectors_of(passages, tokens, encoder)
    except Exception as error:

        def alone(some: Sequence[Passage]) -> object:
            again = tokenise(map(token_texts, some), encoder) if isinstance(encoder, TokenEncoder) else None
            return _vectors_of(some, again, encoder)

        blame(passages, alone, error)
        return _vectors_of(passages, tokens, encoder)


def _vectors_of(
    passages: Sequence[Passage], tokens: Tokens | None, encoder: Encoder
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    if tokens is None or not isinstance(encoder, TokenEncoder):
        vectors = encoder.encode([embedding_text(passage) for passage in passages])
        return vectors, np.zeros(len(passages), dtype=np.float32)
    with known_tokens():
        sums = encoder.sums(tokens.ids, np.diff(tokens.begins))
    norms = np.linalg.norm(sums, axis=1)
    return sums / np.maximum(norms, 1e-9)[:, None], norms


def _analyse_apart(model: Path, words: tuple[str, ...], passages: Sequence[Passage]) -> PassageAnalysis:
    return analyse(passages, _opened(model), _segmenter_of(words))


@lru_cache(maxsize=1)
def _opened(model: Path) -> StaticEncoder:
    return StaticEncoder(model)


@lru_cache(maxsize=1)
def _segmenter_of(words: tuple[str, ...]) -> Segmenter:
    """Made once in a process: every chunk of a build is cut with the same words."""
    return Segmenter(words)

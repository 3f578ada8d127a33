"""What of a passage is embedded and analysed, and the key by which work on it is found again."""

from __future__ import annotations

import hashlib

from tjqa.documents import Passage, context
from tjqa.text.normalize import fold
from tjqa.text.sentences import clauses


def embedding_text(passage: Passage) -> str:
    """What a model without token vectors embeds for a passage: title and section as context, then the text."""
    return fold(f"{passage.title} {passage.section}\n{passage.text}")


def token_texts(passage: Passage) -> list[str]:
    """What late interaction looks at: the context, then each clause, as `tjqa.text.clauses` cuts them."""
    folded = fold(passage.text)
    return [fold(context(passage)), *(span.of(folded) for sentence in clauses(folded) for span in sentence)]


def passage_key(passage: Passage) -> bytes:
    """16 bytes that are equal for passages of which vectors, terms and tokens are equal."""
    contents = f"{passage.title}\0{passage.section}\0{context(passage)}\0{passage.text}"
    return hashlib.blake2b(contents.encode("utf-8", "surrogatepass"), digest_size=16).digest()

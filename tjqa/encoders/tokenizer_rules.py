"""What a tokenizer.json may tell the library to do: texts grow within bounds, patterns end, words are short.

The library carries out whatever the file says: a rule that doubles a text, forty times over, or a pattern that tries
all ways to part a line. The file is held against what models need before it is handed over.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tjqa.encoders import parameters
from tjqa.encoders.folders import damaged, read_json

_MODELS = ("Unigram", "BPE", "WordPiece", "WordLevel")
_PARTS = ("normalizer", "pre_tokenizer", "post_processor", "decoder", "padding", "truncation", "added_tokens", "model")
# How many characters of one these make: compatibility forms up to 18, bytes of a character up to 4.
_GROWTH = {"BertNormalizer": 18, "NFC": 3, "NFD": 4, "NFKC": 18, "NFKD": 18, "Lowercase": 3, "ByteLevel": 4}
_GROWTH |= {"Strip": 1, "StripAccents": 1, "Nmt": 1}
_DEEPEST = 8
_MOST_ADDED = 20_000
# Of a model without torch: classes of characters and nothing else, which every text is run through in one go.
_CLASSES = re.compile(r"\[[^\[\]\\&]+\]\+?(?:\|\[[^\[\]\\&]+\]\+?)*")
# A repeated group in which something is repeated: the ways to part a text grow without bound.
_REPEATED = re.compile(r"(?<!\\)[*+?}]")
_LARGE_COUNT = re.compile(r"\{[0-9,]*[0-9]{4,}")


def check_tokenizer(path: Path, only_classes: bool) -> None:
    """Hold a tokenizer.json against the bounds of parameters.py.

    Args:
        path: the file.
        only_classes: patterns may be alternatives of classes of characters and nothing else.

    Raises:
        ModelError: it is missing, no such file, or tells the library to do more than the bounds allow.
    """
    data = read_json(path, parameters.MOST_VOCABULARY)
    try:
        _check(path, data, only_classes)
    except (TypeError, ValueError, KeyError, AttributeError, IndexError, OverflowError) as error:
        raise damaged(path, "model_why_tokenizer") from error


def _check(path: Path, data: Any, only_classes: bool) -> None:
    model = data["model"]
    if model.get("type", "BPE") not in _MODELS or model.get("dropout"):  # a chance that would decide about vectors
        raise damaged(path, "model_why_tokenizer")
    if _growth(path, data.get("normalizer")) > parameters.MOST_GROWTH:
        raise damaged(path, "model_why_grows")
    for name in _PARTS:
        if name not in ("added_tokens", "model") and name in data:
            for pattern in _patterns(data[name]):
                _check_pattern(path, pattern, only_classes)
    _check_words(path, data.get("added_tokens") or [], model, only_classes)


def _check_words(path: Path, added: list[Any], model: dict[str, Any], only_classes: bool) -> None:
    vocabulary = model["vocab"]
    words = list(vocabulary) if isinstance(vocabulary, dict) else [word for word, _ in vocabulary]
    extra = [token["content"] for token in added]
    affixes = [str(model.get(name) or "") for name in ("continuing_subword_prefix", "end_of_word_suffix")]
    longest = max(map(len, [*words, *extra, *affixes, ""]))
    if longest > parameters.LONGEST_TOKEN or len(extra) > _MOST_ADDED or "" in extra:
        raise damaged(path, "model_why_words")
    if int(model.get("max_input_chars_per_word") or 0) > parameters.LONGEST_WORD:
        raise damaged(path, "model_why_words")
    if isinstance(vocabulary, dict):
        numbers = [*vocabulary.values(), *(token["id"] for token in added)]
        if not all(type(number) is int and 0 <= number < 2**31 for number in numbers):
            raise damaged(path, "model_why_words")
        if only_classes and max(numbers, default=0) >= len(set(words + extra)):  # the rows of a matrix
            raise damaged(path, "model_why_words")


def _growth(path: Path, rule: Any, depth: int = 0) -> int:
    """How many characters of a text come of each of one, at most."""
    if rule is None:
        return 1
    if depth > _DEEPEST:
        raise damaged(path, "model_why_nested")
    kind = rule["type"]
    if kind == "Sequence":
        total = 1
        for inner in rule["normalizers"]:
            total *= _growth(path, inner, depth + 1)
            if total > parameters.MOST_GROWTH:
                raise damaged(path, "model_why_grows")
        return total
    if kind == "Prepend":
        return 1 + len(rule["prepend"])
    if kind == "Replace":
        return 1 + len(rule["content"])
    if kind == "Precompiled":
        return _longest_form(path, rule["precompiled_charsmap"])
    if kind not in _GROWTH:
        raise damaged(path, "model_why_tokenizer")
    return _GROWTH[kind]


def _longest_form(path: Path, coded: str) -> int:
    """The longest of the forms that a table of SentencePiece puts in place of characters: four bytes of size, the
    tree that finds them, and the forms, each ended by a zero."""
    table = base64.b64decode(coded, validate=True)
    size = int.from_bytes(table[:4], "little")
    if not 0 < size <= len(table) - 4 or size % 4:
        raise damaged(path, "model_why_tokenizer")
    return max(1, *map(len, table[4 + size :].split(b"\0")))


def _patterns(part: Any, depth: int = 0) -> Iterator[str]:
    """The regular expressions anywhere in a part."""
    if depth > 4 * _DEEPEST:
        raise ValueError(depth)
    if isinstance(part, dict):
        for name, inner in part.items():
            if name == "Regex":
                yield inner
            else:
                yield from _patterns(inner, depth + 1)
    elif isinstance(part, list):
        for inner in part:
            yield from _patterns(inner, depth + 1)


def _check_pattern(path: Path, pattern: str, only_classes: bool) -> None:
    fine = len(pattern) <= parameters.LONGEST_PATTERN and not _LARGE_COUNT.search(pattern)
    if only_classes:
        fine = fine and _CLASSES.fullmatch(pattern) is not None
    if not fine or _repeats_repetition(pattern):
        raise damaged(path, "model_why_pattern")


def _repeats_repetition(pattern: str) -> bool:
    """Whether a group that holds a repetition is itself repeated more than once."""
    # Classes say nothing about repetition, escaped characters neither.
    bare = re.sub(r"\\.", "x", pattern, flags=re.DOTALL)
    bare = re.sub(r"\[[^\]]*\]", "x", bare)
    opened: list[int] = []
    for at, character in enumerate(bare):
        if character == "(":
            opened.append(at)
        elif character == ")" and opened:
            inner = re.sub(r"\(\?[:=!<>#a-z-]*", "(", bare[opened.pop() : at])
            if bare[at + 1 : at + 2] in ("*", "+", "{") and _REPEATED.search(inner):
                return True
    return False

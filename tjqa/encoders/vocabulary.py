"""tokenizer.json of a model: text to the numbers of its pieces."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tjqa.encoders.folders import damaged, read_file
from tjqa.encoders.parameters import MOST_VOCABULARY


def read_tokenizer(path: Path) -> Any:
    """The tokenizer, which neither pads nor cuts texts, whatever the file says.

    Raises:
        ModelError: it is missing or damaged.
    """
    from tokenizers import Tokenizer

    raw = read_file(path, MOST_VOCABULARY)
    try:
        tokenizer = Tokenizer.from_str(raw.decode("utf-8"))
    except Exception as error:  # the library raises nothing more precise
        raise damaged(path, "model_why_tokenizer") from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer

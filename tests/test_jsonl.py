"""tjqa.jsonl: rows of JSON, one a line."""

from __future__ import annotations

import pytest

from tjqa.jsonl import json_line, read_rows


def test_rows_carry_the_numbers_of_their_lines() -> None:
    """Blank lines count but are no rows; a byte order mark and CR LF do no harm."""
    raw = '\ufeff{"a": 1}\r\n\r\n  \n[2]\n"乙\u2028"'.encode()
    assert read_rows(raw) == [(1, {"a": 1}), (4, [2]), (5, "乙\u2028")]
    assert read_rows(b"") == []


@pytest.mark.parametrize("line", ["{", "nonsense", "[" * 100_000, '{"a": 1} 2', "1" * 5000])
def test_a_line_that_is_no_json_is_none(line: str) -> None:
    """However deep or long; the lines around it are read."""
    assert read_rows(f"1\n{line}\n2".encode()) == [(1, 1), (2, None), (3, 2)]


def test_bytes_that_are_no_text() -> None:
    """They are an error, unless the caller can do with what is left."""
    raw = b'"a\xff"\n1'
    with pytest.raises(UnicodeDecodeError):
        read_rows(raw)
    assert read_rows(raw, "replace") == [(1, "a\ufffd"), (2, 1)]


def test_what_is_written_is_read() -> None:
    """Half characters, too."""
    row = {"甲": "两\n行", "half": "\ud800"}
    assert read_rows((json_line(row) + "\n").encode()) == [(1, row)]

"""tjqa.records: rows of JSON, one a line, and what those read from disk must be."""

from __future__ import annotations

import os
from dataclasses import fields
from typing import get_args

import pytest

from tjqa import records
from tjqa.documents import Context, Dropped, Passage, Role
from tjqa.records import json_line, read_rows
from tjqa.reports import ArticleTitle, SourceState, SourceSummary


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


TABLES = {
    Passage: records.PASSAGE,
    SourceState: records.STATE,
    SourceSummary: records.SUMMARY,
    Dropped: records.DROPPED,
    Context: records.CONTEXT,
    ArticleTitle: records.ARTICLE,
}


@pytest.mark.parametrize("kind", TABLES)
def test_tables_name_the_fields_of_what_is_made_of_rows(kind: type) -> None:
    """A field that a table forgot would be taken as it comes."""
    names = getattr(kind, "_fields", None) or [field.name for field in fields(kind)]
    assert set(TABLES[kind]) == set(names)


def test_roles_are_those_of_passages() -> None:
    """The table below the nouns lists what they name."""
    assert set(records.ROLES) == set(get_args(Role))


FITTING: dict[str, tuple[list[object], list[object]]] = {
    "text": (["", "\x1b[31m"], [None, 1, b"x"]),
    "label": (["", "题", "\u200b"], [None, "\x1b", "\x9b1m", "a\nb"]),
    "digest": (["0" * 64], ["", "0" * 63, "G" * 64, "0" * 64 + "\n", None]),
    "date": ([None, "2023-08-22"], ["", "2023", "2023-08-22\n", "\x1b", 20230822]),
    "count": ([0, 2**53], [-1, True, 1.0, float("nan"), "1", 2**53 + 1]),
    "size": ([-1, 0], [-2, False, None]),
    "moment": ([-1, 2**65 - 1], [2**65, 0.5]),
    "span": ([{"start": 0, "end": 0}], [{"start": 2, "end": 1}, {"start": 0}, {"start": 0, "end": True}, [0, 1], None]),
    "texts": ([[], ["x"]], ["x", [1], None]),
    "plain_name": (["a.arrays", "甲"], ["", ".", "..", "a/b", "a\\b", "c:x", "x\0", "x" * 256, 1]),
    "path": (["a.txt", "甲/a..b", "\udcff"], ["", "/a", "../a", "a/../b", "a\0", "\ud800", None]),
    "versions": ([{}, {"text": 1}], [{"text": "1"}, {"text": True}, [], None]),
}


@pytest.mark.skipif(os.name == "nt", reason="names are made of other characters there")
@pytest.mark.parametrize("check", FITTING)
def test_what_may_stand_in_a_field(check: str) -> None:
    """And what may not: other types, other ranges, controls of a terminal, ways out of a folder."""
    good, bad = FITTING[check]
    held = getattr(records, check)
    assert [value for value in good if not held(value)] == []
    assert [value for value in bad if held(value)] == []


def test_a_row_that_does_not_fit_names_the_field() -> None:
    """Missing fields are allowed one by one."""
    table = {"a": records.count, "b": records.text}
    assert records.fitting({"a": 1}, table, frozenset("b")) == {"a": 1}
    for row, name in (({"a": 1}, "b"), ({"a": -1, "b": ""}, "a"), ([], "no record")):
        with pytest.raises(records.Unfit, match=name):
            records.fitting(row, table)


def test_what_a_terminal_obeys_is_escaped() -> None:
    """Data printed as JSON commands no terminal, and is the same when it is read."""
    row = {"甲": "a\x1b[31m\x9b\x7f\u2028"}
    line = json_line(row)
    assert line.isprintable()
    assert read_rows(line.encode()) == [(1, row)]


def test_a_line_steers_no_terminal() -> None:
    """Commands and characters that turn or hide text are escaped; what is read back is the same, however far up."""
    row = {"名\x7f": "\x1b\x9b\u202e\u200b\u2028\U000e0041𠮷甲"}
    line = json_line(row)
    assert line == '{"名\\u007f": "\\u001b\\u009b\\u202e\\u200b\\u2028\\udb40\\udc41𠮷甲"}'
    assert read_rows(line.encode()) == [(1, row)]

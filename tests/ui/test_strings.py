"""tjqa.ui.text.strings: the table is complete in both languages and nothing asks for a key it lacks."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import tjqa.ui
from tjqa.documents import DropReason
from tjqa.ui.text.strings import Texts, keys

UI = Path(tjqa.ui.__file__).parent
HAN = re.compile(r"[\u4e00-\u9fff]")


def fields(text: str) -> set[str]:
    """Names of the values a text wants."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_want_the_same_values() -> None:
    """A value forgotten in one language would show only there."""
    for key, (zh, en) in keys().items():
        assert fields(zh) == fields(en), key
        assert zh.strip() and en.strip(), key


def test_languages_do_not_mix() -> None:
    """Chinese texts are Chinese, English ones hold no Chinese."""
    for key, (zh, en) in keys().items():
        assert not HAN.search(en), key
        bare = key.startswith("pasted_") or key.endswith("_between") or key in ("sign_bar", "build_because")
        assert HAN.search(zh) or bare, key


def test_every_key_asked_for_exists() -> None:
    """Keys are plain strings in calls of texts(...); each must be in the table, and each of the table is used."""
    literals: set[str] = set()
    for file in UI.rglob("*.py"):
        if file.name == "strings.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literals.add(node.value)
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "texts":
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    assert first.value in keys(), (file.name, first.value)
    # One for each form of export and each reason to leave something out; which there are is said elsewhere.
    unused = {key for key in keys() if not key.startswith(("form_", "left_out_"))} - literals
    assert not unused


def test_every_reason_has_its_words() -> None:
    """In Chinese those that people write into .tjqa-keep."""
    for reason in DropReason:
        assert Texts("zh").left_out(reason) == reason
        assert not HAN.search(Texts("en").left_out(reason))


def test_values_are_filled_in() -> None:
    """The language decides."""
    assert Texts("zh")("counts", documents=5, passages=212) == "5 个文件 · 212 段"
    assert Texts("en")("counts", documents=5, passages=212) == "5 files · 212 passages"

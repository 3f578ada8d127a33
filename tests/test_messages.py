"""tjqa.messages: the catalogue is complete in both languages, is what the code asks for, and nothing else speaks."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from tests.support.helpers import ROOT
from tjqa import errors
from tjqa.errors import TjqaError
from tjqa.messages import Message, catalogue, from_json, joined, literal, message, to_json

PACKAGE = ROOT / "tjqa"
FILES = sorted(PACKAGE.rglob("*.py"))
HAN = re.compile(r"[\u4e00-\u9fff]")
OF_DOCUMENTS = {"patterns.py", "function_words.py", "acts.py"}  # what documents say, to know it by
SPOKEN = ("ui", "cli")  # the front ends have words of their own
EXAMPLES = {"question_example_hint", "filter_empty_hint", "place_form_hint"}  # a question is Chinese in any language
NARROW = re.compile(r"[\u4e00-\u9fff”}] ?[,;?!(]|[,;?!)] ?[\u4e00-\u9fff“]")
FIXED = {"export_references", "export_changed"}  # what a verified export holds, which older exports hold too
SIGNS = {"literal", "list_separator", "sentences", "quoted"}
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, TjqaError)}


def fields(text: str) -> set[str]:
    """Names of the values a sentence wants."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def constants(tree: ast.AST) -> Iterator[str]:
    """Every string of a module but docstrings, and but what re.compile is given."""
    left_out = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "re.compile":
            left_out |= {id(node) for node in ast.walk(call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
            yield node.value


def asked_for(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """The function and the keys of every `message(...)` and every error that is made."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func).rpartition(".")[2]
        if name == "message" or name in ERRORS:
            yield from (
                (name, one.value)
                for one in node.args
                if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value
            )


def test_both_languages_want_the_same_values() -> None:
    """A value forgotten in one language would show only there."""
    for key, (chinese, english) in catalogue().items():
        assert fields(chinese) == fields(english), key
        assert chinese.strip() and english.strip(), key


def test_languages_do_not_mix() -> None:
    """Chinese sentences are Chinese, English ones hold no Chinese but an example."""
    for key, (chinese, english) in catalogue().items():
        assert HAN.search(chinese) or key in SIGNS, key
        assert not HAN.search(english) or key in EXAMPLES, key


def test_chinese_sentences_have_chinese_punctuation() -> None:
    """Marks beside a character or a value are full width; filters (地区:…) are typed as they are shown."""
    app: dict[str, list[str]] = tomllib.loads((PACKAGE / "ui" / "texts.toml").read_text("utf-8"))
    told = {**app, **{key: list(both) for key, both in catalogue().items() if key not in FIXED}}
    assert {key for key, both in told.items() if NARROW.search(re.sub(r"\{[^{}]*\}", "{}", both[0]))} == set()


def test_every_key_asked_for_exists() -> None:
    """Whoever makes a message or an error names a key of the catalogue."""
    for path in FILES:
        for name, key in asked_for(ast.parse(path.read_text("utf-8"))):
            assert key in catalogue(), f"{path.name}: {name}({key!r})"


def test_every_key_is_used() -> None:
    """What nobody says any more leaves the catalogue."""
    named = {text for path in FILES for text in constants(ast.parse(path.read_text("utf-8")))}
    assert catalogue().keys() - named == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_only_front_ends_and_the_catalogue_speak(path: Path) -> None:
    """No Chinese sentence stands in the code of any other room: the English interface could not translate it."""
    if path.relative_to(PACKAGE).parts[0] in SPOKEN or path.name in OF_DOCUMENTS:
        return
    told = [text for text in constants(ast.parse(path.read_text("utf-8"))) if HAN.search(text)]
    assert [text for text in told if text.endswith("。") or re.search("(?<!申)请", text)] == []


def test_a_message_is_told_in_either_language() -> None:
    """Values may be messages and lists of them."""
    said = message("index_due", names=[message("version_cleaner"), message("version_words")])
    assert said.text().startswith("清洗规则、用户词典已改变")
    assert said.text("en").startswith("Changed since the index was built: cleaning rules, user dictionary.")
    assert joined([said, literal("好。")], "en").endswith("update it. 好。")


def test_a_message_is_what_it_says() -> None:
    """Equal messages are equal whatever order their values were named in; they can be kept in sets."""
    assert message("bad_byte", name="甲", at=3) == message("bad_byte", at=3, name="甲")
    assert len({message("no_text", name="甲"), message("no_text", name="甲"), message("no_text", name="乙")}) == 2


def test_a_name_with_braces_is_only_a_name() -> None:
    """What stands in a value is never filled in."""
    assert message("no_text", name="{at}.txt").text() == "文件 {at}.txt 不是文本。"
    assert literal("{x}").text("en") == "{x}"


def test_an_unknown_key_is_a_mistake() -> None:
    """Here; out of a file or another process it is told as that says it."""
    with pytest.raises(KeyError):
        Message("no_such_key").text()
    assert from_json({"key": "no_such_key", "values": {}, "text": "新话。"}) == literal("新话。")
    assert from_json({"key": "no_text", "values": {}, "text": "缺名。"}) == literal("缺名。")


@pytest.mark.parametrize(
    "said",
    [
        literal("/目录/名\ud800.txt"),
        message("question_empty"),
        message("index_due", names=["x", message("version_text")]),
        TjqaError("read_write_failed", "disk_hint", why=message("reason_disk_full"), file="甲").whole,
    ],
)
def test_json_keeps_a_message(said: Message) -> None:
    """Through a pipe or a file and back."""
    row = json.loads(json.dumps(to_json(said)))
    assert from_json(row) == said and row["text"] == said.text()


@pytest.mark.parametrize("row", [None, 3, [], {}, {"key": "no_text"}, {"key": "no_text", "values": [], "text": ""}])
def test_what_is_no_message_is_refused(row: object) -> None:
    """Readers of an index turn these into a damaged one."""
    with pytest.raises((KeyError, TypeError)):
        from_json(row)

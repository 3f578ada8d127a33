"""tjqa.text: functions that keep every character where it is."""

from __future__ import annotations

import random
import sys
import unicodedata

import pytest

from tjqa.documents import Span
from tjqa.text.analyzed import fold_all
from tjqa.text.display import visible
from tjqa.text.normalize import fold
from tjqa.text.sentences import clause_counts, clauses, sentences, trim

ALPHABET = "天津2,.:。!?;”』)\n\r \t\u3000\u2028a“1%\u200b😀"


def random_texts(count: int, seed: int = 1) -> list[str]:
    """Texts of awkward characters, the same on every run."""
    rng = random.Random(seed)
    return ["".join(rng.choices(ALPHABET, k=rng.randrange(60))) for _ in range(count)]


def test_sentences_tile_any_text() -> None:
    """The sentences of any text, or of any part of it, follow each other without gap or overlap."""
    for number, text in enumerate(random_texts(500)):
        start = number % (len(text) + 1)
        for span in (Span(0, len(text)), Span(start, len(text))):
            found = sentences(text, span)
            assert "".join(s.of(text) for s in found) == span.of(text)
            if span.of(text).strip():
                assert all(s.of(text).strip() for s in found)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("增长5.2%。下降1%。", ["增长5.2%。", "下降1%。"]),
        ("他说:“好!”然后走了。", ["他说:“好!”", "然后走了。"]),
        ("真的?!是。", ["真的?!", "是。"]),
        ("标题\n\n正文;第二", ["标题\n\n", "正文;", "第二"]),
        ("  \n ", ["  \n "]),
        ("", []),
    ],
)
def test_sentence_ends(text: str, parts: list[str]) -> None:
    """Stops end a sentence with the closing marks after them; a point in a figure does not."""
    assert [s.of(text) for s in sentences(text)] == parts


def test_trim_leaves_no_white_space() -> None:
    """White space at both ends goes, and a blank span becomes empty inside itself."""
    assert trim("  天津 \n", Span(0, 6)).of("  天津 \n") == "天津"
    assert len(trim("ab   ", Span(2, 5))) == 0


def test_fold_keeps_length_for_every_character() -> None:
    """A position in folded text is the position in the file: true for every code point there is."""
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    assert len(fold(everything)) == len(everything)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("５．２％", "5.2%"), ("ＧＤＰ", "gdp"), ("臺灣經濟發展", "台湾经济发展"), ("㎡½", "㎡½"), ("天津,", "天津,")],
)
def test_fold_unifies_width_case_and_script(text: str, folded: str) -> None:
    """Full width, case and traditional characters do not matter for matching."""
    assert fold(text) == folded


def test_fold_takes_half_characters() -> None:
    """What a broken command line leaves can be encoded afterwards."""
    assert fold("a\udcffb").encode() == "a\ufffdb".encode()


def test_visible_leaves_nothing_a_terminal_obeys() -> None:
    """Escapes, bidi and zero-width characters and line separators show as dots; the length stays."""
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    shown = visible(everything)
    assert len(shown) == len(everything)
    left = {char for char in shown if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert left == {"\n", "\t"}
    assert visible("\x1b[31m红\u202e") == "·[31m红·"


def test_many_texts_fold_as_each_alone() -> None:
    """Folding texts together is folding each, for every code point."""
    everything = [chr(point) for point in range(sys.maxunicode + 1)]
    assert fold_all(everything) == [fold(char) for char in everything]
    assert fold_all(["", "ＡＢ，", "", "體A\udcff"]) == ["", "ab,", "", "体a\ufffd"]


@pytest.mark.parametrize("seed", range(20))
def test_clauses_are_counted_as_they_are_cut(seed: int) -> None:
    """The number of clauses of each sentence, without cutting them out."""
    text = "".join(random.Random(seed).choices("字1,:，。\n 》", k=60))
    assert clause_counts(text, sentences(text)) == [len(cut) for cut in clauses(text)]

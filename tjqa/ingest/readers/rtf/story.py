"""Rich text word by word: groups, encodings, destinations, how characters are set."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tjqa.errors import SourcesError
from tjqa.ingest.readers.base import MAX_CHARACTERS
from tjqa.ingest.readers.rtf.flow import Flow
from tjqa.ingest.readers.rtf.known import (
    APART,
    BREAKS,
    ENTRIES,
    HIDDEN,
    PAGES,
    PICTURES,
    PROPERTY,
    QUIET,
    SIGNS,
    STARRED,
)
from tjqa.ingest.readers.rtf.words import Token
from tjqa.ingest.readers.word.made import PICTURE, on, quoted, written

_SHIFT = 6  # half points, where a word that raises or lowers does not say how far
_MOST = MAX_CHARACTERS
_DEEPEST = 500  # groups within groups; Word makes twenty


@dataclass(slots=True)
class _Group:
    """What holds until the group closes: where its text goes ("" nowhere), how characters are set."""

    goes: str = "text"
    font: int = 0
    skip: int = 1  # characters that stand for one of Unicode in programs of old
    hidden: bool = False
    struck: bool = False
    deleted: bool = False
    script: str = ""
    shift: int = 0  # above the line, in half points
    size: int = 0
    style: int = 0

    def take(self, word: str, number: int | None) -> bool:
        """Whether a word says how characters are set; then it holds from now on."""
        switched = number != 0
        if word == "f" and number is not None:
            self.font = number
        elif word == "uc":
            self.skip = min(max(number if number is not None else 1, 0), 8)
        elif word == "v":
            self.hidden = switched
        elif word in ("strike", "striked"):
            self.struck = switched
        elif word == "deleted":
            self.deleted = switched
        elif word in ("super", "sub"):
            self.script = f"{word}script" if switched else ""
        elif word == "nosupersub":
            self.script = ""
        elif word in ("up", "dn"):
            self.shift = (_SHIFT if number is None else number) * (1 if word == "up" else -1)
        elif word == "fs":
            self.size = max(number or 0, 0)
        elif word == "plain":
            self.hidden = self.deleted = self.struck = False
            self.script, self.shift, self.size = "", 0, 0
        else:
            return False
        return True

    def look(self) -> str:
        """The properties of a run."""
        look = on("vertAlign", self.script) if self.script else ""
        look += on("position", self.shift) if self.shift else ""
        look += "<w:vanish/>" if self.hidden else ""
        look += "<w:strike/>" if self.struck else ""
        look += on("sz", self.size) if self.size else ""
        return look


@dataclass(slots=True)
class Story:
    """The document in the making."""

    name: str
    title: str = ""
    page: str = "gb18030"
    fonts: dict[int, str] = field(default_factory=dict)  # encoding by number
    styles: dict[int, tuple[str, int | None]] = field(default_factory=dict)  # name, level
    flow: Flow = field(default_factory=Flow)
    _groups: list[_Group] = field(default_factory=lambda: [_Group()])
    _starred: bool = False
    _fresh: bool = False  # a group has begun, its first word says what it is
    _bytes: bytearray = field(default_factory=bytearray)
    _left: int = 0  # characters that still stand for the one before
    _high: int = 0  # the first half of a character beyond the first 65,536
    _length: int = 0
    _noted: int = 0  # how many groups are open around a note
    _property: str = ""  # the name of what is said of a shape
    _entry: list[str] = field(default_factory=list)  # of a table of fonts or styles, a title, a label

    def take(self, token: Token) -> None:
        """The next word."""
        group = self._groups[-1]
        if token.kind == "bytes":
            self._fresh = False
            data = token.data[self._left :] if self._left else token.data
            self._left = max(0, self._left - len(token.data))
            self._bytes += data
            return
        if token.kind == "word" and token.text == "u":
            self._unicode(token.number or 0, group)
            return
        self._flush()
        if token.kind == "open":
            if len(self._groups) > _DEEPEST:
                raise SourcesError("nested_deep", "save_again_hint", name=self.name)
            self._groups.append(replace(group))
            self._fresh, self._starred = True, False
        elif token.kind == "close":
            self._close(group)
        elif token.kind == "sign":
            self._sign(token.text, group)
        else:
            fresh, starred = self._fresh, self._starred
            self._fresh = self._starred = False
            if not (fresh and self._destination(token.text, starred, group)):
                self._word(token.text, token.number, group)

    def parts(self) -> dict[str, str]:
        """The parts of the Word file."""
        self._flush()
        text = self.flow.finished()
        styles = "".join(_style(key, *said) for key, said in self.styles.items())
        notes = "".join(f'<w:footnote w:id="{at}">{note}</w:footnote>' for at, note in enumerate(self.flow.notes))
        return {"document": text, "styles": styles, "footnotes": notes}

    def _unicode(self, number: int, group: _Group) -> None:
        if self._bytes:
            self._flush()
        code = number & 0xFFFF
        self._left = group.skip
        self._fresh = False
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return
        if 0xDC00 <= code < 0xE000 and self._high:
            code = 0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00
        self._high = 0
        self._put(chr(code & 0xFF if 0xF000 <= code < 0xF100 and self._of(group.font) == "symbol" else code), group)

    def _of(self, font: int) -> str:
        return self.fonts.get(font) or self.page

    def _flush(self) -> None:
        """What was gathered of bytes, in the encoding of its font."""
        if self._bytes:
            data, group = bytes(self._bytes), self._groups[-1]
            self._bytes.clear()
            encoding = self._of(group.font)
            if encoding == "symbol":
                encoding = "latin-1"
            elif not data.isascii() and encoding == "cp1252" and self.page not in ("", "cp1252"):
                encoding = self.page  # Western fonts are named for Chinese, too
            self._put(data.decode(encoding, "replace"), group)
        self._left = 0

    def _put(self, text: str, group: _Group) -> None:
        if group.goes in ENTRIES:
            self._entry.append(text)
        elif group.goes == "text" and not group.deleted and text:
            self._length += len(text)
            if self._length > MAX_CHARACTERS:
                raise SourcesError("text_long", "split_file_hint", name=self.name, count=self._length, most=_MOST)
            self.flow.add(f'<w:t xml:space="preserve">{written(text)}</w:t>', group.look())

    def _close(self, group: _Group) -> None:
        if len(self._groups) > 1:
            self._groups.pop()
        before = self._groups[-1]
        if group.goes == "title" and before.goes != "title":
            self.title, self._entry = "".join(self._entry), []
        elif group.goes == "styles":
            name = "".join(self._entry).rstrip(";").strip()
            if name:
                known = self.styles.get(group.style, ("", None))
                self.styles[group.style] = name, known[1]
            self._entry = []
        elif group.goes == "label" and before.goes != "label":
            label, self._entry = "".join(self._entry).strip(), []
            self._put(f"{label} " if label else "", before)
        elif group.goes == "fonts":
            self._entry = []
        elif group.goes in ("name", "value"):
            self._end_property(group.goes)
        elif self.flow.in_note and len(self._groups) == self._noted:
            self.flow.end_note()
        self._fresh = self._starred = False

    def _end_property(self, kind: str) -> None:
        """The name or the value of what is said of a shape, whose group is the one around them both."""
        said, self._entry = "".join(self._entry).strip(), []
        if kind == "name":
            self._property = said
        elif self._property == HIDDEN and said not in ("", "0") and len(self._groups) > 1:
            self._groups[-2].goes = ""

    def _destination(self, word: str, starred: bool, group: _Group) -> bool:
        """Whether a word says what the group is."""
        if group.goes == "":
            return True
        if word in ("fonttbl", "stylesheet"):
            group.goes = {"fonttbl": "fonts", "stylesheet": "styles"}[word]
        elif word in ("title", "listtext", "pntext"):
            group.goes, self._entry = "title" if word == "title" else "label", []
        elif word == "footnote":
            if self.flow.in_note:
                group.goes = ""
            else:
                self.flow.begin_note()
                self._noted = len(self._groups) - 1
                self._groups[-1] = _Group(font=group.font, skip=group.skip)
        elif word in PROPERTY:
            group.goes, self._entry = PROPERTY[word], []
        elif word == "upr":
            group.goes = "upr"
        elif group.goes == "upr":
            group.goes = "text" if word == "ud" else ""
        elif word in PICTURES and group.goes == "text":
            self.flow.add("" if group.deleted else PICTURE, group.look())
            group.goes = ""
        elif word in APART or (starred and word not in STARRED and group.goes == "text"):
            group.goes = ""
        else:
            return False
        return True

    def _sign(self, sign: str, group: _Group) -> None:
        if sign == "*":
            self._starred = True
            return
        self._fresh = False
        if sign in "\\{}":
            self._put(sign, group)
        elif sign in BREAKS and group.goes == "text":
            text = BREAKS[sign]
            self.flow.add(text if text.startswith("<") else f"<w:t>{text}</w:t>", group.look())
        elif sign in "\r\n" and group.goes == "text":
            self.flow.word("par", None)

    def _word(self, word: str, number: int | None, group: _Group) -> None:
        if self._set_character(word, number, group) or group.goes == "":
            return
        if group.goes == "fonts":
            if word == "fcharset":
                self.fonts[group.font] = "symbol" if number == 2 else PAGES.get(number or 0, "cp1252")
            return
        if group.goes == "styles":
            if word == "outlinelevel" and number is not None:
                self.styles[group.style] = "", number
            return
        if group.goes in QUIET and word not in SIGNS:
            return
        if word in SIGNS:
            self._put(SIGNS[word], group)
        elif word in BREAKS:
            self.flow.add(BREAKS[word], group.look())
        elif word == "chftn":
            self.flow.add("<w:footnoteRef/>" if self.flow.in_note else "", group.look())
        else:
            self.flow.word(word, number)

    def _set_character(self, word: str, number: int | None, group: _Group) -> bool:
        if word == "ansicpg" and number:
            encoding = "gb18030" if number in (936, 54936) else f"cp{number}"
            self.page = encoding if _is_known(encoding) else self.page
        elif word == "s" and number is not None:
            group.style = self.flow.paragraph.style = number
        else:
            return group.take(word, number)
        return True


def _is_known(encoding: str) -> bool:
    try:
        "".encode(encoding)
    except LookupError:
        return False
    return True


def _style(key: int, name: str, level: int | None) -> str:
    """A style of paragraphs."""
    outline = on("outlineLvl", level) if level is not None else ""
    names = f'w:type="paragraph" w:styleId="{key}"><w:name w:val={quoted(name)}/>'
    return f"<w:style {names}<w:pPr>{outline}</w:pPr></w:style>"

"""Files of the sources folder → `SourceFile`: bytes, hash, strict decoding. Nothing is ever replaced or skipped.

The encoding is decided on evidence. A byte-order mark or valid UTF-8 settles it. A file that is almost UTF-8 is a
damaged UTF-8 file and is refused with the place of the bad byte: reading it as GB18030 would turn every
character into another one without complaint. What is left is tried as GB18030 and Big5 and scored by how
much the result looks like Chinese.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
from pathlib import Path

from tjqa.errors import SourcesError, reason
from tjqa.records import SourceFile

SUFFIXES = frozenset({".txt", ".md"})
MAX_BYTES = 64 * 1024 * 1024

# Longest mark first: the UTF-16 mark is a prefix of the UTF-32 one.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32LE BOM"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32BE BOM"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8 BOM"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16LE BOM"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16BE BOM"),
)
# The legacy encodings, each with the lead bytes of its frequent characters (GB2312 level 1, Big5 level 1).
_LEGACY = (
    ("gb18030", "GB18030", range(0xB0, 0xD8)),
    ("big5", "Big5", range(0xA4, 0xC7)),
    ("big5hkscs", "Big5-HKSCS", range(0xA4, 0xC7)),
)
# The most frequent characters of written Chinese, both scripts: over a quarter of any running text, almost
# none of a text decoded wrongly.
_FREQUENT = frozenset(
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当"
    "想看文无开手十用主行方又如前所本见经头面公同三已老从动两长這來個國說們為時會過學對裡後麼沒於發當經頭動兩長、，。：；！？「」《》“”（）·"
)
_MINIMUM_SCORE = 0.5
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_TEMPORARY = re.compile(r"^(?:\.|~|#)|(?:~|\.tmp|\.part|\.bak)$|^__MACOSX$", re.IGNORECASE)


def find_sources(folder: Path) -> list[Path]:
    """Documents below `folder`, sorted by relative path.

    Hidden and temporary names are left out, and links that lead outside. A subfolder that cannot be listed is
    returned itself, so that reading it says why instead of losing its files silently.

    Raises:
        SourcesError: `folder` is missing or is not a folder.
    """
    if not folder.is_dir():
        what = "不是文件夹" if folder.exists() else "不存在"
        raise SourcesError(f"资料文件夹{what}:{folder}。", "请用 --sources 指定存放文档的文件夹。")
    unlisted: list[Path] = []

    def remember(error: OSError) -> None:
        unlisted.append(Path(error.filename))

    found: list[Path] = []
    root = folder.resolve()
    for place, folders, names in os.walk(folder, onerror=remember):
        folders[:] = [name for name in folders if not _TEMPORARY.search(name)]
        found += [path for name in names if _is_document(path := Path(place) / name, root)]
    return sorted(found + unlisted, key=lambda path: path.relative_to(folder).as_posix())


def _is_document(path: Path, root: Path) -> bool:
    if path.suffix.lower() not in SUFFIXES or _TEMPORARY.search(path.name):
        return False
    return not path.is_symlink() or (path.is_file() and path.resolve().is_relative_to(root))


def read_source(folder: Path, path: Path) -> SourceFile:
    """Read one document whole and decode it strictly; newlines and a byte-order mark stay as they are.

    Raises:
        SourcesError: unreadable, too large, not text, or not decodable without loss.
    """
    name = path.relative_to(folder).as_posix()
    if not _encodable(name):
        raise SourcesError(f"文件名不是有效的文字:{name!a}。", "请给这个文件改名后再建索引。")
    raw = _read(path, name)
    text, encoding = _decode(raw, name)
    return SourceFile(name, hashlib.sha256(raw).hexdigest(), encoding, text)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal.

    Raises:
        SourcesError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(path.name, error) from error


def _encodable(name: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in name)


def _unreadable(name: str, error: OSError) -> SourcesError:
    return SourcesError(f"无法读取文件 {name}({reason(error)})。", "请检查文件是否还在、是否有读取权限,然后再试。")


def _read(path: Path, name: str) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise SourcesError(f"无法读取 {name}:不是普通文件。", "请检查它的权限,或把它移出资料文件夹。")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _unreadable(name, error) from error
    if len(raw) > MAX_BYTES:
        limit = MAX_BYTES // (1024 * 1024)
        raise SourcesError(f"文件 {name} 超过 {limit} MB,没有读取。", "请把它拆成几个小文件。")
    return raw


def _decode(raw: bytes, name: str) -> tuple[str, str]:
    """Text and the encoding's name, or SourcesError."""
    for mark, codec, label in _MARKS:
        if raw.startswith(mark):
            return _checked(_strict(raw, codec, label, name), name), label
    try:
        return _checked(raw.decode("utf-8"), name), "UTF-8"
    except UnicodeDecodeError as error:
        if b"\0" in raw:
            raise _not_text(name) from error
        if _nearly_utf8(raw):
            raise _bad_byte(name, "UTF-8", error) from error
    return _legacy(raw, name)


def _strict(raw: bytes, codec: str, label: str, name: str) -> str:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError as error:
        raise _bad_byte(name, label, error) from error


def _checked(text: str, name: str) -> str:
    # Text has next to no control characters; a program or a picture that happens to decode is full of them.
    if "\0" in text or len(_CONTROL.findall(text)) > max(2, len(text) // 100):
        raise _not_text(name)
    return text


def _nearly_utf8(raw: bytes) -> bool:
    """True when nearly all bytes above 127 stand in well-formed UTF-8 sequences."""
    whole = sum(len(sequence) for sequence in _MULTIBYTE.findall(raw))
    high = sum(byte > 127 for byte in raw)
    return whole >= 0.8 * high


def _legacy(raw: bytes, name: str) -> tuple[str, str]:
    tried: list[tuple[float, str, str]] = []
    for codec, label, leads in _LEGACY:
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        tried.append((_score(text, codec, leads), text, label))
    best = max(tried, key=lambda entry: entry[0], default=(0.0, "", ""))
    if best[0] < _MINIMUM_SCORE:
        reason = "不是 UTF-8、UTF-16、GB18030 或 Big5"
        raise SourcesError(f"无法判断文件 {name} 的编码({reason})。", "请用编辑器另存为 UTF-8 文本。")
    return _checked(best[1], name), best[2]


def _score(text: str, codec: str, leads: range) -> float:
    """0..3: how much `text` looks like Chinese: frequent characters, and those its encoding puts first."""
    wide = [char for char in text if ord(char) > 127]
    if not wide:
        return 0.0
    frequent = sum(char in _FREQUENT for char in wide)
    usual = sum(char in _FREQUENT or char.encode(codec)[0] in leads for char in wide)
    return 2 * frequent / len(wide) + usual / len(wide)


def _not_text(name: str) -> SourcesError:
    return SourcesError(f"文件 {name} 不是文本。", "请把它移出资料文件夹,或另存为文本文件。")


def _bad_byte(name: str, label: str, error: UnicodeDecodeError) -> SourcesError:
    byte = error.object[error.start]
    return SourcesError(
        f"文件 {name} 不是完好的 {label} 文本:第 {error.start} 字节(从 0 数起)0x{byte:02X} 无法解码。",
        "请用编辑器打开,改正这一处后存为 UTF-8。",
    )

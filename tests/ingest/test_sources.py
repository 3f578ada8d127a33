"""Files → SourceFile: what is found, how bytes become text, what is refused and how it is said."""

from __future__ import annotations

import codecs
import hashlib
import os
import random
from pathlib import Path

import pytest

from tests.support.helpers import deep_folder
from tjqa.errors import SourcesError
from tjqa.ingest import sources
from tjqa.ingest.sources import find_sources, look_into, read_source, sha256_of

CHINESE = "今年以来,我们在学校里种下了三百棵树,同学们都说这是最好的一年。\r\n第二行:一切都会好起来。\n"
TRADITIONAL = "這個學校的學生們說,今年以來大家種下了三百棵樹,這是最好的一年。\n他們都會過來看,還要發一篇文章。"


def write(folder: Path, name: str, data: bytes | str) -> Path:
    """A file below `folder`, its parents made."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def names(folder: Path) -> list[str]:
    """What find_sources finds, as relative names."""
    return [path.relative_to(folder).as_posix() for path in find_sources(folder)]


def refusal(folder: Path, data: bytes) -> str:
    """The message with which a file of these bytes is refused."""
    path = write(folder, "坏.txt", data)
    with pytest.raises(SourcesError) as caught:
        read_source(folder, path)
    return str(caught.value)


def test_finds_nested_documents_in_order_of_their_paths(tmp_path: Path) -> None:
    """Text and Markdown at any depth, whatever the case of the suffix, sorted by relative path."""
    for name in ("b.txt", "a/二.md", "a/一.TXT", "c/d/e.txt", "a.txt"):
        write(tmp_path, name, "文")
    assert names(tmp_path) == sorted(["b.txt", "a/二.md", "a/一.TXT", "c/d/e.txt", "a.txt"])


def test_leaves_out_hidden_temporary_and_foreign_files(tmp_path: Path) -> None:
    """Hidden names and folders, editors' leftovers and other suffixes are no documents."""
    for name in (
        ".hidden.txt",
        ".git/x.txt",
        "~$report.txt",
        "#x.txt#",
        "x.txt~",
        "x.txt.part",
        "x.css",
        "__MACOSX/x.txt",
    ):
        write(tmp_path, name, "文")
    write(tmp_path, "好.txt", "文")
    assert names(tmp_path) == ["好.txt"]


def test_documents_of_formats_that_are_not_read_are_told(tmp_path: Path) -> None:
    """They are found like others, and refused with what to do; a name that begins with # is someone's own."""
    for name in ("甲.ppt", "乙.XLSB", "丙/丁.caj", "#公交.txt"):
        write(tmp_path, name, "文")
    assert names(tmp_path) == ["#公交.txt", "丙/丁.caj", "乙.XLSB", "甲.ppt"]
    with pytest.raises(SourcesError) as told:
        read_source(tmp_path, tmp_path / "乙.XLSB")
    assert "乙.XLSB" in str(told.value) and ".xlsb" in str(told.value) and ".xlsx" in told.value.hint


def test_links_that_lead_outside_are_not_followed(tmp_path: Path) -> None:
    """A link inside the folder counts, one that leads out of it does not, a broken one neither."""
    inside, outside = tmp_path / "in", tmp_path / "out"
    write(outside, "secret.txt", "秘密")
    write(inside, "a.txt", "文")
    (inside / "same.txt").symlink_to(inside / "a.txt")
    (inside / "leak.txt").symlink_to(outside / "secret.txt")
    (inside / "gone.txt").symlink_to(inside / "nothing.txt")
    (inside / "folder").symlink_to(outside, target_is_directory=True)
    assert names(inside) == ["a.txt", "same.txt"]


def test_what_is_not_looked_into_is_told(tmp_path: Path) -> None:
    """Linked folders and files that lead out, folders of backups and of unfinished work are named, with what to do;
    what is hidden is nobody's document, and a link inside leads to what is read in its own place."""
    inside, outside = tmp_path / "in", tmp_path / "out"
    write(outside, "外.txt", "文")
    for name in ("a.txt", "甲/b.txt", "旧.bak/c.txt", "新.part/d.txt", "乙/稿~/e.txt", ".git/f.txt", "__MACOSX/g.txt"):
        write(inside, name, "文")
    (inside / "链").symlink_to(outside, target_is_directory=True)
    (inside / "甲" / "远.md").symlink_to(outside / "外.txt")
    (inside / "又").symlink_to(inside / "甲", target_is_directory=True)
    (inside / ".藏").symlink_to(outside, target_is_directory=True)
    (inside / "断").symlink_to(outside / "没有", target_is_directory=True)
    (inside / "圈").symlink_to(inside / "圈")
    found = look_into(inside)
    assert found.documents == ("a.txt", "甲/b.txt")
    assert set(found.told) == {"旧.bak", "新.part", "乙/稿~", "链", "甲/远.md"}
    for name, fault in found.told.items():
        assert name in fault.what and fault.hint
    assert names(inside) == ["a.txt", "甲/b.txt"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("页.shtml", "<p>石桥水库的总库容是4200万立方米。</p>"),
        (
            "页.XHTML",
            '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><p>石桥水库的总库容是4200万立方米。</p></html>',
        ),
        ("文.text", "石桥水库的总库容是4200万立方米。"),
        ("文.markdown", "石桥水库的总库容是4200万立方米。"),
    ],
)
def test_other_names_of_formats_are_read(tmp_path: Path, name: str, text: str) -> None:
    """As the format they are: of a page only its text."""
    path = write(tmp_path, name, text)
    assert names(tmp_path) == [name]
    assert read_source(tmp_path, path).text.strip() == "石桥水库的总库容是4200万立方米。"


@pytest.mark.parametrize("make", [False, True])
def test_says_when_the_folder_is_none(tmp_path: Path, make: bool) -> None:
    """A missing folder and a file in its place each get a message with the next step."""
    place = tmp_path / "资料"
    if make:
        place.write_text("我是文件", encoding="utf-8")
    with pytest.raises(SourcesError, match=r"资料.*--sources"):
        find_sources(place)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_listed_is_reported(tmp_path: Path) -> None:
    """An unreadable subfolder appears in the list, so that reading it can say why."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    try:
        assert names(tmp_path) == ["closed"]
    finally:
        closed.chmod(0o700)


@pytest.mark.parametrize("depth", [300, 1100, 1900, 3000])
def test_folders_in_folders_are_listed_or_told(tmp_path: Path, depth: int) -> None:
    """As deep as the system goes; of what lies deeper the folder is found in its place, and refused in a sentence."""
    write(tmp_path, "好.txt", "一句话写在这里,有二十三个字。")
    with deep_folder(tmp_path, depth, ["深.txt", "深.doc"]):
        found = find_sources(tmp_path)
        assert found[-1] == tmp_path / "好.txt"
        if depth < 2000:
            assert [path.name for path in found[:-1]] == ["深.doc", "深.txt"]
        else:
            (told,) = found[:-1]
            assert told.name == "a"
            with pytest.raises(SourcesError, match="名字太长"):
                read_source(tmp_path, told)


def test_a_document_whose_path_is_too_long_is_told(tmp_path: Path) -> None:
    """Its folder can still be listed; the name itself is one character too much for the system."""
    depth = (4090 - len(str(tmp_path))) // 2
    with deep_folder(tmp_path, depth, ["一个名字.txt"]):
        (path,) = find_sources(tmp_path)
        assert path.name == "一个名字.txt"
        with pytest.raises(SourcesError, match="名字太长"):
            read_source(tmp_path, path)


def test_a_folder_in_place_of_a_document_is_refused(tmp_path: Path) -> None:
    """What find_sources returns for an unlisted folder is refused with its name."""
    (tmp_path / "closed").mkdir()
    with pytest.raises(SourcesError, match="closed"):
        read_source(tmp_path, tmp_path / "closed")


@pytest.mark.parametrize(
    ("codec", "mark", "text", "label"),
    [
        ("utf-8", b"", CHINESE, "UTF-8"),
        ("utf-8", codecs.BOM_UTF8, CHINESE, "UTF-8 BOM"),
        ("utf-16-le", codecs.BOM_UTF16_LE, CHINESE, "UTF-16LE BOM"),
        ("utf-16-be", codecs.BOM_UTF16_BE, CHINESE, "UTF-16BE BOM"),
        ("utf-32-le", codecs.BOM_UTF32_LE, CHINESE, "UTF-32LE BOM"),
        ("gb18030", b"", CHINESE, "GB18030"),
        ("gb18030", b"", TRADITIONAL, "GB18030"),
        ("big5", b"", TRADITIONAL, "Big5"),
        ("utf-16-le", b"", CHINESE, "UTF-16LE"),
        ("utf-16-be", b"", TRADITIONAL, "UTF-16BE"),
        ("utf-16-le", b"", "plain ASCII\n", "UTF-16LE"),
        ("utf-8", b"", "plain ASCII\n", "UTF-8"),
        ("utf-8", b"", "", "UTF-8"),
    ],
)
def test_every_encoding_comes_back_exactly(tmp_path: Path, codec: str, mark: bytes, text: str, label: str) -> None:
    """The text is the strict decoding; newlines stay; a byte-order mark is character 0."""
    raw = mark + text.encode(codec)
    source = read_source(tmp_path, write(tmp_path, "子/文.txt", raw))
    assert source.text == ("\ufeff" if mark else "") + text
    assert (source.encoding, source.path, source.sha256) == (label, "子/文.txt", hashlib.sha256(raw).hexdigest())


def test_the_seeds_survive_every_encoding_that_holds_them(tmp_path: Path) -> None:
    """Each seed in GB18030 and UTF-16 reads back as the same text."""
    for seed in find_sources(Path(__file__).parents[2] / "seeds"):
        text = seed.read_bytes().decode("utf-8")
        for codec, mark in (("gb18030", b""), ("utf-16-le", codecs.BOM_UTF16_LE)):
            source = read_source(tmp_path, write(tmp_path, seed.name, mark + text.encode(codec)))
            assert source.text.lstrip("\ufeff") == text, (seed.name, codec)


def test_short_texts_are_told_apart(tmp_path: Path) -> None:
    """A handful of characters is enough to know GB18030 from Big5."""
    for text, codec, label in (("测试一下", "gb18030", "GB18030"), ("資料測試", "big5", "Big5")):
        assert read_source(tmp_path, write(tmp_path, "短.txt", text.encode(codec))).encoding == label


def test_one_bad_byte_names_its_place_and_never_becomes_another_encoding(tmp_path: Path) -> None:
    """Any single byte broken in a UTF-8 file: a message with its offset, or a file that is UTF-8 still."""
    raw = CHINESE.encode() * 3
    draw = random.Random(7)
    refused = 0
    for _ in range(200):
        place = draw.randrange(len(raw))
        broken = raw[:place] + bytes([draw.choice([0xFF, 0xC0, 0x80, 0xE4])]) + raw[place + 1 :]
        path = write(tmp_path, "坏.txt", broken)
        try:
            assert read_source(tmp_path, path).encoding == "UTF-8"
        except SourcesError as error:
            named = int(str(error).split("第 ")[1].split(" 字节")[0])
            assert abs(named - place) <= 3
            refused += 1
    assert refused > 100


def test_binary_files_are_no_text(tmp_path: Path) -> None:
    """Zero bytes and control characters are refused as 不是文本."""
    for data in (b"\x7fELF\x02\x01\x00\x00abc", bytes(range(1, 32)) * 40, "文\0a".encode("utf-16-le"), b"a\0b"):
        assert "不是文本" in refusal(tmp_path, data)


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    """Text in a Western or Japanese encoding is refused instead of read as rare Chinese characters."""
    for text, codec in (
        ("Où est passé l'été déjà vu à Orléans", "latin-1"),
        ("これはペンです。ありがとう", "shift-jis"),
    ):
        assert "编码" in refusal(tmp_path, text.encode(codec))


def test_noise_is_never_read_as_text(tmp_path: Path) -> None:
    """Random bytes are refused, whatever they are."""
    draw = random.Random(1)
    for size in (40, 400, 4000):
        assert refusal(tmp_path, draw.randbytes(size))


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is named, and a file of exactly that size is read."""
    monkeypatch.setattr(sources, "MAX_BYTES", 1024 * 1024)
    assert "超过 1 MB" in refusal(tmp_path, b"a" * (1024 * 1024 + 1))
    assert read_source(tmp_path, write(tmp_path, "满.txt", b"a" * (1024 * 1024))).encoding == "UTF-8"


def test_a_vanished_file_is_refused_with_its_name(tmp_path: Path) -> None:
    """A file that went away between listing and reading gets a message, from both readers."""
    for read in (lambda path: read_source(tmp_path, path), sha256_of):
        with pytest.raises(SourcesError, match=r"走了\.txt"):
            read(tmp_path / "走了.txt")


def test_a_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """A file name of broken bytes cannot be cited, and the message can still be printed."""
    name = os.fsdecode(b"\xff\xfe.txt")
    try:
        (tmp_path / name).write_text("文", encoding="utf-8")
    except OSError:
        pytest.skip("this file system refuses such names")
    (path,) = find_sources(tmp_path)
    with pytest.raises(SourcesError) as caught:
        read_source(tmp_path, path)
    assert str(caught.value).encode()


def test_hash_is_over_the_raw_bytes(tmp_path: Path) -> None:
    """sha256_of and read_source agree."""
    path = write(tmp_path, "a.txt", CHINESE.encode("gb18030"))
    assert sha256_of(path) == read_source(tmp_path, path).sha256

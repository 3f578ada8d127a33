"""Documents in archives: names, bytes, what is told of those that cannot be read; hostile archives."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.support.formats import as_docx, zipped
from tests.support.helpers import REPORT, TEA, WATER
from tests.support.mails import as_mail
from tjqa.errors import SourcesError
from tjqa.ingest.containers import members, on_disk, opening, parameters
from tjqa.ingest.containers.member_names import Distinct, harmless
from tjqa.ingest.sources import look_into, read_source, sha256_of


def put(folder: Path, name: str, data: bytes) -> Path:
    """A file in the folder."""
    (folder / name).write_bytes(data)
    return folder / name


def entry(name: str, data: bytes = b"text", mode: int = 0) -> tuple[zipfile.ZipInfo, bytes]:
    """A member as Unix writes it, with the mode of its file."""
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, mode << 16
    return info, data


def archive(*entries: tuple[zipfile.ZipInfo, bytes]) -> bytes:
    """An archive of such members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for info, data in entries:
            made.writestr(info, data)
    return out.getvalue()


def renamed(raw: bytes, old: bytes, new: bytes) -> bytes:
    """The archive with a name of the same length put in the place of another one."""
    assert len(old) == len(new) and raw.count(old) == 2
    return raw.replace(old, new)


def refusal(path: Path, folder: Path) -> str:
    """What is told of a document that cannot be read."""
    with pytest.raises(SourcesError) as caught:
        read_source(folder, path)
    assert caught.value.hint
    return caught.value.what


def test_members_are_sources_of_their_own(tmp_path: Path) -> None:
    """Each with its path, its hash and its text as if it lay there alone; the archive has none of its own."""
    word = as_docx(WATER)
    inner = zipped({"报告.txt": REPORT.encode()})
    path = put(tmp_path, "包.zip", zipped({"水利/水库.docx": word, "茶.txt": TEA.encode("gb18030"), "内.zip": inner}))
    listed = look_into(tmp_path)
    assert listed.documents == (
        "包.zip", "包.zip/内.zip", "包.zip/内.zip/报告.txt", "包.zip/水利/水库.docx", "包.zip/茶.txt",
    )  # fmt: skip
    assert not listed.told
    water = read_source(tmp_path, path / "水利/水库.docx")
    assert (water.path, water.sha256) == ("包.zip/水利/水库.docx", hashlib.sha256(word).hexdigest())
    assert "4200万立方米" in water.text and water.landmarks and water.encoding == "DOCX"
    tea = read_source(tmp_path, path / "茶.txt")
    assert tea.text == TEA and tea.codec == "gb18030"
    assert read_source(tmp_path, path / "内.zip/报告.txt").text == REPORT
    whole = read_source(tmp_path, path)
    assert (whole.text, whole.encoding, whole.sha256) == ("", "ZIP(4 个文件)", sha256_of(path))
    assert sha256_of(path / "茶.txt") == hashlib.sha256(TEA.encode("gb18030")).hexdigest()
    assert on_disk(path / "内.zip/报告.txt") == (path, "内.zip/报告.txt") and on_disk(path) == (path, "")


def test_a_folder_called_like_an_archive(tmp_path: Path) -> None:
    """Is a folder on the disk; in an archive it gets another name, so that a path says what is to be opened."""
    (tmp_path / "集.zip").mkdir()
    put(tmp_path, "集.zip/甲.txt", REPORT.encode())
    assert look_into(tmp_path).documents == ("集.zip/甲.txt",)
    assert read_source(tmp_path, tmp_path / "集.zip/甲.txt").text == REPORT
    path = put(tmp_path, "包.zip", zipped({"a.zip/甲.txt": TEA.encode()}))
    assert members(path, "包.zip") == ("a.zip_/甲.txt",)
    assert read_source(tmp_path, path / "a.zip_/甲.txt").text == TEA


@pytest.mark.parametrize("codec", ["gb18030", "utf-8", "big5"])
def test_names_in_every_encoding(tmp_path: Path, codec: str) -> None:
    """Of archives that do not say how their names are encoded: as programs on Chinese systems write them."""
    written = "水利文件".encode(codec)
    plain = zipped({"a" * len(written) + "/b.txt": TEA.encode()})
    path = put(tmp_path, "包.zip", renamed(plain, b"a" * len(written), written))
    # Big5 bytes are most often valid GB18030, too, and nothing tells them apart: the name differs, no text is lost.
    found = members(path, "包.zip")
    assert found == ("水利文件/b.txt",) or codec == "big5"
    assert read_source(tmp_path, path / found[0]).text == TEA


def test_the_name_that_an_extra_field_tells(tmp_path: Path) -> None:
    """Is taken only while it speaks of the name that stands there."""
    for sum_of, expected in ((b"x.txt", "真名.txt"), (b"y.txt", "x.txt")):
        info = zipfile.ZipInfo("x.txt")
        field = b"\1" + zlib.crc32(sum_of).to_bytes(4, "little") + "真名.txt".encode()
        info.extra = (0x7075).to_bytes(2, "little") + len(field).to_bytes(2, "little") + field
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            made.writestr(info, REPORT)
        assert members(put(tmp_path, f"{sum_of[:1]!r}.zip", out.getvalue()), "x") == (expected,)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/报告.txt", "etc/报告.txt"),
        ("/根/报告.txt", "根/报告.txt"),
        ("C:\\目录\\报告.txt", "目录/报告.txt"),
        ("..\\报告.txt", "报告.txt"),
        ("./甲/./乙/报告.txt", "甲/乙/报告.txt"),
        ("甲\n乙/报\x1b告.txt", "甲_乙/报_告.txt"),
        ("报告\u202etxt.exe.txt", "报告_txt.exe.txt"),
        ("..", ""),
        ("", ""),
        ("长" * 300 + ".docx", "长" * (parameters.LONGEST_PART - 5) + ".docx"),
    ],
)
def test_no_name_leads_anywhere(name: str, expected: str) -> None:
    """Whatever a name says, it is a path below its archive."""
    assert harmless(name) == expected


def test_no_two_names_are_the_same(tmp_path: Path) -> None:
    """Two members of one name are both read; a hundred thousand of them take no longer than as many others."""
    names = Distinct()
    assert [names.name("甲/表.xlsx") for _ in range(3)] == ["甲/表.xlsx", "甲/表 (2).xlsx", "甲/表 (3).xlsx"]
    assert len({names.name("a.txt") for _ in range(50_000)}) == 50_000
    out = io.BytesIO()
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "w") as made:
        made.writestr("甲.txt", REPORT)
        made.writestr("甲.txt", TEA)
        made.writestr("../甲.txt", WATER)
    path = put(tmp_path, "包.zip", out.getvalue())
    assert members(path, "包.zip") == ("甲.txt", "甲 (2).txt", "甲 (3).txt")
    texts = [read_source(tmp_path, path / name).text for name in members(path, "包.zip")]
    assert texts == [REPORT, TEA, WATER]


def test_links_folders_and_leftovers_are_passed_over(tmp_path: Path) -> None:
    """As on the disk: nothing is followed, and what other systems leave behind is nobody's document."""
    raw = archive(
        entry("link.txt", b"/etc/passwd", mode=stat.S_IFLNK | 0o777),
        entry("folder.txt/", b""),
        entry("__MACOSX/a.txt"),
        entry(".git/a.txt"),
        entry("~$a.docx"),
        entry("picture.jpeg2"),
        entry("a.txt"),
    )
    assert members(put(tmp_path, "包.zip", raw), "包.zip") == ("a.txt",)


def test_one_bad_member_costs_no_other(tmp_path: Path) -> None:
    """Locked, damaged, of unknown packing, of a format that is not read, a bomb: each is told, the others are read."""
    good = zipped({"好.txt": TEA.encode(), "坏.txt": b"0123456789" * 50, "旧.ppt": b"x", "内.zip": b"no archive"})
    with zipfile.ZipFile(io.BytesIO(good)) as held:
        place = held.getinfo("坏.txt").header_offset
    broken = bytearray(good)
    broken[place + 30 + len("坏.txt".encode()) + 2] ^= 0xFF
    path = put(tmp_path, "包.zip", bytes(broken))
    assert "已损坏" in refusal(path / "坏.txt", tmp_path)
    assert ".ppt" in refusal(path / "旧.ppt", tmp_path)
    assert "不是完好的" in refusal(path / "内.zip", tmp_path)
    assert read_source(tmp_path, path / "好.txt").text == TEA
    locked = bytearray(zipped({"密.txt": b"text", "好.txt": b"text"}))
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        locked[locked.index(mark) + at] |= 1
    path = put(tmp_path, "密.zip", bytes(locked))
    assert "密码" in refusal(path / "密.txt", tmp_path)
    assert read_source(tmp_path, path / "好.txt").text == "text"
    path = put(tmp_path, "炸.zip", zipped({"零.txt": bytes(20_000_000), "好.txt": b"text"}))
    assert "几百倍" in refusal(path / "零.txt", tmp_path)
    assert read_source(tmp_path, path / "好.txt").text == "text"


@pytest.mark.parametrize(
    "raw",
    [b"", b"PK", b"PK\5\6" + bytes(18), b"PK\3\4" + bytes(40), b"x" * 1000],
    ids=["nothing", "two bytes", "an empty one", "a beginning", "noise"],
)
def test_what_is_no_archive_is_told(tmp_path: Path, raw: bytes) -> None:
    """Nothing, a beginning, an empty archive, noise."""
    assert refusal(put(tmp_path, "包.zip", raw), tmp_path)
    assert look_into(tmp_path).documents == ("包.zip",)


def test_a_cut_archive_is_told(tmp_path: Path) -> None:
    """Wherever it was cut off."""
    raw = zipped({"甲.txt": REPORT.encode(), "乙.docx": as_docx(WATER)})
    for length in range(0, len(raw) - 1, len(raw) // 12):
        assert refusal(put(tmp_path, "包.zip", raw[:length]), tmp_path)


def test_an_archive_of_pictures_is_told(tmp_path: Path) -> None:
    """There is nothing to read in it, which nobody should have to find out."""
    assert "没有能读的文件" in refusal(put(tmp_path, "包.zip", zipped({"a.svg": b"", "b.mp4": b""})), tmp_path)


def nested(depth: int) -> bytes:
    """An archive in an archive, so many in all, each with a text beside."""
    raw = b""
    for number in range(depth):
        raw = zipped({"文.txt": str(number).encode()} | ({"内.zip": raw} if raw else {}))
    return raw


def test_archives_in_archives_end_somewhere(tmp_path: Path) -> None:
    """What lies too deep is told, and what lies above is read."""
    path = put(tmp_path, "包.zip", nested(parameters.MOST_DEPTH + 3))
    deepest = "内.zip/" * (parameters.MOST_DEPTH - 1)
    assert members(path, "包.zip")[-1] == f"{deepest}内.zip"
    assert "嵌套" in refusal(path / f"{deepest}内.zip", tmp_path)
    assert read_source(tmp_path, path / f"{deepest}文.txt").text == "3"


def test_a_quine_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that holds itself, however often one looks into it: here any member is the whole once more."""
    raw = zipped({"自.zip": b"", "文.txt": b"text"})
    path = put(tmp_path, "自.zip", raw)
    monkeypatch.setattr("tjqa.ingest.containers.archive.Archive.read", lambda *_: raw)
    found = opening.Opened(path, "自.zip")
    assert len(found.members("")) == 2 * parameters.MOST_DEPTH
    with pytest.raises(SourcesError, match="嵌套"):
        found.members("/".join(["自.zip"] * parameters.MOST_DEPTH))


def test_too_many_and_too_much_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an archive in an archive alone while the outer one is within bounds."""
    inner = zipped({f"{n}.txt": b"text" for n in range(20)})
    path = put(tmp_path, "包.zip", zipped({"文.txt": b"text", "内.zip": inner, "后.txt": b"text"}))
    for name, value, told in (
        ("MOST_DOCUMENTS", 10, "超过 10 个"),
        ("MOST_BYTES", len(inner) + 20, "MB"),
        ("MOST_NESTED", 5, "MB"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(parameters, name, value)
            found = opening.Opened(path, "包.zip")
            assert found.members("") == ["文.txt", "内.zip", "后.txt"]
            with pytest.raises(SourcesError, match=told):
                found.read("内.zip")
            assert found.read("后.txt") == b"text"
    monkeypatch.setattr(parameters, "MOST_DOCUMENTS", 2)
    with pytest.raises(SourcesError, match="超过 2 个"):
        opening.Opened(path, "包.zip")


def test_overlapping_members_are_bounded(tmp_path: Path) -> None:
    """A bomb whose members share the same bytes: what each would unpack to is counted."""
    one = zipped({"零.txt": bytes(900_000)})
    with zipfile.ZipFile(io.BytesIO(one)) as held:
        start = held.start_dir
    listing = one[start : one.index(b"PK\5\6")]
    count = 3_000
    end = b"PK\5\6" + bytes(4) + count.to_bytes(2, "little") * 2
    end += (len(listing) * count).to_bytes(4, "little") + start.to_bytes(4, "little") + bytes(2)
    path = put(tmp_path, "叠.zip", one[:start] + listing * count + end)
    found = opening.Opened(path, "叠.zip")
    assert len(found.members("")) == count  # 2.7 GB of text, each less than a megabyte: within the bounds of an archive
    with pytest.raises(SourcesError, match="MB"):
        opening.Opened(put(tmp_path, "叠叠.zip", _more(one, start, listing, 9_000)), "叠叠.zip")


def _more(one: bytes, start: int, listing: bytes, count: int) -> bytes:
    end = b"PK\5\6" + bytes(4) + count.to_bytes(2, "little") * 2
    return (
        one[:start]
        + listing * count
        + end
        + (len(listing) * count).to_bytes(4, "little")
        + start.to_bytes(4, "little")
        + bytes(2)
    )


def test_an_archive_that_changes_is_opened_anew(tmp_path: Path) -> None:
    """Nothing of what was kept in memory is given out for another one."""
    path = put(tmp_path, "包.zip", zipped({"甲.txt": b"one", "乙.txt": b"two"}))
    assert read_source(tmp_path, path / "甲.txt").text == "one"
    other = tmp_path / "新"
    other.write_bytes(zipped({"甲.txt": b"three"}))
    other.replace(path)
    os.utime(path)
    assert read_source(tmp_path, path / "甲.txt").text == "three"
    assert "没有" in refusal(path / "乙.txt", tmp_path)


def test_inner_containers_are_kept_within_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept open is given up for others and opened again, with the same members."""
    monkeypatch.setattr(parameters, "MOST_KEPT", 1)
    mail = as_mail("信", "题", [("表.txt", TEA.encode())])
    path = put(
        tmp_path, "包.zip", zipped({f"{n}.zip": zipped({"信.eml": mail, "文.txt": str(n).encode()}) for n in range(5)})
    )
    found = opening.Opened(path, "包.zip")
    for number in (3, 0, 4, 3):
        assert found.read(f"{number}.zip/文.txt") == str(number).encode()
        assert found.read(f"{number}.zip/信.eml/表.txt") == TEA.encode()
        assert found.weight <= 2 * len(mail)

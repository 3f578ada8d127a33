"""tjqa.ingest.readers.foreign_encodings: a text of another language is told as doubtful, never read as Chinese."""

from __future__ import annotations

import pytest

from tests.support.helpers import REPORT, TEA, WATER
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.errors import SourcesError
from tjqa.ingest.readers import extract

KOREAN = "대한민국 정부는 올해 경제 성장률을 3.5%로 예상하고 있다. 서울시는 2021년에 새로운 공원을 만들었다고 밝혔다."
JAPANESE = "東京都は2021年に新しい公園を作ったと発表した。平成三十年度予算の概要について、政府は国民に説明した。"
RUSSIAN = "Сегодня в Москве открылась новая школа для детей. Правительство сообщило о росте экономики."
FOREIGN = [
    ("cp1252", "Le maire a annoncé hier que les écoles seront fermées à cause de la neige."),
    ("cp1252", "ÉTÉ À L'ÉCOLE"),
    ("cp1252", "25 °C"),
    ("latin-1", "Die Bürger müssen künftig mehr für Straßen zahlen."),
    ("latin-1", "¿Qué año?"),
    ("mac_roman", "Größe über München"),
    ("euc_kr", KOREAN),
    ("euc_kr", "안녕하세요"),
    ("euc_kr", "정부 보고서 2021년"),
    ("euc_jp", JAPANESE),
    ("euc_jp", "日本語の文書です。"),
    ("euc_jp", "平成三十年度予算の概要について"),
    ("shift_jis", JAPANESE),
    ("shift_jis", "日本語の文書です。"),
    ("koi8_r", RUSSIAN),
    ("koi8_r", "Москве"),
    ("cp1251", RUSSIAN),
    ("iso8859_7", "Η κυβέρνηση ανακοίνωσε σήμερα νέα μέτρα για την οικονομία."),
    ("tis_620", "รัฐบาลประกาศมาตรการใหม่สำหรับเศรษฐกิจในวันนี้"),
    ("cp1256", "أعلنت الحكومة اليوم عن إجراءات جديدة لدعم الاقتصاد"),
    ("cp1255", "הממשלה הודיעה היום על צעדים חדשים"),
]


@pytest.mark.parametrize(("codec", "text"), FOREIGN)
@pytest.mark.parametrize("times", [1, 40])
@pytest.mark.parametrize("name", ["文.txt", "文.md", "文.csv"])
def test_another_language_is_not_read_as_chinese(codec: str, text: str, times: int, name: str) -> None:
    """Short or long, in every plain format it is refused with what to do."""
    with pytest.raises(SourcesError, match=r"编码.*UTF-8"):
        extract("\n".join([text] * times).encode(codec), name)


SHORT = ["采购公告", "茶叶", "石桥水库", "白鹭县", "2021年", "共3人", "第一章", "联系电话", "云岭毛峰", "大坝812米"]
TRADITIONAL_SHORT = [
    "採購公告",
    "茶葉種植",
    "石橋水庫",
    "第一章",
    "聯絡電話",
    "特區政府",
    "新界邨落嘅工程",
    "佢喺度食嘢",
]
SPARSE = "编号,规格,备注\n" + "".join(f"A{n},{n}x{n}mm,不锈钢\n" for n in range(40))


@pytest.mark.parametrize("text", [REPORT, WATER, TEA, SPARSE, *SHORT])
@pytest.mark.parametrize("codec", ["gb18030", "gbk", "gb2312", "utf-8"])
def test_simplified_chinese_is_read(codec: str, text: str) -> None:
    """Running text, a table, and files of two to six characters, exactly."""
    assert extract(text.encode(codec), "文.txt").text == text


@pytest.mark.parametrize("text", TRADITIONAL_SHORT)
@pytest.mark.parametrize("times", [1, 30])
def test_traditional_chinese_is_read(text: str, times: int) -> None:
    """In Big5, with the characters of Hong Kong too."""
    whole = "\n".join([text] * times)
    assert extract(whole.encode("big5hkscs"), "文.txt").text == whole


@pytest.mark.parametrize("code", [b"\xc6\xa1\xc6\xa2", b"\xc6\xb5", b"\xc6\xe2", b"\xc7\xf3"])
def test_the_extensions_of_big5_are_read(code: bytes) -> None:
    """①②, ⅰ, 〇, Ж as ETEN and the Encoding Standard have them; a table of 1994 has kana in their places."""
    read = extract("補貼標準如下,自今年起執行:".encode("big5") + code, "文.txt")
    assert (read.text, read.encoding) == ("補貼標準如下,自今年起執行:" + code.decode("big5hkscs"), "Big5")
    assert not any("\u3040" <= char <= "\u30ff" for char in read.text)


BIG5_PART = "補貼標準為每人每月八百元,申請人應當在十五個工作日內提出申請。"
GBK_PART = "补贴标准为每人每月八百元,申请人应当在十五个工作日内提出申请。"


@pytest.mark.parametrize("times", [3, 300])
@pytest.mark.parametrize("at_end", [True, False])
@pytest.mark.parametrize(
    ("first", "codec", "other", "text"),
    [("gbk", "big5", "Big5", BIG5_PART), ("big5", "gbk", "GB18030", GBK_PART), ("gbk", "euc_kr", "EUC-KR", KOREAN)],
)
def test_a_part_in_another_encoding_is_told(
    first: str, codec: str, other: str, text: str, at_end: bool, times: int
) -> None:
    """One paragraph of a long file, put to it by a program that did not look: its characters would be invented."""
    most = ((GBK_PART if first == "gbk" else BIG5_PART) + "\n").encode(first) * times
    part = f"{text}\n".encode(codec)
    # Big5 does not read that part, GB18030 reads all: then it is the rest that is told.
    where = f"第 {times + 1 if at_end else 1} 行起像 {other}" if first == "gbk" else "行起像|无法判断"
    with pytest.raises(SourcesError, match=where):
        extract(most + part if at_end else part + most, "文.txt")


@pytest.mark.parametrize("place", ["石坉村种茶", "坆上", "大垼", "河垾新村"])
def test_names_that_are_two_characters_of_big5_are_read(place: str) -> None:
    """The second of them cannot be written alone."""
    assert extract(f"{place}一组的补贴。".encode("gbk"), "文.txt").text == f"{place}一组的补贴。"


@pytest.mark.parametrize("codec", ["gb18030", "gb2312", "utf-8"])
def test_a_japanese_lesson_in_chinese_is_read(codec: str) -> None:
    """Kana in a Chinese text, in encodings of Chinese, cast no doubt on it."""
    text = "第三课 问候\n早上说おはようございます,晚上说こんばんは,分别的时候说さようなら。这三句话每天都会用到。\n"
    assert extract(text.encode(codec), "课文.txt").text == text


def test_it_is_told_and_never_answered_from(place: Settings, encoder: object) -> None:
    """In a library: the file stands among those not read, with its reason, and no passage is made of it."""
    (place.sources / "한국.txt").write_bytes(KOREAN.encode("euc_kr"))
    report = build(place)
    (told,) = report.skipped
    assert told.path == "한국.txt" and "编码存疑" in told.reason.text() and "EUC-KR" in told.reason.text()
    assert all(passage.path != "한국.txt" for passage, _ in Engine.open(place).passages())

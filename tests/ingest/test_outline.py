"""A document as a tree: levels nest, nothing is lost, and passages say the path that the tree shows."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest

from tests.ingest.test_chunking import SENTENCE, sources
from tests.support.cleaning_pages import source_of
from tests.support.formats import as_docx, as_html, as_pdf, as_xlsx, word_table
from tjqa.documents import Article, CleanedFile, Dropped, DropReason, Passage, Piece, Role, SourceFile, Span
from tjqa.ingest.chunking import pack
from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.outline import outline
from tjqa.ingest.sections import joined
from tjqa.ingest.sources import read_source
from tjqa.results import OutlineKind, OutlineNode

ITEMS = "".join(f"({number})属于第{number}种情形,{SENTENCE}\n" for number in "一二三四五六七八九十")
LAW = f"""白鹭县住房补贴办法

第一章 总则

第一节 目的

第一条 为了规范住房补贴,制定本办法。{SENTENCE}

第二条 职工有下列情形之一的,可以申请补贴:
(一)购买住房的;
(二)离休退休的;

第二章 发放

第三条 有下列情形之一的,由县住房管理中心核实以后发放补贴:
{ITEMS}
第四条 本办法自2024年1月1日起施行。{SENTENCE}
"""
SHORT_LAW = LAW.replace(SENTENCE, "").replace("情形,", "情形;")  # its lines fit a page
REPORT = f"""# 白鹭县年报

{SENTENCE}

## 一、工作回顾

### 教育

{SENTENCE * 8}

## 二、工作安排

{SENTENCE}
"""
PAGE = (
    '<html><head><meta charset="utf-8"><title>云岭建桥</title></head><body><nav>首页 新闻</nav><h1>云岭建桥</h1>'
    f"<h2>进展</h2><p>{SENTENCE * 3}</p><h3>难点</h3><p>{SENTENCE * 3}</p><footer>白鹭传媒</footer></body></html>"
)
MADE = {
    "办法.txt": LAW.encode(),
    "办法.md": LAW.encode(),
    "年报.md": REPORT.encode(),
    "办法.docx": as_docx(LAW),
    "附表.docx": as_docx(LAW, word_table([["户数", "金额"], ["12", "3400"]])),
    "办法.html": as_html(LAW),
    "云岭.html": PAGE.encode(),
    "办法.pdf": as_pdf([[line for line in page.split("\n") if line] for page in SHORT_LAW.partition("第二章 发放\n")]),
    "补贴.xlsx": as_xlsx({"城区": [["户数", "金额"], [12, 3400]], "乡村": [["户数", "金额"], [7, 900]]}),
    "补贴.csv": "户数,金额\n12,3400\n7,900\n".encode(),
}
SECTIONS = (OutlineKind.TABLE, OutlineKind.HEADING, OutlineKind.PROVISION)


def made(name: str, folder: Path) -> SourceFile:
    """A made document, read by the reader of its format."""
    (folder / name).write_bytes(MADE[name])
    return read_source(folder, folder / name)


def assert_whole(source: SourceFile, cleaned: CleanedFile) -> None:
    """What must hold of every tree: order, nesting, sums, passages."""
    nodes = outline(source, cleaned)
    assert [node.span.start for node in nodes] == sorted(node.span.start for node in nodes)
    kept = [node for node in nodes if node.reason is None]
    left = [node for node in nodes if node.reason is not None]
    assert all(below.level <= above.level + 1 for above, below in pairwise(kept))
    assert not kept or kept[0].level == 0
    for above, below in pairwise(kept):
        if below.level == above.level + 1:
            assert above.span.covers(below.span)
    lost = [d for d in cleaned.dropped if d.reason is not DropReason.BLANK]
    for reason in DropReason:
        shown = sum(node.characters for node in left if node.reason is reason)
        assert shown == sum(len(d.span) for d in lost if d.reason is reason)
    pieces = [piece for article in cleaned.articles for piece in article.pieces]
    assert sum(node.characters for node in kept if node.level == 0) == sum(len(piece.span) for piece in pieces)
    passages = pack(source, cleaned)
    assert sum(node.passages for node in kept if node.level == 0) == len(passages)
    for number, passage in enumerate(passages):
        if passage.role in ("title", "meta"):
            assert passage.section == ""
        elif passage.role == "body":
            assert says_path(source.text, kept, passage, passage.span.end)
        else:  # of headings one under the other that fill more than a passage each says the path of the last
            following = passages[number : number + 6]
            assert any(says_path(source.text, kept, passage, later.span.end) for later in following)


def says_path(text: str, kept: list[OutlineNode], passage: Passage, end: int) -> bool:
    """Whether a passage's section is the path of the last node that begins before `end`, and beside it only sentences
    that announce items."""
    before = [node for node in kept if node.span.start < end]
    path: dict[int, str] = {}
    for node in before:
        if node.level == 0:
            path = {}
        elif node.kind in SECTIONS:
            path = {level: title for level, title in path.items() if level < node.level} | {node.level: node.title}
    said = passage.section.split(" / ") if passage.section else []
    names = [name for name in path.values() if name]
    leads = [part for part in said if part not in names]
    above = "".join(text[:end].split())
    shown = [part for part in said if part in names]
    innermost = not names or (shown or names)[-1] == names[-1]
    return innermost and joined(names).endswith(joined(shown)) and all("".join(lead.split()) in above for lead in leads)


@pytest.mark.parametrize("name", MADE)
def test_trees_of_every_format_are_whole(name: str, tmp_path: Path) -> None:
    """Whatever the format says of headings, the tree is what the passages say."""
    source = made(name, tmp_path)
    assert_whole(source, clean(source))


def test_trees_of_every_page_are_whole() -> None:
    """Seeds and labelled pages."""
    for source in sources():
        assert_whole(source, clean(source))


def test_trees_of_random_articles_are_whole() -> None:
    """Any text cut into any pieces and dropped spans."""
    draw = random.Random(5)
    alphabet = ["水", "。", ":", ",", "\n", " ", "一、", "(二)", "(三)乙;\n", "第三章 ", "第四条 ", "# ", SENTENCE]
    reasons = [DropReason.NAVIGATION, DropReason.BLANK, DropReason.TAGS]
    for _ in range(300):
        text = "".join(draw.choices(alphabet, k=draw.randrange(1, 300)))
        cuts = sorted({0, len(text), *(draw.randrange(len(text) + 1) for _ in range(draw.randrange(9)))})
        spans = [Span(a, b) for a, b in pairwise(cuts)]
        roles: list[Role | None] = draw.choices(["body", "body", "heading", "title", "meta", None], k=len(spans))
        pieces = [Piece(span, role) for span, role in zip(spans, roles, strict=True) if role]
        dropped = [Dropped(span, draw.choice(reasons)) for span, role in zip(spans, roles, strict=True) if not role]
        section = draw.choice(["", "城区"])
        cleaned = CleanedFile((Article("题", tuple(pieces), section=section),) if pieces else (), tuple(dropped))
        assert_whole(source_of(text), cleaned)


def shown(source: SourceFile, cleaned: CleanedFile) -> list[tuple[int, str, str]]:
    """Level, kind and title of every node."""
    return [(n.level, str(n.kind), n.title or str(n.reason or "")) for n in outline(source, cleaned)]


@pytest.mark.parametrize("name", ["办法.txt", "办法.md", "办法.docx", "办法.html", "办法.pdf"])
def test_a_law_is_chapters_sections_articles_items(name: str, tmp_path: Path) -> None:
    """In every format of a text the same tree."""
    source = made(name, tmp_path)
    found = [entry for entry in shown(source, clean(source)) if entry[1] != "left_out"]
    assert found[:8] == [
        (0, "article", "白鹭县住房补贴办法"),
        (1, "heading", "第一章 总则"),
        (2, "heading", "第一节 目的"),
        (3, "provision", "第一条"),
        (3, "provision", "第二条"),
        (4, "item", "(一)购买住房的"),
        (4, "item", "(二)离休退休的"),
        (1, "heading", "第二章 发放"),
    ]
    assert [entry[:2] for entry in found[8:]] == [(2, "provision"), *[(3, "item")] * 10, (2, "provision")]


def test_a_workbook_is_its_sheets(tmp_path: Path) -> None:
    """Each table with the sheet it stands on, and the names of its columns."""
    source = made("补贴.xlsx", tmp_path)
    found = shown(source, clean(source))
    assert [entry for entry in found if entry[1] == "table"] == [
        (0, "table", "补贴"),
        (1, "table", "城区"),
        (0, "table", "补贴"),
        (1, "table", "乡村"),
    ]


def test_what_is_left_out_stands_where_it_is_and_neighbours_are_one() -> None:
    """Menus above, a picture's caption inside a section, links below; blanks between two of a reason do not part
    them, text does."""
    parts: list[tuple[str, Role | DropReason]] = [
        ("首页\n", DropReason.NAVIGATION),
        ("\n\n", DropReason.BLANK),
        ("新闻\n", DropReason.NAVIGATION),
        ("登录\n", DropReason.BUTTON),
        ("建桥\n", "title"),
        ("一、进展\n", "heading"),
        (f"{SENTENCE}\n", "body"),
        ("图为大桥\n", DropReason.CAPTION),
        (f"{SENTENCE}\n", "body"),
        ("图为桥墩\n", DropReason.CAPTION),
        ("二、难点\n", "heading"),
        (f"{SENTENCE}\n", "body"),
        ("推荐\n", DropReason.RELATED_LINKS),
    ]
    text, pieces, dropped = "", [], []
    for content, what in parts:
        span = Span(len(text), len(text) + len(content))
        text += content
        if isinstance(what, DropReason):
            dropped.append(Dropped(span, what))
        else:
            pieces.append(Piece(span, what))
    cleaned = CleanedFile((Article("建桥", tuple(pieces), page_date="2024-05-06"),), tuple(dropped))
    nodes = outline(source_of(text), cleaned)
    assert [(n.level, n.title or str(n.reason), n.characters) for n in nodes] == [
        (0, "导航", 6),
        (0, "按钮", 3),
        (0, "建桥", 3 + 5 + 5 + 3 * len(f"{SENTENCE}\n")),
        (1, "一、进展", 5 + 2 * len(f"{SENTENCE}\n") - 1),
        (2, "图片说明", 5),
        (1, "图片说明", 5),
        (1, "二、难点", 5 + len(SENTENCE)),
        (0, "相关推荐", 3),
    ]
    assert nodes[2].published == "2024-05-06"
    assert nodes[0].span.of(text) == "首页\n\n\n新闻\n"
    assert_whole(source_of(text), cleaned)


@pytest.mark.parametrize(
    ("line", "count"),
    [("一、工作\n", 100_000), ("# 工作\n", 9000), ("第一条 工作。\n", 9000), ("有:\n(一)工作;\n(二)休息;\n", 9000)],
)
def test_a_hundred_thousand_headings(line: str, count: int) -> None:
    """Each is a node, and no passage is counted twice."""
    source = source_of(line * count)
    cleaned = CleanedFile((Article("题", (Piece(Span(0, len(source.text)), "body"),)),), ())
    nodes = outline(source, cleaned)
    assert len(nodes) == 1 + count * line.count("工作") + line.count("休息") * count
    assert nodes[0].characters == len(source.text)
    assert nodes[0].passages == len(pack(source, cleaned))


def test_ever_deeper_headings_come_back() -> None:
    """Up and down through all levels, again and again."""
    source = source_of("".join(f"{'#' * (number % 6 + 1)} 甲{number}\n乙。\n" for number in range(600)))
    cleaned = CleanedFile((Article("题", (Piece(Span(0, len(source.text)), "body"),)),), ())
    assert [node.level for node in outline(source, cleaned)][1:] == [number % 6 + 1 for number in range(600)]
    assert_whole(source, cleaned)


@pytest.mark.parametrize("text", ["", "\n\n", "水。", SENTENCE * 40])
def test_a_text_without_headings_is_one_node(text: str) -> None:
    """Or none, when there is no text."""
    source = source_of(text)
    cleaned = clean(source)
    assert len([node for node in outline(source, cleaned) if node.reason is None]) == len(cleaned.articles)
    assert_whole(source, cleaned)

"""A small library on disk, and quotes of it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from tjqa.citations.library import Library
from tjqa.citations.notebook.excerpt import Excerpt
from tjqa.citations.notebook.notebook import Notebook
from tjqa.documents import Passage, Span
from tjqa.results import Citation

REPORT = "甲区工作报告\n全年新增就业5200人,完成年计划的104%。\n全区完成税收13.2亿元,增长6.5%。\n新开工项目13个。\n"
TABLE = "年份\t地区\t收入\n2018\t甲区\t39540\n2019\t甲区\t42110\n2019\t乙区\t39540\n"


def library(folder: Path, **texts: str) -> Path:
    """A folder with a report and a table, or with these texts in place of them."""
    folder.mkdir(exist_ok=True)
    for name, text in {"报告": REPORT, "表": TABLE, **texts}.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    return folder


def passages(path: str, text: str) -> list[Passage]:
    """The whole of a file as one passage, which knows its title if it is that of the report."""
    made = Passage(path, hashlib.sha256(text.encode()).hexdigest(), Span(0, len(text)), text, "body", title="")
    if path != "报告.txt":
        return [made]
    names = "张三、李四、王五、赵六"
    return [replace(made, title="甲区《工作》报告", page_date="2023-08-22", publisher="甲区日报", reporter=names)]


def notebook(folder: Path, titled: bool = False) -> Notebook:
    """The notebook of a library, beside it."""
    texts = {file.name: file.read_text("utf-8") for file in folder.glob("*.txt")}
    known = (lambda path: passages(path, texts[path])) if titled else (lambda path: [])
    return Notebook(folder.parent / "excerpts.jsonl", Library(folder, ()), known)


def quote(book: Notebook, folder: Path, words: str, name: str = "报告", at: int = 0) -> Citation:
    """A citation of words of a file, of their place number `at`."""
    text = (folder / f"{name}.txt").read_text("utf-8")
    start = -1
    for _ in range(at + 1):
        start = text.index(words, start + 1)
    return book.cite(f"{name}.txt", Span(start, start + len(words)))


def kept(book: Notebook, folder: Path, words: str, topic: str = "", note: str = "", **place: str | int) -> Excerpt:
    """An excerpt of words of a file."""
    found = book.add(quote(book, folder, words, **place), topic, note)  # type: ignore[arg-type]
    assert found is not None
    return found

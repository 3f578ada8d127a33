"""Writes docs/api.md: what `import tjqa` offers, out of the docstrings.

python .ci/api_page.py            # writes the page
python .ci/api_page.py --check    # ends with 1 when it would be another one
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tjqa

PAGE = Path(__file__).resolve().parents[1] / "docs" / "api.md"
GROUPS = (
    ("打开和建立", ("open", "build", "settings", "Settings")),
    ("资料库", ("Engine", "LookUp", "Filter", "notebook", "Notebook")),
    ("答案和引文", ("Answer", "AnswerCell", "Citation", "Span", "SourceView", "Passage", "Dropped")),
    (
        "对照表、核稿、核对引文",
        ("FigureTable", "Figure", "ProofReport", "CheckedSentence", "Finding", "Verdict", "QuoteFound"),
    ),
    ("建立时的报告", ("BuildReport", "Progress", "SourceSummary", "Status", "Message")),
)
HEAD = """# 从 Python 里使用

`import tjqa` 只装入名字,用到时才装入别的;都带类型。一个打开的资料库(`Engine`)由一个线程使用。
例子在 [examples/](../examples)。
这一页由 `python .ci/api_page.py` 从各处的 docstring 写成,测试核对它没有过时;程序里的名字和说明用英文。
"""
_SECTION = re.compile(r"(Args|Returns|Raises):$")
_ITEM = re.compile(r"(\*?[\w.]+(?:, [\w.]+)*(?: \([^)]*\))?): (.*)")


def page() -> str:
    """The whole page."""
    errors = [name for name in tjqa.__all__ if _is_error(getattr(tjqa, name))]
    known = {name for _, names in GROUPS for name in names} | set(errors) | {"__version__"}
    missing = sorted(set(tjqa.__all__) ^ known)
    if missing:
        raise SystemExit(f"in no group, or not exported: {missing}")
    parts = [HEAD]
    for title, names in GROUPS:
        parts.append(f"## {title}\n")
        parts += [part for name in names for part in _entry(name, getattr(tjqa, name))]
    parts.append("## 错误\n\n都是 `TjqaError`:`what` 是发生了什么,`hint` 是下一步做什么。\n")
    parts += [f"- `{name}`({_bases(name)}):{_first(getattr(tjqa, name))}" for name in errors]
    return "\n".join(parts).rstrip() + "\n"


def _is_error(value: Any) -> bool:
    return inspect.isclass(value) and issubclass(value, Exception)


def _bases(name: str) -> str:
    return getattr(tjqa, name).__bases__[0].__name__


def _first(value: Any) -> str:
    return (inspect.getdoc(value) or "").partition("\n\n")[0].replace("\n", " ")


def _entry(name: str, value: Any) -> Iterator[str]:
    yield f"### `{name}`\n"
    if not inspect.isclass(value):
        yield f"```python\ntjqa.{name}{_signature(value)}\n```\n"
        yield _told(value)
        return
    yield _told(value)
    fields = [field for field in getattr(value, "__dataclass_fields__", {}).values() if not field.name.startswith("_")]
    if fields:
        yield "\n".join(f"- `{field.name}: {field.type}`" for field in fields) + "\n"
    members = getattr(value, "__members__", {})
    if members:
        yield "、".join(f"`{one.value}`" for one in members.values()) + "\n"
    for own, member in vars(value).items():
        yield from _member(name, own, member, members)


def _member(owner: str, name: str, member: Any, members: Any) -> Iterator[str]:
    if name.startswith("_") or name in members:
        return
    if isinstance(member, property):
        yield f"#### `{owner}.{name}`\n\n{_told(member)}"
    elif isinstance(member, classmethod) or inspect.isfunction(member):
        function = member.__func__ if isinstance(member, classmethod) else member
        yield f"#### `{owner}.{name}`\n\n```python\n{name}{_signature(function)}\n```\n\n{_told(function)}"


def _signature(function: Any) -> str:
    """As it is written, without `self`, with … for what cannot be written."""
    signature = inspect.signature(function)
    told = []
    for one in signature.parameters.values():
        if one.name in ("self", "cls"):
            continue
        default = one.default
        # Of anything else its repr would tell more than is wanted: of os.environ all that is in it.
        if default is not one.empty and not isinstance(default, str | int | float | tuple | None):
            one = one.replace(default=...)
        told.append(str(one).replace("'", "").replace("Ellipsis", "..."))
    returns = str(signature.return_annotation).strip("'")
    whole = f"({', '.join(told)}) -> {returns}"
    return whole if len(whole) <= 100 else "(\n    " + ",\n    ".join(told) + f",\n) -> {returns}"


def _told(value: Any) -> str:
    """A docstring as Markdown: paragraphs, and lists of arguments and errors."""
    lines: list[str] = []
    inside = ""
    for line in (inspect.getdoc(value) or "").splitlines():
        if section := _SECTION.fullmatch(line):
            inside = section[1]
            lines += [f"**{inside}**", ""]
        elif inside and (item := _ITEM.fullmatch(line.strip())) and len(line) - len(line.lstrip()) == 4:
            lines.append(f"- `{item[1]}`: {item[2]}")
        else:
            inside = inside if line.startswith(" ") or not line else ""
            in_item = inside and lines[-1].startswith(("- ", "  "))
            lines.append("  " + line.strip() if in_item else line.strip() if inside else line)
    return "\n".join(line.rstrip() for line in lines).strip() + "\n"


def main() -> int:
    """Write the page, or say whether it is up to date."""
    made = page()
    if "--check" in sys.argv:
        return 0 if PAGE.read_text("utf-8") == made else 1
    PAGE.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

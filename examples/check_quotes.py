"""Hold what was written against the documents: quotes, a draft, and one figure over all of them.

    python examples/check_quotes.py [文档文件夹] [稿子.docx 或 .md、.txt]

Without arguments it checks two sentences of its own against the documents that come with tjqa.
"""

from __future__ import annotations

import sys
from pathlib import Path

import tjqa

QUOTES = ("年底前,二期展馆和国家会议中心也将投入运营。", "年底前,三期展馆和国家会议中心也将投入运营。")
DRAFT = "文章写道:“年底前,二期展馆和国家会议中心也将投入运营”。后来写道:“年底前,三期展馆也将投入运营”。"


def check_quote(library: tjqa.Engine, quote: str) -> None:
    """Print where a quote stands, or what comes nearest to it."""
    found = library.look_up.quote(quote)
    print(f"{'✓' if found.places else '×'} {quote}")
    for place in found.places:
        print(f"    {place.path}:{place.span.start}-{place.span.end}  第 {place.line} 行  {place.title}")
    if found.nearest is not None:
        print(f"    最接近:{found.nearest.quote}")
        print("    不同:", "、".join(f"引作“{quoted}”,原文“{source}”" for quoted, source in found.differences))


def main(sources: str | None = None, draft: str | None = None) -> None:
    """Print the verdicts."""
    tjqa.build(sources)
    library = tjqa.open(sources)
    for quote in QUOTES:
        check_quote(library, quote)

    report = library.proof(Path(draft) if draft is not None else DRAFT)
    print(f"\n稿子 {len(report.sentences)} 句,不符 {len(report.faults)} 处")
    for finding in report.findings:
        print(f"{finding.verdict.value:10} {finding.text}" + (f"  原文:{finding.said}" if finding.is_fault else ""))

    table = library.figures("地区生产总值")
    print(f"\n地区生产总值:{len(table.figures)} 个数")
    for figure in table.figures[:3]:
        print(f"  {figure.period or '时间不详'} {figure.text}{figure.unit}  {figure.citation.path}")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except tjqa.TjqaError as error:
        sys.exit(f"{error.what}\n{error.hint}")

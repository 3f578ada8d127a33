"""Ask a folder from Python: build the index, ask, show each quote with its place in the file.

    python examples/ask_from_python.py [文档文件夹] [问题]

Without arguments it asks the documents that come with tjqa.
"""

from __future__ import annotations

import sys

import tjqa


def main(sources: str | None = None, question: str = "国家会展中心二期什么时候投入运营") -> None:
    """Print the answer, or that there is none, and the passages it was looked for in."""
    report = tjqa.build(sources)  # only what changed since the last time is read
    print(f"{len(report.sources)} 个文件,{report.passages} 段")

    library = tjqa.open(sources)
    answer = library.ask(question, k=3)
    print(f"问:{question}")
    print(f"答:{answer.text or '没有找到'}(把握 {answer.confidence:.2f})")
    for sentence in answer.best:
        source = library.view(sentence).text  # the file, read again
        for mark in sentence.marks:  # the answer itself inside the sentence, as characters of the file
            print(f"  其中:{mark.of(source)}({sentence.path} 第 {sentence.line} 行)")
    for citation in answer.citations:
        place = f"{citation.path}:{citation.span.start}-{citation.span.end}"
        print(f"[{citation.number}] {place} {citation.title} {citation.published or ''}")


if __name__ == "__main__":  # processes that read many documents import this file anew
    try:
        main(*sys.argv[1:])
    except tjqa.TjqaError as error:  # what happened, and what to do next
        sys.exit(f"{error.what}\n{error.hint}")

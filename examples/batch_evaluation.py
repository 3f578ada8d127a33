"""Score a folder on questions of your own: is the evidence found, is the answer right, is what cannot be known refused?

    python examples/batch_evaluation.py [文档文件夹] [问题.jsonl]

Each line of the file is a question with the sentence that answers it, copied from the document, and the answer that
must stand in it; a question without them must be refused:

    {"question": "…", "file": "002.txt", "quote": "新签约落地北京方向项目13个", "answer": "13个"}

`tjqa eval` does the same for a file that names evidence as character spans; this shows how such spans are made.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import tjqa
from tjqa.evaluation import judge, summary

QUESTIONS = Path(__file__).with_name("own_questions.jsonl")


def with_evidence(library: tjqa.Engine, row: dict[str, str]) -> dict[str, Any]:
    """A question as `tjqa.evaluation` reads it: its quote found in the file, as a span of characters.

    Raises:
        SystemExit: the quote does not stand in the file as it is written.
    """
    if "quote" not in row:
        return {"question": row["question"], "answerable": False}
    start = library.view_source(row["file"]).text.find(row["quote"])
    if start < 0:
        sys.exit(f"{row['file']} 里没有这一句:{row['quote']}")
    evidence = {"file": row["file"], "start": start, "end": start + len(row["quote"])}
    return {"question": row["question"], "evidence": [evidence], "answer_spans": [row["answer"]]}


def main(sources: str | None = None, questions: str = str(QUESTIONS)) -> None:
    """Print each question that went wrong, and the figures over all."""
    tjqa.build(sources)
    library = tjqa.open(sources)
    lines = Path(questions).read_text("utf-8").splitlines()
    outcomes = []
    for line in lines:
        row = with_evidence(library, json.loads(line))
        outcome = judge(row, library.ask(row["question"], k=10))
        outcomes.append(outcome)
        if not outcome.right:
            print(f"不对:{outcome.question}(证据名次 {outcome.ranks})")
    for name, figure in summary(outcomes).items():
        print(f"{name:28} {figure:.3f}")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except tjqa.TjqaError as error:
        sys.exit(f"{error.what}\n{error.hint}")

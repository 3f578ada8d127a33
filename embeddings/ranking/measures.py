"""Figures of the whole product on committed sets: what is found, answered, refused, and what cleaning keeps."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import mean
from typing import Any

from embeddings.ranking.libraries import query_files, read_qrels, rows_of, set_name, write_documents
from tests.benchmarks.public_sets import ndcg
from tests.support.cleaning_pages import HARD, OTHERS, PAGES, read_page, shares
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.evaluation import judge, summary
from tjqa.index import workers
from tjqa.ingest.cleaning.clean import clean

Figures = dict[str, float]

_OWN = ("recall@1", "recall@5", "answer_accuracy", "false_abstention", "abstained_on_unanswerable")
_DEPTH = 10


@dataclass(frozen=True)
class Measure:
    """What is measured on: questions about the library in `seeds`, and public sets, of which every `step`th question is
    asked. Indexes are kept below `work`."""

    seeds: Path
    questions: Sequence[Mapping[str, Any]]
    sets: Sequence[Path]
    work: Path
    step: int = 1
    _of_passages: dict[tuple[str, str], Figures] = field(default_factory=dict)

    def figures(self, package: str) -> Figures:
        """Every figure that a number of a package can move, as things stand now: what `ingest` decides is cleaned anew,
        and what it or `index` decides is indexed anew, both in this process, where the number was moved."""
        anew = package in ("ingest", "index")
        found = cleaning() if package == "ingest" else {}
        found |= self._asked(package, self._open(self.seeds, "seeds", anew), "seeds", self._own)
        for folder in self.sets:
            names = write_documents(folder / "corpus.jsonl", self.work / folder.name / "sources")
            engine = self._open(self.work / folder.name / "sources", folder.name, anew)
            found |= self._asked(package, engine, folder.name, partial(self._public, folder, names))
        return {name: round(value, 4) for name, value in found.items()}

    def _asked(self, package: str, engine: Engine, name: str, ask: Callable[[Engine], Figures]) -> Figures:
        """What a library answers. A number of ingest moves that only by way of the passages, and most move none of
        them: then what the same passages answered before is taken."""
        if package != "ingest":
            return ask(engine)
        told = hashlib.sha256("\n".join(repr(passage) for passage, _ in engine.passages()).encode()).hexdigest()
        if (name, told) not in self._of_passages:
            self._of_passages[name, told] = ask(engine)
        return self._of_passages[name, told]

    def _open(self, sources: Path, name: str, anew: bool) -> Engine:
        """A library, with an index of its own for the one trial where it is made anew."""
        place = Settings(sources.absolute(), (self.work / name / ("trial" if anew else "embeddings")).absolute())
        cores = workers.cores
        workers.cores = lambda: 1  # other processes would not know that a number was moved
        try:
            build(place, rebuild=anew)
        finally:
            workers.cores = cores
        return Engine.open(place)

    def _own(self, engine: Engine) -> Figures:
        """The figures of `tjqa eval` over the questions about the library."""
        found = summary([judge(row, engine.ask(row["question"])) for row in self.questions])
        return {name: found[name] for name in _OWN if name in found}

    def _public(self, folder: Path, names: Mapping[str, str], engine: Engine) -> Figures:
        """nDCG@10 of each file of questions of a set, by the best passage of each document."""
        relevant = read_qrels(folder / "qrels.tsv")
        found = {}
        for file in query_files(folder):
            values = []
            for row in list(rows_of(file))[:: self.step]:
                answer = engine.ask(row["text"], _DEPTH, keep_copies=True)
                ranked = list(dict.fromkeys(names[citation.path] for citation in answer.citations))
                values.append(ndcg(ranked[:_DEPTH], relevant[row["id"]]))
            found[f"{set_name(file)} nDCG@10"] = mean(values)
        return found


def cleaning() -> Figures:
    """Shares of the characters of the labelled pages that cleaning keeps: of their text, and of their furniture."""
    kept: dict[str, int] = {}
    everything: dict[str, int] = {}
    for path in (*PAGES, *OTHERS, *HARD):
        page = read_page(path)
        for label, (had, all_of_it) in shares(page, clean(page.source)).items():
            kept[label] = kept.get(label, 0) + had
            everything[label] = everything.get(label, 0) + all_of_it
    return {"body_recall": kept["K"] / everything["K"], "noise_kept": kept["N"] / everything["N"]}

"""tjqa answers questions typed in Chinese from a folder of saved documents, offline, with exact citations.

`tjqa.build(folder)` makes the index, `tjqa.open(folder)` opens it for `ask`; see `tjqa.api`. Every name below is loaded
when it is first asked for: importing tjqa imports nothing, and the command line stays quick to start.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tjqa.answers.figures.figure import Figure, FigureTable
    from tjqa.answers.looking_up import LookUp, QuoteFound
    from tjqa.answers.proof.report import CheckedSentence, Finding, ProofReport, Verdict
    from tjqa.api import build, notebook, open
    from tjqa.citations.notebook.notebook import Notebook
    from tjqa.config import Settings, settings
    from tjqa.documents import Dropped, Passage, Span
    from tjqa.engine import Engine
    from tjqa.errors import (
        Cancelled,
        IndexDamaged,
        IndexLocked,
        IndexMissing,
        IndexOutdated,
        IndexUnusable,
        ModelError,
        SourcesError,
        StoreError,
        TjqaError,
        UsageError,
    )
    from tjqa.index.filters import Filter
    from tjqa.messages import Message
    from tjqa.reports import BuildReport, Progress, SourceSummary, Status
    from tjqa.results import Answer, AnswerCell, Citation, SourceView
else:
    _HOMES = {
        "tjqa.answers.figures.figure": "Figure FigureTable",
        "tjqa.answers.looking_up": "LookUp QuoteFound",
        "tjqa.answers.proof.report": "CheckedSentence Finding ProofReport Verdict",
        "tjqa.api": "build notebook open",
        "tjqa.citations.notebook.notebook": "Notebook",
        "tjqa.config": "Settings settings",
        "tjqa.documents": "Dropped Passage Span",
        "tjqa.engine": "Engine",
        "tjqa.errors": "Cancelled IndexDamaged IndexLocked IndexMissing IndexOutdated IndexUnusable ModelError "
        "SourcesError StoreError TjqaError UsageError",
        "tjqa.index.filters": "Filter",
        "tjqa.messages": "Message",
        "tjqa.reports": "BuildReport Progress SourceSummary Status",
        "tjqa.results": "Answer AnswerCell Citation SourceView",
    }
    _HOME_OF = {name: module for module, names in _HOMES.items() for name in names.split()}

    def __getattr__(name: str) -> object:
        """Load a name of `__all__` when it is first asked for (PEP 562)."""
        if name not in _HOME_OF:
            raise AttributeError(f"module 'tjqa' has no attribute {name!r}")
        import importlib

        found = globals()[name] = getattr(importlib.import_module(_HOME_OF[name]), name)
        return found


__version__ = "0.1.0"
__all__ = [
    "Answer",
    "AnswerCell",
    "BuildReport",
    "Cancelled",
    "CheckedSentence",
    "Citation",
    "Dropped",
    "Engine",
    "Figure",
    "FigureTable",
    "Filter",
    "Finding",
    "IndexDamaged",
    "IndexLocked",
    "IndexMissing",
    "IndexOutdated",
    "IndexUnusable",
    "LookUp",
    "Message",
    "ModelError",
    "Notebook",
    "Passage",
    "Progress",
    "ProofReport",
    "QuoteFound",
    "Settings",
    "SourceSummary",
    "SourceView",
    "SourcesError",
    "Span",
    "Status",
    "StoreError",
    "TjqaError",
    "UsageError",
    "Verdict",
    "__version__",
    "build",
    "notebook",
    "open",
    "settings",
]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

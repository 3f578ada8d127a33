"""All that is kept, in one place."""

from __future__ import annotations

from pathlib import Path

from tjqa.index.filters import Filter
from tjqa.ui.kept.conversations import Conversations
from tjqa.ui.kept.libraries import Libraries


class Kept:
    """Libraries, conversations, settings.

    Args:
        folder: the user's data folder; None keeps everything in memory only.
        config: the file of settings; None where they are not to be written.
        questions: whether questions are kept; libraries always are.
    """

    def __init__(self, folder: Path | None = None, config: Path | None = None, questions: bool = True) -> None:
        self._folder = folder
        self.config = config
        self.only: Filter | None = None  # what this session began with, which is not kept
        self.libraries = Libraries(folder / "libraries.jsonl" if folder is not None else None)
        self.keep_questions(questions)

    def keep_questions(self, wanted: bool) -> None:
        """From now on keep questions and conversations in their files, or in memory only."""
        folder = self._folder if wanted else None
        self.history = folder / "history.jsonl" if folder is not None else None
        self.conversations = Conversations(folder / "conversations" if folder is not None else None)

"""An export from its file: opened without waiting, measured before it is read, told apart by how it begins."""

from __future__ import annotations

import csv
from pathlib import Path

from tjqa.citations import export_format as form
from tjqa.citations.export_csv import read_csv
from tjqa.citations.export_grammar import Export
from tjqa.citations.export_json import read_json
from tjqa.citations.export_markdown import read_markdown
from tjqa.errors import UsageError, reason
from tjqa.files import FileTooLarge, IrregularFile, read_regular

# The longest conversations come to a few megabytes.
MAX_BYTES = 64 * 1024 * 1024


def load_export(path: Path) -> Export:
    """What an export file says.

    Raises:
        UsageError: it cannot be read, is no regular file, is too large, no text, or no export.
    """
    try:
        return read_export(read_regular(path, MAX_BYTES).decode("utf-8"))
    except IrregularFile as error:
        raise UsageError("export_no_file", "export_no_text_hint", path=path) from error
    except FileTooLarge as error:
        megabytes = error.limit // (1024 * 1024)
        raise UsageError("export_too_large", "export_no_text_hint", path=path, megabytes=megabytes) from error
    except OSError as error:
        raise UsageError("export_unreadable", "file_name_hint", path=path, why=reason(error)) from error
    except UnicodeDecodeError as error:
        raise UsageError("export_no_text", "export_no_text_hint", path=path) from error


def read_export(text: str) -> Export:
    """What an export says, whichever of the formats it is; what does not belong is among its faults.

    Raises:
        UsageError: it is none of them, or damaged beyond reading.
    """
    text = form.settled(text.removeprefix("\ufeff"))
    export = Export()
    try:
        if text.lstrip().startswith("{"):
            read_json(text, export)
        elif text.startswith("question,"):
            read_csv(text, export)
        else:
            read_markdown(text, export)
    except (ValueError, csv.Error, RecursionError) as error:
        raise UsageError("export_damaged", "export_damaged_hint") from error
    if not export.quotes and not export.is_sealed:
        raise UsageError("export_foreign", "export_foreign_hint")
    return export

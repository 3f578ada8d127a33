"""tjqa show, tjqa passages: cited text in its surroundings, every passage."""

from __future__ import annotations

from collections.abc import Iterator

from tjqa.citations.library import view_slice
from tjqa.citations.pictures import picture_of
from tjqa.cli.answer_fields import passage_fields
from tjqa.cli.output import flattened, say, where
from tjqa.cli.output_file import output_file
from tjqa.cli.session import open_engine, open_index
from tjqa.config import Settings
from tjqa.documents import Span
from tjqa.errors import disk_failure
from tjqa.files import write_atomically
from tjqa.records import json_line
from tjqa.results import SourceView
from tjqa.text.display import one_line, visible


def passages(settings: Settings, as_json: bool) -> int:
    """List every stored passage."""
    for passage, position in open_engine(settings).passages():
        if as_json:
            fields = passage.path, passage.span, position, passage.text, passage.title, passage.published, 0.0
            print(json_line(passage_fields(*fields)))
        else:
            place_text = f"{one_line(passage.path)}:{passage.span.start}-{passage.span.end}"
            print(f"{place_text}  {where(position)}  {flattened(passage.text, 60)}")
    return 0


def show(settings: Settings, path: str, start: int, end: int, picture: str | None = None) -> int:
    """Print a cited stretch in its surroundings, with what the index leaves out of the file marked; or write a picture
    of it, on a scanned page, into a file.

    Raises:
        UsageError, SourcesError: see `view_slice`, `picture_of`.
        TjqaError: the picture cannot be written.
    """
    if picture is not None:
        data = picture_of(settings.sources, path, Span(start, end))
        try:
            write_atomically(output_file(settings, picture), data)
        except OSError as error:
            raise disk_failure(error) from error
        say(f"图片已写到 {one_line(picture)}。")
        return 0
    view = view_slice(settings.sources, path, Span(start, end), open_index(settings))
    print("\n".join(visible(line) for line in marked_lines(view)))
    if view.changed:  # the place was copied from an answer, perhaps
        say(
            f"注意：{path} 在建立索引之后有改动，这是它现在的这一段，不一定是当时引用的；请运行 tjqa index 更新后再问。"
        )
    return 0


def marked_lines(view: SourceView, around: int = 200) -> Iterator[str]:
    """The cited text in its surroundings for a terminal: 【】 round the citation, ‹reason: …› for dropped parts."""
    start, end = max(0, view.span.start - around), min(len(view.text), view.span.end + around)
    # Dropped parts are cut where the citation begins and ends, so that no two marks cross.
    stretches = (
        (start, view.span.start, "", ""),
        (view.span.start, view.span.end, "【", "】"),
        (view.span.end, end, "", ""),
    )
    pieces = [opening + "".join(_with_dropped(view, low, high)) + closing for low, high, opening, closing in stretches]
    for line in "".join(pieces).split("\n"):
        yield line.removesuffix("\r")


def _with_dropped(view: SourceView, start: int, end: int) -> Iterator[str]:
    at = start
    for d in sorted(view.dropped, key=lambda d: d.span):
        low, high = max(d.span.start, at), min(d.span.end, end)
        if low < high and view.text[low:high].strip():
            yield f"{view.text[at:low]}‹略去（{d.reason}）：{view.text[low:high]}›"
            at = high
    yield view.text[at:end]

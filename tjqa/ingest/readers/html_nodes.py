"""What the elements and attributes of a page mean: what is shown, what is furniture, what marks a list item."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tjqa.documents import DropReason
from tjqa.ingest.readers import html_styles as styles
from tjqa.ingest.readers.html_styles import Attributes

# What stands in audio, video, progress and the like is for browsers that do not know them.
UNSEEN = frozenset(
    """
    head script style template noscript noframes svg math iframe object canvas audio video select option datalist
    textarea title rp progress meter noembed
    """.split()  # noqa: SIM905
)
BLOCKS = frozenset(
    """
    address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol optgroup p pre search section summary
    table tbody tfoot thead tr ul
    """.split()  # noqa: SIM905
)
_MAY_STAND_INLINE = frozenset(("div", "p", "dt", "dd", "li", "dl"))
_INLINE = re.compile(r"(?:^|;)\s*display\s*:\s*inline", re.IGNORECASE)
# What is shown and has no text that is read; what reads its own value is no such.
_PICTURES = frozenset(
    "img svg math object embed canvas audio video iframe input select textarea progress meter".split()  # noqa: SIM905
)
_NO_SIZE = re.compile(r"\s*[01](?:px)?\s*", re.ASCII)  # of what counts visitors
# What is there for screen readers beside the same formula as it is shown: the names that programs for formulas have.
_SPOKEN = re.compile(r"mathml|assistive", re.IGNORECASE)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BOXES = BLOCKS | {"td", "th", "sup", "sub"}  # whose place says nothing of a line, or which say so by their name
LISTS = frozenset(("ol", "ul", "menu", "dir"))
STRUCK = frozenset(("del", "s", "strike"))
_FURNITURE = {
    "nav": DropReason.NAVIGATION,
    "footer": DropReason.FOOTER,
    "aside": DropReason.SIDEBAR,
    "menu": DropReason.NAVIGATION,
    "search": DropReason.NAVIGATION,
    "button": DropReason.BUTTON,
}
# The roles by which an element without a name of its own says the same (WAI-ARIA, landmarks and widgets).
_ROLES = {
    "navigation": DropReason.NAVIGATION,
    "search": DropReason.NAVIGATION,
    "menu": DropReason.NAVIGATION,
    "menubar": DropReason.NAVIGATION,
    "toolbar": DropReason.NAVIGATION,
    "tablist": DropReason.NAVIGATION,
    "complementary": DropReason.SIDEBAR,
    "contentinfo": DropReason.FOOTER,
    "button": DropReason.BUTTON,
    "dialog": DropReason.BUTTON,
    "alertdialog": DropReason.BUTTON,
}
_UNDONE = frozenset(("none", "presentation"))  # roles that take an element's own meaning away
_PAGE = frozenset(("html", "body"))
_OF_ARTICLE = frozenset((DropReason.FOOTER, DropReason.BUTTON))
_PLAIN_LIST = re.compile(r"list-style(?:-type)?\s*:\s*none|display\s*:\s*(?:block|flex|inline)", re.IGNORECASE)
# Ordered lists that are none to see: the names the widely used style sheets have for them.
_NAMED_LIST = re.compile(r"breadcrumb|crumbs|paginat|comment|nav|menu|tabs|carousel", re.IGNORECASE)
_FILE = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|dps|rtf|ofd|odt|ods|zip|rar|7z|csv|txt|tif|dwg)(?:$|[?#&])", re.IGNORECASE
)
# A list whose author numbers it shows no number of the browser's.
_OWN_NUMBER = re.compile(
    r"[(（\[]?(?:\d{1,3}|[〇零一二三四五六七八九十百]{1,4}|[a-zA-Z])[.．、)）\]:：]|[①-⑳]|第.{1,5}[条章节款]"
)
_TEXT_FIELDS = frozenset(("text", "number", "date", "tel", "email", "url"))
_RAISED = str.maketrans("0123456789+-−=n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼ⁿ")
_LOWERED = str.maketrans("0123456789+-−=", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LARGEST_ROMAN = 3999
_MOST_LETTERS = 4  # of a mark of letters: beyond 475,254 a list is numbered in figures


def is_closed(tag: str, attributes: Attributes) -> bool:
    """Whether a browser shows nothing of the element though it could. A page hidden as a whole is not: its script shows
    it once it is loaded."""
    return tag not in _PAGE and styles.is_closed(tag, attributes)


def is_block(tag: str, attributes: Attributes) -> bool:
    """Whether an element stands on lines of its own: a block that its style does not put into the line."""
    if tag not in BLOCKS:
        return False
    style = attributes.get("style") or ""
    return tag not in _MAY_STAND_INLINE or not style or _INLINE.search(style) is None


def shift_of(tag: str, attributes: Attributes) -> styles.Shift:
    """Whether an element within a line has its text higher or lower by its style, as sup and sub do by their name."""
    return styles.Shift() if tag in _BOXES or "style" not in attributes else styles.shift_of(attributes)


def strikes(tag: str, attributes: Attributes) -> bool:
    """Whether the text of an element is struck out, by its name or its style."""
    said = styles.strikes(attributes) if "style" in attributes else None
    return tag in STRUCK if said is None else said


def hidden_length(node: Any) -> int:
    """Characters, blanks apart, of the text in an element, code and the like apart."""
    texts = (inner for inner in node.traverse(include_text=True) if inner.tag == "-text")
    return sum(
        len("".join((text.text_content or "").split()))
        for text in texts
        if text.parent is None or text.parent.tag not in UNSEEN
    )


def reason_of(tag: str, attributes: Attributes, in_article: bool) -> DropReason | None:
    """Why an element is no text of the document by what it says of itself; None for anything else. The footer and the
    buttons of an article are its own: a source, a note."""
    if tag not in _FURNITURE and "role" not in attributes:
        return None  # nearly all
    role = (attributes.get("role") or "").strip().lower()
    own = None if role in _UNDONE else _FURNITURE.get(tag)
    reason = _ROLES.get(role, own)
    return None if in_article and reason in _OF_ARTICLE else reason


def is_link(attributes: Attributes) -> bool:
    """Whether an `a` leads to another page: one with a name only is a place to jump to, and what leads to a file is an
    annex of the text."""
    href = attributes.get("href")
    if href is None:
        return "onclick" in attributes or not ("name" in attributes or "id" in attributes)
    return _FILE.search(href) is None


def is_file(attributes: Attributes) -> bool:
    """Whether an `a` leads to a file to download."""
    return _FILE.search(attributes.get("href") or "") is not None


def is_main(tag: str, attributes: Attributes) -> bool:
    """Whether an element holds what the page is about."""
    if tag != "main" and "role" not in attributes and "itemprop" not in attributes:
        return False
    role = (attributes.get("role") or "").strip().lower()
    return tag == "main" or role == "main" or "articleBody" in (attributes.get("itemprop") or "").split()


def shown_value(attributes: Attributes) -> str:
    """What a field shows that nobody is to fill in: forms that were filled in are saved that way."""
    kind = (attributes.get("type") or "text").lower()
    fixed = "readonly" in attributes or "disabled" in attributes
    return (
        (attributes.get("value") or "") if fixed and kind in ("text", "number", "date", "tel", "email", "url") else ""
    )


def is_unread(node: Any, tag: str, attributes: Attributes) -> bool:
    """Whether an element shows something within a line that is not read: a picture, a formula, a field."""
    if tag not in _PICTURES or styles.is_closed(tag, attributes):
        return False
    if tag == "input":
        return (attributes.get("type") or "").lower() != "hidden" and not shown_value(attributes)
    if tag == "math" and node.parent is not None:
        return _SPOKEN.search(node.parent.attributes.get("class") or "") is None
    return not any(_NO_SIZE.fullmatch(attributes.get(side) or "") for side in ("width", "height"))


# --- Lists


@dataclass(slots=True)
class Numbers:
    """The numbers of an ordered list as far as it is read."""

    at: int
    step: int
    kind: str

    def next(self, attributes: Attributes) -> str:
        """The mark of its next item, "" for one that shows none."""
        own = _integer(attributes.get("value"))
        self.at = self.at if own is None else own
        mark = _mark(self.at, attributes.get("type") or self.kind)
        self.at += self.step
        return "" if _PLAIN_LIST.search(attributes.get("style") or "") else mark


def numbers_of(node: Any, tag: str, attributes: Attributes) -> Numbers | None:
    """The numbers of a list, None for one without any."""
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''} {attributes.get('role') or ''}"
    if tag != "ol" or _PLAIN_LIST.search(attributes.get("style") or "") or _NAMED_LIST.search(named):
        return None
    back = "reversed" in attributes
    start = _integer(attributes.get("start"))
    if start is None:
        start = sum(child.tag == "li" for child in node.iter()) if back else 1
    return Numbers(start, -1 if back else 1, attributes.get("type") or "1")


def numbers_itself(text: str) -> bool:
    """Whether an item begins with a number that its author wrote."""
    return _OWN_NUMBER.match(text) is not None


def _integer(value: str | None) -> int | None:
    found = re.match(r"\s*([+-]?\d{1,9})", value or "", re.ASCII)
    return int(found[1]) if found else None


def _mark(number: int, kind: str) -> str:
    if kind in ("a", "A") and number > 0:
        letters, rest = "", number
        while rest:
            rest, digit = divmod(rest - 1, 26)
            letters = chr(ord(kind) + digit) + letters
        return f"{letters if len(letters) <= _MOST_LETTERS else number}."
    if kind in ("i", "I") and 0 < number <= _LARGEST_ROMAN:
        roman, rest = "", number
        for value, sign in _ROMAN:
            roman += sign * (rest // value)
            rest %= value
        return f"{roman.upper() if kind == 'I' else roman}."
    return f"{number}."


# --- Characters


def raised(text: str) -> str:
    """A superscript as text: 10 and 4 must not become 104."""
    return _set_off(text, _RAISED, "^")


def lowered(text: str) -> str:
    """A subscript as text."""
    return _set_off(text, _LOWERED, "_")


def _set_off(text: str, table: dict[int, int], sign: str) -> str:
    """Figures as the small ones of Unicode where it has them all, else after a sign. Letters (4th) and what stands in
    brackets ([1]) cannot be taken for a part of the number before."""
    core = text.strip()
    if not any(char.isascii() and char.isdigit() for char in core) and core != "n":
        return text
    if all(ord(char) in table for char in core):
        return core.translate(table)
    return text if core[:1] in "[(（［〔" else f"{sign}({core})"

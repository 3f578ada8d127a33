"""Numbers of the reader of OFD, with their reasons."""

POINTS = 72 / 25.4
"""OFD measures in millimetres, the layout of pages in points."""
PAPER = (0.0, 0.0, 210.0, 297.0)
"""A page of a file that states no size: A4."""
MOST_PAGES = 20_000
"""Of one document; the longest books have a tenth."""
MOST_TEMPLATES = 8
"""Behind one page; programs make one or two."""
MOST_BOOKMARKS = 5_000
"""As of PDF."""
DEEPEST = 32
"""Blocks within blocks, and shared drawings within shared drawings; programs make three."""
MOST_OBJECTS = 200_000
"""Pieces of text and paths of a page:
a full page has some thousand; drawings that use each other tenfold are a bomb."""
MOST_PICTURES = 100
"""Of a page, under which text that nobody sees is looked for: a scan is one, a page of strips a few dozen."""
MOST_STEPS = 100_000
"""Of the places of characters in one piece of text: `g 99999999 1` names as many in a few bytes."""
NARROW = 0.5
"""Width of a Latin letter in type sizes, where the next character does not show it."""
WIDEST_NARROW = 0.75
"""A Latin letter is no wider, however far the next one stands."""
STRAIGHT = 0.02
"""Of its length a line of text may rise and still run across."""

"""The numbers of recognition; each was tried on printed pages of many qualities (tests/benchmarks/scans.py)."""

from __future__ import annotations

DPI = 300
"""Of the picture that is made of a page: what scanners give. More shows nothing more of a scan."""
MOST_PIXELS = 12_000_000
"""Of that picture: A4 at 300 dpi has 8.7 million; a plan of a town is made smaller."""
LONGEST_SIDE = 2_000
"""Pixels of the picture in which lines are looked for: then characters of 10 points are 24 high, as the model likes."""
LEAST_SCORE = 0.75
"""How sure of a line the model must be; below it, the line is told as unread. Scribbles have 0.65, bad print 0.86."""
LEAST_SURE_FIGURE = 0.85
"""The same of a line with figures: below it they are doubtful, even if both looks agree."""
SECOND_LOOK = 0.7
"""The scale of the picture of which a line with figures is read again, of that of the first look."""
LEAST_LINE_INK = 0.06
"""Share of a place that must be ink to be taken for text."""
LINE_HEIGHTS = (0.45, 2.2)
"""Heights of such places, in those of the page's lines: rules are lower, pictures higher."""
LEAST_LINE_LENGTH = 2.5
"""Their width, in their height."""
INK = 0.65
"""How dark ink is, of the paper around it."""
MOST_UNREAD = 200
"""Such places that are kept of one page."""
SLOPE_WIDTH = 700
"""Pixels of the small picture whose slope is looked for: a tenth of a degree shifts its ends by one."""
MOST_SLOPE = 5.0
"""Degrees; what lies more askew was laid so."""
LEAST_SLOPE = 0.15
"""Degrees that are worth turning the picture for."""
SURE_SLOPE = 1.02
"""Times as unlike each other the rows must be: a page of pictures has no slope."""
RULE_INK = 0.8
"""How dark a rule is, of the paper around it: printed in grey, it is lighter than letters."""
LEAST_RULE = 0.06
"""The length of a rule, in the width of the page: strokes of large letters are shorter."""
THICKEST_RULE = 0.008
"""How thick it is, of the same; a bar is none."""
MOST_RULES = 1_000
"""Of either direction on one page: a form has a hundred."""
LARGEST_PICTURE = 80_000_000
"""Pixels of a page of a picture file: A3 at 600 dpi has 70 million; decoded, so many fill 240 MB."""
LONGEST_PICTURE = 30_000
"""Pixels of its longer side: the picture of a whole web page has 20,000."""
MOST_FRAMES = 1_000
"""Pages of a TIFF; a bomb has a million that are all the same bytes."""
LEAST_PIXELS = 40_000
"""Of a picture that can be a page: at twelve pixels a character, the fewest that are legible, 200 × 200 hold 270
characters, which is one passage. What is smaller is an icon, a button, a portrait."""
PAGE_HEIGHT = 3_508
"""Pixels of the longer side of a page that is drawn: A4 at 300 dpi."""
MOST_ENLARGED = 3.0
"""Times that a small picture is enlarged: a page at 100 dpi becomes one at 300."""
MOST_MEMORY = 1_100_000_000
"""Bytes of a process that recognises, beside its libraries, of which it holds 0.1 GB: in all 1.2 GB."""
LINES_AT_ONCE = 2
"""Lines that the model reads together: each holds 18,710 numbers for every eight pixels of the longest of them, so that
six, its own number, take 0.5 GB where lines run across a sheet."""

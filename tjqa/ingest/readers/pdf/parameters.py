"""The numbers that steer how a page of a PDF is read. Sizes and distances are in type sizes (em) of the line at hand
unless it says otherwise; points are 1/72 inch. Whoever changes one raises `READING_VERSION`."""

from __future__ import annotations

# --- Characters and lines

SAME_BASE = 0.12  # baselines this near are one line; fonts mixed in a line are shifted by less
ROW_BASE = 0.35  # baselines of the cells of one row: their types and sizes differ
SEGMENT_GAP = 1.5  # white wider than this parts columns or cells; a blank of full width is 1
FILLED_SQUARE = 0.65  # of its type size that a Chinese character is wide and high at least
WIDEST_SPREAD = 4.5  # white after the single first character of a word that is set wide: 账　　号
WORD_GAP = 0.18  # white that is a blank between Latin words; those of narrow types are 0.2
MIXED_GAP = 0.35  # between Chinese and Latin, where programs set a quarter without a blank
CHINESE_GAP = 0.22  # between Chinese characters, more than between those of the whole line
SMALL = 0.8  # a raised or lowered figure is set at most this large
LARGEST_HOST = 4.0  # times its size that the type beside it has at most
RAISED = 0.15  # and its baseline lies this much above its line's,
LOWERED = 0.05  # or this much below
FARTHEST_RAISED = 0.75  # what stands higher or lower belongs to another line
TOUCHING = 0.35  # the white between a figure and what it is raised above
DOUBLED = 0.1  # the same character again this near is a bold one, drawn twice

# --- Tables drawn with rules, in points

RULE_WIDTH = 3.0  # a filled rectangle this thin is a rule
RULE_LENGTH = 4.0  # shorter strokes are parts of drawings
RULE_TOUCH = 3.0  # rules that end this near to each other meet
MOST_RULES = 3000  # of a page; with more it is a drawing
MOST_PATHS = 20_000  # of a page; with more they are not looked at
MOST_SEGMENTS = 40_000  # of all paths of a page; a map has more, and would take seconds
MOST_COLUMNS = 64  # of a table with rules; of more its cells stay as they come
CELLS_OF_A_ROW = 2  # a table has a row with so many cells with text; a frame has one

ALIKE_RULES = 0.03  # of their length that the rules of one table begin or end apart
UNDERLINE = 0.45  # type sizes below its text at most; the rules of a table keep away from what stands above them
MOST_OPEN_COMPARISONS = 1_000_000  # rules times pieces of text: a page with more is a drawing
COLUMN_WHITE = 0.5  # type sizes of white between two columns of a table without upright rules

PADDING = 12.0  # points of white in a cell on both sides of its text
WRAPPED_SHARE = 0.34  # of the lines of cells that fill them: with fewer each line is a row of its own
SAME_ROWS = 0.8  # of the lines of two cells must stand on the same height
CELL_PITCH = 1.8  # type sizes between the lines of one cell without rules
LEAST_UPENDED = 3  # characters below each other that are a word set from top to foot

# --- Columns

LEAST_COLUMN_LINES = 3  # a column has so many lines,
SURE_COLUMN_LINES = (
    4  # fewer than these must show by their stops that they are prose: a short table has such cells, too
)
FILLED_LINE = 0.7  # this share of its width filled
FILLED_SHARE = 0.5  # in this share of them: cells of a table are short
GUTTER = 0.8  # white between columns
NARROWEST_COLUMN = 8.0  # type sizes: a narrower one holds no prose

# --- Pages of boxes (blocks)

OUT_OF_STEP = 0.3  # of the pieces of a page stand beside lines of other heights; a figure in a text has fewer
LEAST_BLOCKS = 6  # such pieces at least
BLOCKS_SEEN = 60  # pieces above and below that are compared
CUT_WHITE = 0.8  # type sizes of white across a page at which it is cut: a label stands that near to its box
DEEPEST_CUT = 40  # cuts within cuts

# --- Paragraphs

NEAR_MARGIN = 1.6  # a line that ends this near to the margin was broken by it: 1 character and a punctuation mark
LARGEST_ROOM = 0.45  # of a line that was broken before a long word
DIGIT_ROOM = 0.6  # with less behind it no further digit had room, and a figure may go on in the next line
POINT_ROOM = 0.4  # more behind a point: where only its ink is seen, the white beside it is no room
INDENT = 0.9  # a first line is set in by two characters, some by one
SAME_SIZE = 0.06  # share by which types of one paragraph differ
PITCH = 1.4  # times the usual distance of lines: a wider one parts paragraphs
WIDEST_PITCH = 2.6  # type sizes between baselines where the usual distance is not known
LEAST_MARGIN_SHARE = 0.1  # of the lines that end at the margin: one wide line is none
LEAST_MARGIN_LINES = 2

# --- Running heads and page numbers

EDGE_LINES = 3  # lines at the top and at the foot of a page that may be running heads
EDGE_SHARE = 0.15  # of the page's height at either end in which they stand
LEAST_PAGES = 3  # a head repeated on so many pages runs,
MOST_PAGES_SHARE = 0.6  # or on this share of the pages, however near it stands to the text,
PAGES_APART = 2  # each at most so far from the next one: odd and even pages have their own
SAME_PLACE = 4.0  # points by which its height on the page differs
LONGEST_HEAD = 120  # half characters; a longer line is text
COUNTING_SHARE = 0.7  # of the pages on which a figure must count with the page to be its number

# --- Contents

LEAST_CONTENTS = 3  # lines that end in dots and a number
CONTENTS_GAP = 2  # lines between two of them: an entry of several lines
RISING_SHARE = 0.8  # of the numbers must not fall: those of a price list do

# --- Footnotes and headings

NOTE_SIZE = 0.93  # of the body's type size
NOTE_PLACE = 0.5  # of the page's height: footnotes begin below
HEADING_SIZE = 1.15  # times the body's type size
LARGER = 1.08  # on later pages, where headings are smaller
MOST_HEADING_LINES = 4  # lines in a row of one large size; more are text
LONGEST_HEADING = 80  # characters
MOST_BOOKMARKS = 10_000
MUCH_UNREAD = 0.3  # share of pieces without width; blanks set one by one are some

# --- Text that nobody wrote (characters)

LETTERS_LOOKED_AT = 200_000  # characters of a file that are looked at
GARBLED_SCRIPTS = 5  # so many scripts that no Chinese document uses stand side by side by accident only,
GARBLED_SHARE = 0.05  # and make up so much of the letters

# --- Layers

MOST_LAYERS = 4_000  # stretches of a page that name a layer; drawings of maps and plants have some hundred
DEEPEST_FORM = 8  # forms within forms; programs make three
MOST_FORMS = 40  # of a page that are looked at one by one: each is drawn without
MOST_PIXELS = 1_000_000  # of such a drawing: a page of A4 has half as many, at one for a point

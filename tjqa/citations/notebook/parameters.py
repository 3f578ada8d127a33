"""The numbers of the notebook, each with its reason."""

CONTEXT = 64
"""Characters kept of the text before and behind a quote, to know it again where its document changed: most rows of a
table have fewer before a figure."""

TELLING = 16
"""Characters from which a quote is known by itself; a shorter one (13个, 39540) stands in many places."""

AGREEING = 8
"""Characters behind a shorter quote that must be the same as when it was kept, or fewer to the end of its line. Before
it all that was kept of its line must be: what a figure is stands there, in a row as in a sentence."""

MOST_PLACES = 10_000
"""Places of a short quote that are looked at in a document: a digit stands in a table so often."""

LONG_LINE = 200
"""Characters of a line beyond which its number alone does not say where a quote stands."""

MOST_BYTES = 64 * 1024 * 1024
"""Bytes of a notebook: some two kilobytes an excerpt, thirty thousand of them."""

WAIT = 5.0
"""Seconds that a change waits for another program's, which takes some milliseconds."""

MOST_NOTE = 4000
"""Characters of a note: a page; what is longer is a text of its own."""

MOST_TOPIC = 80
"""Characters of a topic: it is a line of a list."""

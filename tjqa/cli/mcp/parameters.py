"""Numbers of `tjqa mcp`, each with its reason."""

PORT = 8001
"""Where HTTP is served unless told otherwise; `tjqa web` has 8000."""

MOST_WAITING = 32
"""Calls that wait for the engine at a time: a question takes about a second, and clients give up after a minute."""

MOST_HITS = 20
"""Passages of one page of results: of some 250 characters each, what an assistant reads at a time."""

MOST_RANKED = 100
"""Passages that can be paged through, as many as `tjqa ask -k` gives: further down they have little to do with the
question."""

MOST_ROWS = 100
"""Rows of one page of sources or figures."""

PAGE_CHARACTERS = 60_000
"""Characters of JSON after which a page ends early: many clients refuse results of more than a hundred thousand."""

MOST_OPENED = 4000
"""Characters of a document opened at a time: about four pages of a book."""

MOST_QUOTED = 20_000
"""Characters of a quote: longer than any that a text bears."""

MOST_PROOFED = 100_000
"""Characters of a draft: a book of fifty pages is proofed in parts."""

MOST_TITLES = 20
"""Titles of one file that a list of sources names; a collection may hold thousands."""

MOST_NAMED = 5
"""Files that are named as changed."""

STALE_SHARE = 10
"""How many times as long as looking for changed files took it is not done again: so it takes less than a tenth of the
time, however many files there are."""

STALE_QUICK = 0.05
"""Seconds of such a look that are not felt: it is then done with every call."""

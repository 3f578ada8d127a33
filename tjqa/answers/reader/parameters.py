"""Numbers of the reader, each with its reason."""

from __future__ import annotations

LONGEST_QUESTION = 160
"""Characters of a question that are read. Questions that people ask have 20, a follow-up with what went before 100."""

LONGEST_HEAD = 60
"""Characters of what stands above a passage (title, headings, date) that are read, as in training: the title names the
place and the year; what is longer takes room from the passage."""

LONGEST = 256
"""Pieces read at once, as in training; some 400 characters. Longer passages are read in windows that overlap."""

OVERLAP = 64
"""Pieces that two windows share: an answer and the words around it stay whole in one of them."""

LONGEST_ANSWER = 120
"""Pieces of an answer. Of the answers written by hand one in a hundred is longer: lists, of which a part is given."""

THREADS = 2
"""Passages read at a time, at most, one on each core: the budget of 160 ms for 16 passages is for two."""

MOST_GRAPH = 4 * 1024**2
"""Bytes of the graph, which holds no weights, and of the settings: they have 60 KB and less."""

MOST_WEIGHTS = 128 * 1024**2
"""Bytes of the weights: eight layers have 17 MB."""

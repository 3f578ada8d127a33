"""The numbers that decide what an index finds and how it is laid out, each with its reason.

Modules read them as `parameters.NAME`, so that `embeddings.ranking.sweep` can measure what moving one does.
"""

from __future__ import annotations

# BM25. The values of Lucene and Elasticsearch (Robertson, Zaragoza 2009 give 1.2 to 2 and 0.5 to 0.8). A Milvus index
# holds weights made with them and has to be made again when they change.

K1 = 1.2
"""How much a term met again still counts: 0 counts only whether it is there, large values count every occurrence."""

B = 0.75
"""How much a passage longer than the average has to hold a term more often: 0 not at all, 1 in full proportion."""

TOP_ROWS_FROM = 0.3
"""Share of the best score below which rows are not looked at for the best few, if enough are left. Sorting out a mostly
empty array takes 40 times as long; the rows found are the same."""

# Vectors. Up to CODED_FROM passages each vector is compared exactly and none of the others matters.

CODED_FROM = 50_000
"""Passages of a library from which on its vectors are searched by codes. At 100,000 codes and the exact comparison of
what they find take 1.4 ms, most of it however many there are; an exact scan takes 3.2 ms, in proportion to them."""

SMALLEST_CODED_SEGMENT = 4096
"""Passages of a segment below which it has no codes: too few to train them on, and quickly searched."""

CODED_VALUES = 256
"""Values of a vector that are coded, the principal ones; of a vector of more than 512 values half of them."""

VALUES_PER_CODE = 2
"""Values that share a code of four bits: 64 bytes for a vector of 512 values."""

CODES_TRAINED_ON = 16_384
"""Vectors of a segment that its axes and codes are trained on, spread evenly: a thousand for each of sixteen codes."""

SHORTLIST = 150
"""Candidates found by codes that are compared exactly, of a library of SHORTLIST_OF passages. Of the ten nearest 0.99
are among them; 300 of 100,000 held 0.997 and took half a millisecond more."""

SHORTLIST_OF = 100_000
"""Passages of the library that SHORTLIST was measured on."""

SHORTLIST_GROWTH = 0.3
"""Power of the library's size by which the shortlist grows: the more passages, the more crowd round the nearest. It
makes 300 of a million, which hold 0.97 of the ten nearest."""

# Layout. It decides how much an update writes again, not what is found.

SEGMENT_PASSAGES = 65_536
"""Passages of a segment at most: what the 16 bits of a posting's row count, so it can be lowered, not raised."""

SEGMENT_AT_LEAST = SEGMENT_PASSAGES // 2
"""Passages that fill half a segment in any case, so that no library falls into many small ones."""

SEGMENT_ENDS_AFTER = SEGMENT_PASSAGES // 4
"""Beyond that, a segment ends after so many passages in the mean, where a file's name says so: few run full."""

RELEASE_EVERY = 4
"""Questions after which the pages read for them are let go: 30 MB, and no slower than after 32."""

# Vectors of the model that reads context (meanings.py)

VOLUME_FULL = 32_768
"""Vectors of a file that is left as it is: 25 MB. Smaller ones are put together when there are many."""

VOLUMES_SMALL = 16
"""Small files from which on they are put together: each is opened and searched for every question."""

VOLUME_GONE = 0.5
"""Share of vectors whose passages are gone from which on they are left out. Until then they are kept: a folder that was
away for a day comes back."""

LONGEST_VECTOR = 1.05
"""Length that no unit vector has, to half precision: longer ones are none that a model gave."""

MEANINGS_AT_ONCE = 32
"""Passages encoded between two steps of progress: about half a second, which Ctrl-C then waits for."""

MEANINGS_WRITTEN = 512
"""Passages whose vectors are written together: ten seconds of work, all that a loss of power can take."""

"""How much may lie in one container, limits of safety: what holds more is a bomb, or is better unpacked."""

from __future__ import annotations

MOST_DEPTH = 4
"""Containers within one another: a mail that was sent on, with an archive of mails. A quine holds itself for ever."""
MOST_DOCUMENTS = 10_000
"""In all, at any depth. To read as many takes an hour: they belong into a folder."""
MOST_NAMED = 100_000
"""Entries of one archive, whatever they are; each takes 0.5 KB and 10 µs to list."""
MOST_BYTES = 4 * 1024**3
"""Of all documents together, unpacked."""
MOST_NESTED = 256 * 1024**2
"""Of containers in containers, which have to be unpacked to know what lies in them: two seconds."""
MAX_MEMBER = 64 * 1024**2
"""Of one document, as of one in the folder."""
MAX_RATIO = 500
"""Times that a document of over a megabyte may unpack to: deflate packs real ones by 5 to 50, a bomb by 1,000."""
LARGEST_ARCHIVE = 2 * 1024**3
"""Bytes of an archive on the disk."""
MOST_KEPT = 96 * 1024**2
"""Bytes of containers that a worker keeps in memory to give their members out; the last one whatever it has."""
KEPT_CONTAINERS = 8
"""So many at most."""
LONGEST_PART = 120
"""Characters of one name in a path: systems take 255 bytes, and somebody may unpack it."""

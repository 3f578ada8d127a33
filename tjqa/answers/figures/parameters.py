"""What steers the collecting of figures: each number with its reason. Read as `parameters.NAME` where it is used."""

from __future__ import annotations

MOST_SCANNED = 50_000
"""Passages of a library up to which all of them are looked at (some seconds); of a larger one the files that the
measure's words and meaning lead to."""

MOST_FILES = 400
"""Files of a larger library that are looked at, best ranked first."""

LONGEST_MEASURE = 60
"""Characters of the name of a measure; no name is longer, and a text pasted by mistake is told as one."""

LONGEST_HEAD = 60
"""Characters of a head from which on it is text, which holds a measure's words by chance."""

LONGEST_FILL = 40
"""Characters between a measure and its figure in a sentence: 累计完成, 预期目标为."""

LONGEST_NAME = 14
"""Characters that may stand before a measure and narrow it (规模以上工业 of 增加值): a longer run is a sentence."""

ROUNDING = 0.51
"""Units of the last digit that a printed change may differ from the one worked out, for each of the figures that it is
worked out from: half of one is rounding, a little more is the rounding of rounded figures."""

MOST_BARS = 24
"""Bars of one drawing: more do not stand on a screen."""

STEP = 200
"""Passages between two reports of how far the collecting has got: some tens of milliseconds."""

LEAST_WEIGHT = 0.06
"""Weight of a word of a question from which on it says what is measured: 是, 分别, 什么 are commoner."""

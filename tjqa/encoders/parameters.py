"""How large and how odd a model folder may be, each with its reason: a folder named with `--model` may be damaged or
made to do harm, and is measured before anything of it is read into memory."""

from __future__ import annotations

MOST_FILES = 2000
"""Files of a model folder. Models in many formats have a hundred or two; a home folder named by mistake has more."""

DEEPEST = 5
"""Folders within folders. A model has its modules one folder down, a module of modules two."""

MOST_WEIGHTS = 16 * 1024**3
"""Bytes of all weights. The largest models in use for vectors have seven thousand million values of two bytes."""

MOST_JSON = 16 * 1024**2
"""Bytes of a settings file. Word weights have 200 KB, settings with all their labels a few MB at most."""

MOST_VOCABULARY = 64 * 1024**2
"""Bytes of tokenizer.json and other vocabularies: 250,000 words in a hundred languages have 35 MB."""

MOST_HEADER = 16 * 1024**2
"""Bytes of the table of a weights file: 100 for each tensor, of which large models have some thousand."""

WIDEST = 8192
"""Values of a vector. Models in use give 256 to 4096; two matrices of this size still fit in memory."""

MOST_GROWTH = 1000
"""How many times longer a tokenizer may make a text. The compatibility forms of Unicode make 18 characters of one;
a few rules one after the other stay far below; a passage of 500 characters stays below a million."""

LONGEST_TOKEN = 512
"""Characters of one word of a vocabulary, each text being compared with it at every place. Those in use have up to
130 (rows of dashes)."""

LONGEST_PATTERN = 4000
"""Characters of a regular expression. Those of the large language models have some hundred."""

LONGEST_WORD = 10_000
"""Characters that a WordPiece model looks at as one word, for which it takes the square of as many steps; usual
are 100."""

STATIC_SECONDS = 30.0
"""How long a model in the format of the default one may take to be opened and tried, apart. It takes half a second."""

SECONDS = 180.0
"""The same for any other model: loading torch from a cold disk takes up to a minute, a large model another."""

SECONDS_PER_GB = 100.0
"""How much longer for each GB of weights: 32 texts, of up to 512 tokens, on a processor with few cores."""

SPARE_MEMORY = 3 * 1024**3
"""Bytes that such a trial may take besides the weights: torch and its libraries need about one GB."""

COPIES = 4
"""How often the weights may lie in memory meanwhile: as read, and as floats of twice the size, both for a moment."""

UNIT_ERROR = 1e-3
"""How far from 1 the length of a vector may be that was made one of that length, in floats of 32 bits."""

ENCODER_THREADS = 8
"""Texts encoded at a time, at most, one on each core. More cores than this are seldom idle on a machine of many."""

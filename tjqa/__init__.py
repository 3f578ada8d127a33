"""tjqa answers questions typed in Chinese from a folder of saved documents, offline, with exact citations."""

import os

# Questions multiply small matrices: a second BLAS thread waits by spinning and triples the CPU time of an answer
# (48 against 17 ms, measured). Set here because it is read once, when numpy is imported. Encoding does not use BLAS.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"

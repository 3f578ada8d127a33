"""The index of a library kept by Milvus, where several people and machines reach it (the extra `milvus`).

    <name>_passages   a row a passage: its text, dense vector, sparse vector of BM25 weights (scoring.py), what filters
                      ask for, and the stamp of the file version it belongs to
    <name>_notes      what is noted of the library, of each file, and how many passages hold each term (metadata.py)

Milvus finds candidates; what ranks them is computed here, from the same numbers as with an index on this machine, so
that both rank alike. Milvus has no transactions: a file's rows count only while their stamp is the one its note names,
so that writing that note is the moment at which a file changes for everybody (writer.py).
"""

from __future__ import annotations

from tjqa.index.milvus.backend import MilvusBackend as MilvusBackend

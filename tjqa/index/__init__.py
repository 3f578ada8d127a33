"""Passages -> BM25, vectors and tokens in segments, on disk or in Milvus; searched for candidates."""

"""What `embeddings/fit_ranking.py` and the benchmarks share: libraries with judged questions, and fitting itself."""

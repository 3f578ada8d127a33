"""What `embeddings.ranking.fit` and the benchmarks share: libraries with judged questions, and fitting itself."""

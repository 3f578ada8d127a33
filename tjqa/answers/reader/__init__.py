"""Question and passage, read together: does it answer, and where."""

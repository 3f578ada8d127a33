"""Ranked hits -> an answer: sentences chosen, the span found, how sure, what has to be noted."""

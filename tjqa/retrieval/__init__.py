"""A question -> ranked hits: question analysis, spelling, follow-ups, features, MaxSim, near-duplicates."""

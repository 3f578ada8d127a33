"""The model, its training, and the fit of the ranking."""

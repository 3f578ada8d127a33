"""Training questions written by hand, in sets by kind of document."""

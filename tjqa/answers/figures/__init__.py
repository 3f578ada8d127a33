"""One measure over documents, places and years: every figure of it that tables and sentences tell, side by side."""

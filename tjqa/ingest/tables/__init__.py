"""Tables: which rows are heads, what every cell is of. `table.py` puts together what the others find."""

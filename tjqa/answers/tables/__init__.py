"""A question → the cells of tables that answer it: matched by their heads, never by a neighbour's."""

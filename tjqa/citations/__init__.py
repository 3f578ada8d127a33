"""A hit -> a place in a file that is re-read and can be checked: citing, export, references, verification."""

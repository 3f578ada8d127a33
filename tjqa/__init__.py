"""tjqa answers questions typed in Chinese from a folder of saved documents, offline, with exact citations."""

__version__ = "0.1.0"

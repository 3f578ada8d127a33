"""The reader: what it is trained on, its training, its export and how it is measured."""

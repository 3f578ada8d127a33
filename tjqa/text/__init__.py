"""What can be said of a string alone: normal form, sentences, words, terms, numbers, units, names."""

"""A draft held against the library: what it quotes and tells, sentence by sentence, with the place where that stands."""

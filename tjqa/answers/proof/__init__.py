"""A draft held against the library: what it quotes and tells, sentence by sentence, and where that stands."""

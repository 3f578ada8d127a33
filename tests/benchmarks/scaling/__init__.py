"""The parts of the scale benchmark; the command is tests/benchmarks/scale.py."""

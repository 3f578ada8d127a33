"""Tests of tjqa.answers.figures."""

"""Tests of tjqa.answers.proof."""

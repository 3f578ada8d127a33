"""Attacks on tjqa by script: each makes thousands of hostile inputs and counts those that got through."""

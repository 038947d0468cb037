"""Scores: what answers are worth, from lists of strings alone."""

"""Strings in, strings out: cleaning, sentences, the marks of turns and targets, pieces."""

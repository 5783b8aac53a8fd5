"""Answers that people read in a terminal."""

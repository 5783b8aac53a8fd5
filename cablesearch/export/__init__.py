"""Answers for other programs, a file for each format."""

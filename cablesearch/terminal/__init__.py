"""Answers as text for people to read in a terminal, laid out for its width."""

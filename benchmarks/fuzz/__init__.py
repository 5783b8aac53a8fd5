"""Gives the program damaged and hostile input that nobody has thought of, for as long as you like."""

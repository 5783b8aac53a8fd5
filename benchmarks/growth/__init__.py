"""Checks that time grows no faster than the input: every pattern of the package, and whole cables."""

"""Benchmarks: README.md says what they measure and has the figures."""

"""Runs queries over an index: rewriting, ranking, snippets, explanations."""

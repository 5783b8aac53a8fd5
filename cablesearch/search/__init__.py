"""Running a query over an index: rewriting, ranking, snippets, explanations."""

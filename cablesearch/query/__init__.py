"""Query text to query tree: the language is in docs/query-language.md."""

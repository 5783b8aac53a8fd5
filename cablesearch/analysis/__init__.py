"""How text becomes terms: words, stems, the sound of names, abbreviations."""

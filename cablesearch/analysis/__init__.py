"""How text becomes terms: words and stems, the sounds of names, abbreviations; the distance between words."""

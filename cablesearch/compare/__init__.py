"""What differs between two texts of one cable: its facts, its paragraphs, their words, what is redacted.

    facts        classification, date, addressees ...
    paragraphs   which paragraph of one is which of the other: moved, split, merged, inserted, removed
    words        what was changed in a paragraph
    redactions   what stands in place of a text that is withheld

Capital letters, white space, line breaks, hyphens, the shape of quotes and most punctuation are no
difference: they are as a format or a typist has them. Two cables of a megabyte take a second.
"""

"""Questions that are asked again: many at once, and what is new of saved ones."""

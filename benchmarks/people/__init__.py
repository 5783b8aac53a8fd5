"""Makes and measures the recogniser of people: word lists, training, scores."""

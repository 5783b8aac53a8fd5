"""How the recogniser of people is made and measured: word lists, training, scores."""

"""What people read in a terminal: answers as text, laid out for its width."""

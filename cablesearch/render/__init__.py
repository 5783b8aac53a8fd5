"""Values in, text out: for a terminal, as JSON, as CSV, as a citation."""

"""Made-up cables in every form and format that is read, for tests that all of them give the same facts."""

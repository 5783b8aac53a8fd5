"""What a cable is: immutable values, and the rules and tables of the archive that every part shares."""

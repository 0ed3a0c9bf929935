"""Outside tools of the tests: which there are, where they are, how they get here."""

"""Choose: which items a page shows, and in which order."""

"""CLI: words in, words and an exit code out; the only place that prints."""

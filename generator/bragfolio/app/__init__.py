"""App: use cases, each joining the pure core with the edges it needs."""

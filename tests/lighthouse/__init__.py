"""Lighthouse: how good the pages of the demo are, measured with tools that `make test` does not need."""

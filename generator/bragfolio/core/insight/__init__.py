"""Insight: what a projection says about itself, one module a question."""

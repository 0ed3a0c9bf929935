"""Insights: what the coach computes, held against numbers that were worked out by hand."""

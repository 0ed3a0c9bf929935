"""Headquarters: the private pages of the `self` build, and the charts that they draw."""

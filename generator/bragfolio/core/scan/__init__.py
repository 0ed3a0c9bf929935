"""Scan: what was built, read again as its readers would, and searched for what they may not see."""

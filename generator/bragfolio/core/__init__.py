"""Core: pure functions from what was written to what is published; no disk, clock, network or environment."""

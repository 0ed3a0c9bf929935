"""Benchmarks: speed as ratios to a peer in the same run; never tests."""

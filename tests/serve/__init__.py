"""Tests of `brag serve`."""

"""Brag: turns notes about what you achieved into your own marketing department."""

__version__ = "0.1.0"

"""Render: from what was chosen to the bytes of every published file."""

"""Web: the built demo, looked at with a validator, a real browser and the readers of its data."""

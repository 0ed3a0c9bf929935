"""Edge: one outside thing for each module, and no decisions."""

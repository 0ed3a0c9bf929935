"""Link: addresses and everything that points at them, inside one projection."""

"""Project: what one audience may see; everything above works on its result alone."""

"""Pictures: what the containers of raster pictures hold beside the picture, taken out without touching a pixel."""

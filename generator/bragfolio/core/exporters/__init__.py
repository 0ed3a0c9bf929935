"""Exporters: a projection in the formats of others, one module each."""

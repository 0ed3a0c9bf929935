"""Serve: what a site answers while its author looks at it, by the rules of GitHub Pages."""

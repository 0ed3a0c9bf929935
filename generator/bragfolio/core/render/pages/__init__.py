"""Pages: one module for each kind of page, from the desk to the template's context."""

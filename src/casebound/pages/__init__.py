"""Pages: what a notebook shows: prose, figures, tables."""

"""HTML: the report as one page."""

"""PDF: the report on paper, set by Typst."""

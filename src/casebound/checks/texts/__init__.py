"""Checks that need the sources' texts: quotations, what a text prints of itself, and how much of it is copied."""

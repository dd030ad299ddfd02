"""Authoring: what helps a person to begin a case and to take sources into it."""

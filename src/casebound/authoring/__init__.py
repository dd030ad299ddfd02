"""Authoring: how a case is begun, and how sources and facts come into it."""

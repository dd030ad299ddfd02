"""Authoring: how a case is begun, and how sources are taken in."""

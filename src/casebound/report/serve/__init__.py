"""Serve: the report, built and shown again at every change."""

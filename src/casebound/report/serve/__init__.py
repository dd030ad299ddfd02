"""Serve: the report built and shown anew at every change."""

"""Binding: from executed notebooks to one HTML file and one PDF."""

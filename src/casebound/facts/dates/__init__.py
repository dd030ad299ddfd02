"""Dates: as exact as their source, in data and in prose."""

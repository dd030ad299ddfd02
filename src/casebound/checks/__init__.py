"""Checks: what is proved of a case: its facts, their evidence, its prose."""

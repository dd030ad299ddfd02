"""Ledger: a case laid out as tables."""

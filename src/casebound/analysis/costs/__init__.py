"""Costs: what it cost, whom, and what became of output."""

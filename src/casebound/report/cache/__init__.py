"""Cache: what a build keeps for the next, and by which key."""

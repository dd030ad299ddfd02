"""Casebound: reproducible case studies in which every claim is bound to its evidence."""

"""Execution: notebooks run in clean kernels, forked or started anew."""

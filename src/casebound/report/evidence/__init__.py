"""Evidence: the ledger as the report prints and exports it."""

"""Analysis: questions put to the ledger; every answer is a table or a finding."""

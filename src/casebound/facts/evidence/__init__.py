"""Evidence: where a quotation stands in its text, and the record of it."""

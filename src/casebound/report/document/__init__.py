"""Document: executed notebooks as one model that both exporters print."""

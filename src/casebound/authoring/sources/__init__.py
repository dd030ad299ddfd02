"""Sources: from a saved page, PDF, e-mail or plain text to a text in articles/ and an entry in sources.yaml."""

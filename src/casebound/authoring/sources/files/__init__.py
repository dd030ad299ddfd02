"""Files: what a page, PDF, e-mail or plain text holds and says of itself."""

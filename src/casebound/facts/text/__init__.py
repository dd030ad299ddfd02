"""Text: articles, their sentences, and what a sentence states."""

"""Facts: what people recorded, read, checked and laid out as tables."""

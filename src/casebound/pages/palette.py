"""Palette: the colours of the figures, without the library that draws them."""

INK, MUTED, FAINT, PANEL, PAPER = "#1c2733", "#566270", "#d5dbe1", "#eef3f7", "#ffffff"
ACCENT, WARM = "#1f5f8b", "#a4480f"

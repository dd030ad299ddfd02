"""Shell: what a build asks of the IPython of every kernel: tables with whole cells."""

from __future__ import annotations

# By name, so that a kernel whose cells need no pandas does not import it; before version 3 it stood elsewhere.
_FRAME = ("pandas", "pandas.core.frame")
_CUT = 50  # characters: at which pandas cuts each cell unless it is told otherwise


def load_ipython_extension(shell) -> None:
    """Have data frames shown with whole cells, where a cell sets no width of its own."""
    formatter = shell.display_formatter.formatters["text/html"]
    for module in _FRAME:
        formatter.for_type_by_name(module, "DataFrame", whole)


def whole(frame) -> str | None:
    """Return a data frame's HTML with no cell cut."""
    import pandas as pd

    if pd.get_option("display.max_colwidth") != _CUT:
        return frame._repr_html_()
    with pd.option_context("display.max_colwidth", None):
        return frame._repr_html_()

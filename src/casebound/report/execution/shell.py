"""Shell: what a build asks of the IPython of every kernel: data frames shown as tables of the report."""

from __future__ import annotations

# By name, so that a kernel whose cells need no pandas does not import it; before version 3 it stood elsewhere.
_FRAME = ("pandas", "pandas.core.frame")


def load_ipython_extension(shell) -> None:
    """Have data frames shown as tables of the report."""
    for module in _FRAME:
        shell.display_formatter.mimebundle_formatter.for_type_by_name(module, "DataFrame", shown)


def shown(frame) -> dict:
    """Return a data frame's bundle of MIME types."""
    from casebound.pages.frames import table_of

    return table_of(frame)._repr_mimebundle_()

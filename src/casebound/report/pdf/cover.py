"""The first page: its parts, which stand one below the other or side by side."""

from __future__ import annotations

from casebound.report.document.model import Block, Chapter, Document, Heading

Part = list[Block]


def bands(cover: Chapter) -> list[list[Part]]:
    """Return the parts of the first page as bands across it; parts in a row whose headings are columns share one."""
    top = min((block.level for block in cover.blocks if isinstance(block, Heading)), default=0)
    found: list[list[Part]] = []
    are_columns = False
    for block in cover.blocks:
        if found and (not isinstance(block, Heading) or block.level > top):
            found[-1][-1].append(block)
            continue
        is_column = isinstance(block, Heading) and block.is_column
        if is_column and are_columns:
            found[-1].append([block])
        else:
            found.append([[block]])
        are_columns = is_column
    return found


def dated(doc: Document) -> str:
    """Return the line under the title: of what day the report tells, its edition, who wrote it."""
    edition = f"edition {doc.meta['edition']}" if doc.meta["edition"] else ""
    return " · ".join(filter(None, [doc.known, edition, ", ".join(doc.meta["authors"])]))

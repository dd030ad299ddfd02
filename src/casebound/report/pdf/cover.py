"""The first page: its parts, which stand one below the other or side by side."""

from __future__ import annotations

from casebound.report.document.model import Block, Chapter, Document, Heading

Part = list[Block]


def bands(cover: Chapter) -> list[list[Part]]:
    """Return the parts of the first page as bands across it: a part whose heading is a column joins the last band."""
    top = min((block.level for block in cover.blocks if isinstance(block, Heading)), default=0)
    found: list[list[Part]] = []
    for block in cover.blocks:
        if not isinstance(block, Heading) or block.level > top:
            if not found:
                found.append([[]])
            found[-1][-1].append(block)
        elif block.is_column and found:
            found[-1].append([block])
        else:
            found.append([[block]])
    return found


def dated(doc: Document) -> str:
    """Return the line under the title: of what day the report tells, its edition, who wrote it."""
    edition = f"edition {doc.meta['edition']}" if doc.meta["edition"] else ""
    return " · ".join(filter(None, [doc.known, edition, ", ".join(doc.meta["authors"])]))

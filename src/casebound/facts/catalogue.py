"""Catalogue: the checks by their codes, each explained."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Check:
    """What a check guards against, an example of each side, whether it may be set aside, and which command runs it."""

    guards: str
    right: str
    wrong: str
    aside: bool = True
    by: str = "check"


@cache
def checks() -> dict[str, Check]:
    """Return every check by its code."""
    content = Path(__file__).with_name("catalogue.yaml").read_text("utf-8")
    return {code: Check(**entry) for code, entry in yaml.safe_load(content).items()}

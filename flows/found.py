"""What a check of the installation found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """How a check ended."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True)
class Found:
    """The result of one check. fix: what to do, '' when nothing."""

    name: str
    health: Health
    message: str
    fix: str = ""

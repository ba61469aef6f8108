"""What is a threshold? One number, or one reading, with unit, citation, reason and the set that brought it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Unit = Literal[
    "months",
    "days",
    "years",
    "attempts",
    "channels",
    "characters",
    "members",
    "formal_members",
    "units",
    "entries",
    "persons",
    "items",
    "staff",
    "ten_thousand_yuan",
    "percent",
]


class _Strict(BaseModel):
    """Frozen; a key that nobody knows is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Threshold(_Strict):
    """One number in force from the rule set `since` on.

    value: whole, at least 1. unit: of the value. citation: the text it comes from. reason: why it is what it is, and
    whether the boundary itself is in (以上) or out (超过, 不足).
    """

    since: str = Field(min_length=1)
    value: int = Field(ge=1)
    unit: Unit
    citation: str = Field(min_length=1)
    reason: str = Field(min_length=1)


class Choice(_Strict):
    """One way of reading a definition, in force from the rule set `since` on; subclasses narrow `value`."""

    since: str = Field(min_length=1)
    value: str
    citation: str = Field(min_length=1)
    reason: str = Field(min_length=1)


class Section(_Strict):
    """A group of thresholds, choices and groups. A group that may be None begins with a later rule set."""

    def thresholds(self) -> dict[str, Threshold]:
        """Every threshold in force by its dotted name, in the order of the fields."""
        return {name: item for name, item in self.leaves() if isinstance(item, Threshold)}

    def leaves(self) -> Iterator[tuple[str, Threshold | Choice]]:
        """Every threshold and choice in force by its dotted name, in the order of the fields."""
        for name, item in self:
            if isinstance(item, Section):
                yield from ((f"{name}.{below}", leaf) for below, leaf in item.leaves())
            elif isinstance(item, Threshold | Choice):
                yield name, item

"""Which answers need a second reader? Read from policy.toml: explicit rules, and a share at random by item id."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from data.model import PrimaryClass, QueueKind
from review.choices import Answer, Choice
from review.view_models import Card

_FILE = Path(__file__).parent / "policy.toml"


class Always(BaseModel):
    """A kind of answer that two people must give. classes: only of these; is_without_number: only where neither the
    record nor the chosen candidate has an identity number."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: QueueKind
    answers: tuple[Answer, ...]
    reason: str = Field(min_length=1)
    classes: tuple[PrimaryClass, ...] = ()
    is_without_number: bool = False

    def holds(self, card: Card, choice: Choice, primary_class: str | None) -> bool:
        """Does this answer to this question need two?"""
        if card.kind != self.kind or choice.answer not in self.answers:
            return False
        if self.classes and primary_class not in self.classes:
            return False
        return not self.is_without_number or not _has_number(card, choice)


class Policy(BaseModel):
    """The whole of policy.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    random_permille: int = Field(ge=0, le=1000)
    gold_permille: int = Field(ge=0, le=1000)
    bulk_samples: int = Field(ge=1)
    bulk_cap: int = Field(ge=1, le=1000)
    n_editable: int = Field(ge=1, le=50)
    reveal_seconds: int = Field(ge=1)
    always: tuple[Always, ...]

    def needs_two(self, card: Card, choice: Choice, primary_class: str | None = None) -> bool:
        """Must a second person read the question before the answer counts?"""
        if any(rule.holds(card, choice, primary_class) for rule in self.always):
            return True
        return draw(f"second,{card.item_id}") < self.random_permille

    def asks_gold(self, reviewer: str, place: str) -> bool:
        """Is the person's next question gold? place: the day and how many they have read."""
        return draw(f"gold,{reviewer},{place}") < self.gold_permille


@cache
def policy() -> Policy:
    """The policy of this installation."""
    return Policy.model_validate(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def draw(text: str) -> int:
    """0 to 999, the same for the same text wherever it is asked."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) % 1000


def _has_number(card: Card, choice: Choice) -> bool:
    chosen = None if choice.number is None else card.candidate(choice.number)
    return "id" in card.shown or (chosen is not None and "id" in chosen.shown)

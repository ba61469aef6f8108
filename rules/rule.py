"""What is a rule? A dated, cited statement with examples; it looks at a case and returns its firings.

A rule never writes, decides or calls another rule; what is removed is removed by a reviewer (guard-rail 3).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import pandas as pd

from data.model import EvidenceGrade, FeedKind
from data.words import tr
from rules.case import Case

#: The day of the 2016 report: examples are judged on it unless they name another.
CHECK_DAY = date(2016, 6, 16)


class Text(NamedTuple):
    """One text in both languages."""

    zh: str
    en: str

    def here(self) -> str:
        """The text in the reader's language."""
        return tr(self.zh, self.en)


class RuleLevel(StrEnum):
    """What a rule speaks about: a member's situation, one entry of a roster or list of claims, or the annual report
    of an entity, by the report's unique_id; nobody is named there. A letter is meant by its own unique_id."""

    MEMBER = "member"
    ENTRY = "entry"
    ENTITY = "entity"
    LETTER = "letter"


class Outcome(StrEnum):
    """What an example shows."""

    FIRES = "fires"
    HOLDS_BACK = "holds_back"
    LACKS_DATA = "lacks_data"


@dataclass(frozen=True)
class Example:
    """Small tables and the subjects (unique_id or person_id) the rule fires on, with `is_false_entry` of each.

    as_of: the day it is judged for. sets: the rule sets under which it holds; None: every set that has the rule.
    """

    outcome: Outcome
    title: Text
    tables: Mapping[str, tuple[Mapping[str, object], ...]]
    expected: Mapping[str, bool]
    feeds: frozenset[FeedKind]
    as_of: date = CHECK_DAY
    sets: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Rule:
    """One rule.

    code: stable, unique. grade: the strongest grade its evidence can have; None for a class, which proves nothing.
    since: first rule set that has it; under an earlier set it does not run. is_published: whether a firing becomes a
    finding; the private contact task of a hidden member and regular organisation life do not (guard-rail 4).
    find: case -> firings (`rules.firings`).
    """

    code: str
    title: Text
    level: RuleLevel
    grade: EvidenceGrade | None
    citation: str
    since: str
    proves: Text
    does_not_prove: Text
    human_step: Text
    find: Callable[[Case], pd.DataFrame]
    examples: tuple[Example, ...]
    is_published: bool = True

"""Which answers need two people, and is the draw the share that it says?"""

from __future__ import annotations

import json

import pytest

from data.model import QueueKind
from review.choices import parse_choice
from review.policy import draw, policy
from review.view_models import card
from tests.data.store.builders import candidate
from tests.review.builders import stored

_WITHOUT = {"name": "王小明"}


def _asked(kind: QueueKind, **changed: object) -> dict[str, object]:
    return {**stored("x"), "kind": str(kind), **changed}


@pytest.mark.parametrize(
    ("kind", "choice", "primary_class", "expected"),
    [
        (QueueKind.FALSE_ENTRY, "uphold", None, True),
        (QueueKind.FALSE_ENTRY, "dismiss", None, False),
        (QueueKind.CLASSIFICATION, "uphold", "hidden", True),
        (QueueKind.CLASSIFICATION, "uphold", "lost", False),
        (QueueKind.CLASSIFICATION, "dismiss", "hidden", False),
        (QueueKind.CONFLICT, "1", None, True),
        (QueueKind.CONFLICT, "none", None, False),
        (QueueKind.MATCH, "1", None, False),
        (QueueKind.FORMATION, "uphold", None, False),
    ],
)
def test_kinds_of_answers(kind: QueueKind, choice: str, primary_class: str | None, expected: bool) -> None:
    assert policy().needs_two(card(_asked(kind)), parse_choice(choice), primary_class) is expected


@pytest.mark.parametrize(("choice", "expected"), [("1", True), ("none", False), ("found:y", True), ("unsure", False)])
def test_a_match_without_a_number_on_either_side(choice: str, expected: bool) -> None:
    bare = json.dumps([candidate("x", shown=_WITHOUT)])
    assert policy().needs_two(card(_asked(QueueKind.MATCH, candidates=bare)), parse_choice(choice)) is expected


def test_the_draw_is_the_share_and_always_the_same() -> None:
    drawn = [draw(f"second,Q{n:05}") for n in range(20_000)]
    assert drawn == [draw(f"second,Q{n:05}") for n in range(20_000)]
    share = sum(number < policy().random_permille for number in drawn) / len(drawn)
    assert abs(share - policy().random_permille / 1000) < 0.006
    assert policy().needs_two(card({**stored("x"), "item_id": "q20"}), parse_choice("1"))


def test_every_rule_says_why() -> None:
    assert all(len(rule.reason) > 10 for rule in policy().always)

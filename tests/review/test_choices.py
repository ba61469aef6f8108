"""One key, one answer, and what it says of each pair."""

from __future__ import annotations

import pytest

from data.errors import ConfigError
from data.model import Judgement, QueueKind
from review.choices import ANSWERS, Answer, Choice, check_choice, choose, judgements_of, parse_choice
from review.view_models import Card, card
from tests.review.builders import stored


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", Choice(Answer.CANDIDATE, 1)),
        ("9", Choice(Answer.CANDIDATE, 9)),
        ("0", Choice(Answer.NONE)),
        ("none", Choice(Answer.NONE)),
        ("unsure", Choice(Answer.UNSURE)),
        ("uphold", Choice(Answer.UPHOLD)),
    ],
)
def test_parse(text: str, expected: Choice) -> None:
    assert parse_choice(text) == expected
    assert parse_choice(str(expected)) == expected


@pytest.mark.parametrize("text", ["", "-1", "x", "candidate", "1.0", "Ⅰ", "²"])
def test_unknown_choice(text: str) -> None:
    with pytest.raises(ConfigError):
        parse_choice(text)


@pytest.mark.parametrize(("answer", "number"), [(Answer.CANDIDATE, None), (Answer.NONE, 1), (Answer.UPHOLD, 2)])
def test_a_number_belongs_to_candidates(answer: Answer, number: int | None) -> None:
    with pytest.raises(ValueError, match="CANDIDATE"):
        Choice(answer, number)


def _card(kind: QueueKind = QueueKind.MATCH) -> Card:
    return card(stored("x", "y", "z", kind=str(kind)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2", {"x": Judgement.NEGATIVE, "y": Judgement.POSITIVE, "z": Judgement.NEGATIVE}),
        ("0", dict.fromkeys("xyz", Judgement.NEGATIVE)),
        ("unsure", dict.fromkeys("xyz", Judgement.UNSURE)),
    ],
)
def test_what_a_choice_says(text: str, expected: dict[str, Judgement]) -> None:
    assert judgements_of(_card(), parse_choice(text)) == expected


@pytest.mark.parametrize("kind", list(QueueKind))
@pytest.mark.parametrize("text", ["1", "0", "unsure", "uphold", "dismiss"])
def test_each_kind_takes_its_own_answers(kind: QueueKind, text: str) -> None:
    choice = parse_choice(text)
    if choice.answer in ANSWERS[kind]:
        check_choice(_card(kind), choice)
    else:
        with pytest.raises(ConfigError):
            check_choice(_card(kind), choice)


def test_every_kind_has_answers() -> None:
    assert set(ANSWERS) == set(QueueKind)


def test_a_candidate_that_is_not_there() -> None:
    with pytest.raises(ConfigError, match="4"):
        check_choice(_card(), parse_choice("4"))


def test_a_record_found_by_search() -> None:
    asked = card(stored("x"))
    choice = choose(asked, "found:z")
    assert (choice.answer, choice.found, str(choice), choice.chosen(asked)) == (Answer.FOUND, "z", "found:z", "z")
    check_choice(asked, choice)
    assert judgements_of(asked, choice) == {"x": Judgement.NEGATIVE}
    for known in ("found:x", "found:a"):
        with pytest.raises(ConfigError):
            check_choice(asked, choose(asked, known))
    assert choose(asked, "x") == Choice(Answer.CANDIDATE, 1)
    with pytest.raises(ConfigError):
        choose(asked, "found:")

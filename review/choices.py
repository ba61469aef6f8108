"""Which answers does a question take, and what do they say? One key, one answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from data.errors import ConfigError
from data.model import Judgement, QueueKind
from data.store.transitions import FindingState
from data.words import tr
from review.view_models import Card


class Answer(StrEnum):
    """What the analyst pressed."""

    CANDIDATE = "candidate"
    NONE = "none"
    FOUND = "found"
    UNSURE = "unsure"
    UPHOLD = "uphold"
    DISMISS = "dismiss"


#: Pairs are matched; findings and classes are upheld or dismissed. Anything may stay unsure.
ANSWERS: Mapping[QueueKind, tuple[Answer, ...]] = {
    QueueKind.MATCH: (Answer.CANDIDATE, Answer.NONE, Answer.FOUND, Answer.UNSURE),
    QueueKind.CONFLICT: (Answer.CANDIDATE, Answer.NONE, Answer.FOUND, Answer.UNSURE),
    QueueKind.CLUSTER: (Answer.CANDIDATE, Answer.NONE, Answer.UNSURE),
    QueueKind.FALSE_ENTRY: (Answer.UPHOLD, Answer.DISMISS, Answer.UNSURE),
    QueueKind.CLASSIFICATION: (Answer.UPHOLD, Answer.DISMISS, Answer.UNSURE),
    QueueKind.FORMATION: (Answer.UPHOLD, Answer.DISMISS, Answer.UNSURE),
}

#: Answers that take something from a person or leave work to another need a reason (guard-rail 3).
NEEDS_REASON = (Answer.UNSURE, Answer.UPHOLD, Answer.DISMISS)

FINDING_STATES: Mapping[Answer, FindingState] = {
    Answer.UPHOLD: FindingState.UPHELD,
    Answer.DISMISS: FindingState.DISMISSED,
}


@dataclass(frozen=True)
class Choice:
    """An answer; for CANDIDATE which one (its number on the card, from 1), for FOUND the record looked up."""

    answer: Answer
    number: int | None = None
    found: str | None = None

    def __post_init__(self) -> None:
        if (self.answer is Answer.CANDIDATE) != (self.number is not None):
            raise ValueError("a number belongs to the answer CANDIDATE and to no other")
        if (self.answer is Answer.FOUND) != (self.found is not None):
            raise ValueError("a record belongs to the answer FOUND and to no other")

    def __str__(self) -> str:
        if self.found is not None:
            return f"{FOUND}{self.found}"
        return self.answer.value if self.number is None else str(self.number)

    def chosen(self, card: Card) -> str | None:
        """unique_id of the record that the answer names; None for answers that name none."""
        if self.found is not None or self.number is None:
            return self.found
        candidate = card.candidate(self.number)
        return None if candidate is None else candidate.unique_id


FOUND = "found:"


def parse_choice(text: str) -> Choice:
    """`1` … `9` a candidate, `0` or `none`, `found:RECORD`, `unsure`, `uphold`, `dismiss`. ConfigError for others."""
    if text.isdecimal() and int(text) > 0:
        return Choice(Answer.CANDIDATE, int(text))
    if text.startswith(FOUND) and text != FOUND:
        return Choice(Answer.FOUND, found=text.removeprefix(FOUND))
    try:
        return Choice(Answer.NONE if text == "0" else Answer(text))
    except ValueError:
        raise ConfigError(tr(f"不认识的选择“{text}”", f"unknown choice “{text}”")) from None


def choose(card: Card, text: str) -> Choice:
    """The same, where a candidate may also be named by its unique_id: a number means another after a night."""
    for candidate in card.candidates:
        if candidate.unique_id == text:
            return Choice(Answer.CANDIDATE, candidate.number)
    return parse_choice(text)


def check_choice(card: Card, choice: Choice) -> None:
    """Raise ConfigError when the card's kind does not take the answer or the card has no such candidate."""
    if choice.answer not in ANSWERS[card.kind]:
        raise ConfigError(
            tr(f"“{card.kind}”类问题不能答“{choice}”", f"a question of kind “{card.kind}” does not take “{choice}”")
        )
    if choice.found is not None and choice.found in {card.unique_id, *(one.unique_id for one in card.candidates)}:
        raise ConfigError(tr("这条记录已在卡片上", "this record is on the card already"))
    if choice.number is not None and card.candidate(choice.number) is None:
        raise ConfigError(tr(f"没有第 {choice.number} 个候选", f"the card has no candidate number {choice.number}"))


def judgements_of(card: Card, choice: Choice) -> dict[str, Judgement]:
    """What the choice says of each pair (record, candidate), by the candidate's unique_id.

    The chosen one is positive and the others shown are negative: a record is one person. Unsure says unsure of all.
    A record found by search is not among them: all that were offered are negative.
    """
    if choice.answer is Answer.UNSURE:
        return {candidate.unique_id: Judgement.UNSURE for candidate in card.candidates}
    return {
        candidate.unique_id: Judgement.POSITIVE if candidate.number == choice.number else Judgement.NEGATIVE
        for candidate in card.candidates
    }

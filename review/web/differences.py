"""How is a difference shown? The shown value cut into pieces, the pieces that differ marked, with the word for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from review.view_models import Candidate, Mark
from review.web.words import gettext as _


@dataclass(frozen=True)
class Piece:
    """A part of a shown value. is_marked: it differs from the other side."""

    text: str
    is_marked: bool


def of_record(value: object, candidate: Candidate, field: str) -> list[Piece]:
    """The roster record's value as it differs from this candidate's."""
    return _pieces(str(value), (mark.place for mark in candidate.marks_of(field)))


def of_candidate(value: object, candidate: Candidate, field: str) -> list[Piece]:
    """The candidate's value as it differs from the record's."""
    return _pieces(str(value), (mark.other_place for mark in candidate.marks_of(field)))


def words(candidate: Candidate, field: str) -> list[str]:
    """What kind of difference it is (音同, 换位 ...), each word once, and whose slip it is where the digits tell; and
    whether the value was edited since somebody answered."""
    is_edited = candidate.former is not None and field in candidate.former.changed
    edited = [_("edited since")] if is_edited else []
    return list(dict.fromkeys([*(_word(mark) for mark in candidate.marks_of(field)), *edited]))


def _word(mark: Mark) -> str:
    sides = {"record": "←", "candidate": "→", None: ""}
    return f"{mark.relation}{sides[mark.mistaken]}"


def _pieces(text: str, places: Iterable[int | None]) -> list[Piece]:
    marked = {place for place in places if place is not None and place < len(text)}
    pieces: list[Piece] = []
    for place, character in enumerate(text):
        is_marked = place in marked
        if pieces and pieces[-1].is_marked == is_marked:
            pieces[-1] = Piece(pieces[-1].text + character, is_marked)
        else:
            pieces.append(Piece(character, is_marked))
    return pieces

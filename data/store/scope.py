"""Which rows may this person see? Those of the areas they were given; enforced where rows are read, not on the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, or_

from data.errors import LonglouError
from data.words import tr


class OutOfScope(LonglouError):
    """The person may not see this area, or it does not exist: the answer is the same, so that nothing leaks."""

    def __init__(self) -> None:
        super().__init__(tr("没有这个区划，或不在您的范围内", "no such area, or it is not yours"))


@dataclass(frozen=True)
class Scope:
    """Codes of counties (469005), of a prefecture (4690) or of the province (46): a code covers all that begin so."""

    areas: tuple[str, ...]

    @classmethod
    def of(cls, areas: Iterable[str]) -> Scope:
        """The scope of these codes, in order."""
        return cls(tuple(sorted(set(areas))))

    def covers(self, area: str | None) -> bool:
        """May rows of the area be seen? A row without an area belongs to whoever may see the whole book."""
        return area is not None and area.startswith(self.areas)

    def opens(self, book: str) -> bool:
        """May the book be opened at all? A clerk of one county works in the province's book, on the county's rows."""
        return book.startswith(self.areas) or any(area.startswith(book) for area in self.areas)

    def sees_all(self, book: str) -> bool:
        """Are all rows of the book theirs?"""
        return book.startswith(self.areas)

    def contains(self, other: Scope) -> bool:
        """Is everything that the other sees seen here too?"""
        return all(area.startswith(self.areas) for area in other.areas)

    def within(self, book: str) -> Scope:
        """What of it is inside the book; the book itself where all of it is."""
        return Scope.of([book] if self.sees_all(book) else (area for area in self.areas if area.startswith(book)))

    def rows(self, book: str, area: ColumnElement[str | None]) -> ColumnElement[bool] | None:
        """The condition on the area of a row inside a book; None where the whole book may be seen."""
        if self.sees_all(book):
            return None
        inside = [code for code in self.areas if code.startswith(book)]
        return or_(false(), *(area.startswith(code, autoescape=True) for code in inside))


#: Everything: for the machine and for commands on the server, whose user may read the database anyway.
EVERYTHING = Scope(("",))

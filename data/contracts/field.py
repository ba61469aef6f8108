"""What is one column of a feed? Its canonical name, the headers offices write for it, and how its text is read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from data.model import FeedKind


class ValueType(StrEnum):
    """How the text of a cell is read; each type has one reader in `data.contracts.parse`."""

    TEXT = "text"
    NAME = "name"
    ID_NO = "id_no"
    SEX = "sex"
    DATE = "date"
    PHONE = "phone"
    INTEGER = "integer"
    AMOUNT = "amount"
    YES_NO = "yes_no"
    CREDIT_CODE = "credit_code"
    REG_NO = "reg_no"
    CODE = "code"


def words(text: str) -> tuple[str, ...]:
    """Headers written with spaces between them, as a tuple; headers themselves are compared without spaces."""
    return tuple(text.split())


Codes = tuple[tuple[str, str], ...]


def coded(**labels: str) -> Codes:
    """Labels and codes as written -> canonical value, from canonical=“labels with spaces between them”."""
    return tuple((label, value) for value, text in labels.items() for label in text.split())


@dataclass(frozen=True)
class Field:
    """One canonical column.

    name: canonical column name. title: its official header. synonyms: other headers met (compared after
    normalisation: NFKC, no white space, notes in brackets dropped). required: the file stops without it.
    codes: for CODE, label or code as written -> canonical value; per code system where feeds differ.
    may_be_future: for DATE, a day after the day of the run makes sense (dues paid ahead); elsewhere a two-digit year
    never reads as one.
    """

    name: str
    title: str
    type: ValueType = ValueType.TEXT
    synonyms: tuple[str, ...] = ()
    is_required: bool = False
    codes: Codes = ()
    may_be_future: bool = False


@dataclass(frozen=True)
class FeedContract:
    """The shape of one kind of feed: an ordered allow-list of fields; other columns are counted and dropped."""

    kind: FeedKind
    title: str
    fields: tuple[Field, ...]
    #: A row is rejected when all fields of a group are null: e.g. a roster row needs a name.
    needs_one_of: tuple[tuple[str, ...], ...] = ()

    def names(self) -> list[str]:
        """Canonical column names in order."""
        return [field.name for field in self.fields]

    def required(self) -> list[Field]:
        """Fields without which the file stops."""
        return [field for field in self.fields if field.is_required]

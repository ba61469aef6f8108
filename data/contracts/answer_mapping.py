"""Which column was taken for what? Every header with its field, and for headers not understood what may be meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from openpyxl.utils import get_column_letter

from data.contracts.answer_places import Mapped
from data.contracts.field import FeedContract, Field
from data.contracts.left_out import LEFT_OUT
from data.contracts.unknown import unknown_columns
from data.sources.layout.header import normalise_header, synonyms
from data.sources.layout.likeness import nearest

#: How alike two headers must be for a suggestion (身份证编号 and 身份证号码: 0.8); nothing is ever taken by likeness.
_LIKE = 0.6


class Taken(StrEnum):
    """taken: read as a field. left_out: known and not wanted (民族 ...). unknown: nobody knows it. empty: no use."""

    TAKEN = "taken"
    LEFT_OUT = "left_out"
    UNKNOWN = "unknown"
    EMPTY = "empty"


@dataclass(frozen=True)
class ColumnTold:
    """One column of a table: its letter, its header as written, and what became of it.

    field, title: the field it was read as, '' otherwise. suggested_field, suggested_title: a field that no column has
    yet and whose headers look alike, '' if there is none.
    """

    sheet: str
    header_row: int
    column: str
    header: str
    taken: Taken
    field: str = ""
    title: str = ""
    suggested_field: str = ""
    suggested_title: str = ""


def columns_told(item: Mapped, contract: FeedContract) -> list[ColumnTold]:
    """The columns of a table from left to right."""
    fields = {position: field for field in contract.fields for position in item.header_map.columns.get(field.name, [])}
    free = {field.name: field for field in contract.fields if field.name not in item.header_map.columns}
    counted = unknown_columns(item.table, item.header_map)
    told = []
    for position, header in enumerate(item.table.headers):
        place = (item.table.sheet, item.table.header_row, get_column_letter(position + 1), header)
        if (field := fields.get(position)) is not None:
            told.append(ColumnTold(*place, Taken.TAKEN, field.name, field.title))
        elif normalise_header(header) in LEFT_OUT:
            told.append(ColumnTold(*place, Taken.LEFT_OUT))
        elif not header or header not in counted:
            told.append(ColumnTold(*place, Taken.EMPTY))
        else:
            like = _suggested(header, contract, free)
            told.append(
                ColumnTold(
                    *place,
                    Taken.UNKNOWN,
                    suggested_field=like.name if like else "",
                    suggested_title=like.title if like else "",
                )
            )
    return told


def _suggested(header: str, contract: FeedContract, free: Mapping[str, Field]) -> Field | None:
    """The field with the header most like this one."""
    known = {word: name for word, (name, _) in synonyms(contract).items() if name in free}
    word = nearest(normalise_header(header), known, _LIKE)
    return free[known[word]] if word else None

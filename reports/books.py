"""Which workbooks does a night leave? All of them from one set of tables, which may be packed for another process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pandas as pd

from data.contracts.packed import objects, packed
from reports.differences_files import write_differences_book
from reports.forming_tables import FormingTables
from reports.forming_workbook import write_forming_book
from reports.ledger_tables import LedgerTables
from reports.ledgers import write_ledgers

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Tables = TypeVar("Tables", bound=DataclassInstance)


@dataclass(frozen=True)
class Books:
    """What the workbooks of a night are made of.

    found: as reports.differences.differences gives it. section_names: letter -> name of GB/T 4754. unit: the reporting
    unit in words.
    """

    ledgers: LedgerTables
    forming: FormingTables
    found: pd.DataFrame
    section_names: Mapping[str, str]
    as_of: date
    unit: str

    def write(self, out: Path) -> list[Path]:
        """Write every workbook into `out`; their paths. The same tables give the same bytes, packed or not."""
        members = self.ledgers.members
        names = members.drop_duplicates("person_id").set_index("person_id")["name"]
        return [
            *write_ledgers(out, self.ledgers, self.as_of, self.unit),
            write_forming_book(out, self.forming, members, dict(self.section_names), self.as_of, self.unit),
            write_differences_book(out, self.found, names, self.as_of, self.unit),
        ]

    def packed(self) -> Books:
        """The same with its texts as Arrow has them: small to hand over, quick to pack."""
        return self._with_frames(packed)

    def unpacked(self) -> Books:
        """Back from `packed`."""
        return self._with_frames(_unpacked)

    def _with_frames(self, of: Callable[[pd.DataFrame], pd.DataFrame]) -> Books:
        ledgers, forming = _with_frames(self.ledgers, of), _with_frames(self.forming, of)
        return replace(self, ledgers=ledgers, forming=forming, found=of(self.found))


def _unpacked(frame: pd.DataFrame) -> pd.DataFrame:
    columns = {name: objects(column) for name, column in frame.items()}
    return pd.DataFrame(columns, index=frame.index, columns=frame.columns, copy=False)


def _with_frames(tables: Tables, of: Callable[[pd.DataFrame], pd.DataFrame]) -> Tables:
    frames = {part.name: of(getattr(tables, part.name)) for part in fields(tables)}
    return replace(tables, **frames)

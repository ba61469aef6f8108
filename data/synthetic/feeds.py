"""Where does each feed lie, and how is it called? Names of sources and files of one county.

A county's folder inside the province is the same, byte for byte, as the county alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from data.synthetic import words_places
from data.synthetic.errors import Objects
from data.synthetic.numbers import Ints


@dataclass(frozen=True)
class Place:
    """One county's folder: `root` / `prefix`; `prefix` is '' for a county alone, else its code and a slash.

    n_rows: data rows of each file written so far, by its path relative to `root`.
    """

    root: Path
    prefix: str
    area: str
    as_of: date
    n_rows: dict[str, int] = field(default_factory=dict)

    def wrote(self, file: str, n_rows: int) -> None:
        """Note how many data rows a file has."""
        self.n_rows[self.source_file(file)] = n_rows

    def path(self, file: str) -> Path:
        """The file on disk."""
        return self.root / f"{self.prefix}{file}"

    def source_file(self, file: str) -> str:
        """The file as provenance names it, relative to the output folder."""
        return self.prefix + file

    def source(self, feed: str) -> str:
        """The name of a feed in sources.toml."""
        return f"{feed}_{self.area}"

    @property
    def registration(self) -> str:
        """Entities."""
        return f"registration/enterprises-{self.area}.csv"

    @property
    def persons(self) -> str:
        """Persons at entities."""
        return f"registration/persons-{self.area}.csv"

    @property
    def annual_reports(self) -> str:
        """Annual reports of the year before."""
        return f"annual_reports/{self.as_of.year - 1}-{self.area}.csv"

    @property
    def organizations(self) -> str:
        """Branches."""
        return f"organizations/党组织名册-{words_places.short_name(self.area)}.xlsx"

    @property
    def county_roster(self) -> str:
        """Members of the county's own offices."""
        return f"rosters/市直机关-{self.area}.csv"

    def town_roster(self, town: str) -> str:
        """Members of a town."""
        return f"rosters/{town}党员花名册.xlsx"

    @property
    def transfers(self) -> str:
        """Letters of introduction."""
        return f"transfers/组织关系介绍信登记-{words_places.short_name(self.area)}.xlsx"

    @property
    def org_life(self) -> str:
        """Organisation life and dues."""
        return f"org_life/组织生活与党费-{self.area}.csv"

    @property
    def contact_log(self) -> str:
        """Searches and visits."""
        return f"contact_log/联系查找记录-{words_places.short_name(self.area)}.xlsx"

    @property
    def leads(self) -> str:
        """Leads."""
        return f"leads/党员线索登记-{words_places.short_name(self.area)}.xlsx"

    @property
    def status_events(self) -> str:
        """Decisions."""
        return f"status_events/党员身份变动-{words_places.short_name(self.area)}.xlsx"


#: The list of claims of the township office.
CLAIMS_FILE = "claims/龙楼50.xlsx"
ROSTER_TOWNS, ROSTER_COUNTY, CLAIMS, PERSONS = "roster_towns", "roster_county", "claims", "enterprise_persons"


@dataclass
class Located:
    """Rows of a person feed with their provenance: source and file are one text each, or one per row."""

    source: Objects
    source_file: Objects
    source_sheet: Objects
    source_row: Ints

    @classmethod
    def in_one_file(cls, place: Place, feed: str, file: str, sheet: str, rows: Ints) -> Located:
        """Rows of one sheet of one file."""
        texts = (place.source(feed), place.source_file(file), sheet)
        source, source_file, source_sheet = (np.full(len(rows), text, dtype=object) for text in texts)
        return cls(source, source_file, source_sheet, rows)

    @classmethod
    def nowhere_yet(cls, n: int) -> Located:
        """Room for `n` rows whose places become known one file at a time."""
        source, source_file, source_sheet = (np.full(n, "", dtype=object) for _ in range(3))
        return cls(source, source_file, source_sheet, np.zeros(n, dtype=np.int64))

    def columns(self) -> list[Objects]:
        """The four source columns as text."""
        rows = np.array(self.source_row, dtype=np.int64).astype("U8").astype(object)
        return [self.source, self.source_file, self.source_sheet, rows]

    def take(self, rows: Ints) -> Located:
        """Some of the rows."""
        return Located(self.source[rows], self.source_file[rows], self.source_sheet[rows], self.source_row[rows])

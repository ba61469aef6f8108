"""What is true? Tables beside the feeds that tell the person of every row, the classes, the false entries and decoys.

Appended county by county; source columns are provenance as the reader reports it (row numbers as a spreadsheet shows).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from data.synthetic.county import County
from data.synthetic.errors import Bools, Objects
from data.synthetic.feeds import Located
from data.synthetic.numbers import Ints
from data.synthetic.office_files import append_csv

SOURCE_COLUMNS = ("source", "source_file", "source_sheet", "source_row")


class Truth:
    """The tables under OUT/truth and how many rows each has so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.n_rows: dict[str, int] = {}
        for name, headers in (
            ("persons", (*SOURCE_COLUMNS, "true_person", "errors")),
            ("classes", ("true_person", "primary_class", "population")),
            ("false_entries", (*SOURCE_COLUMNS, "reason_code")),
            ("decoys", (*SOURCE_COLUMNS, "reason_code")),
            ("employers", (*SOURCE_COLUMNS, "entity_no")),
        ):
            append_csv(self._path(name), headers, [np.empty(0, dtype=object)] * len(headers))
            self.n_rows[name] = 0

    def persons(self, located: Located, true_person: Objects, errors: Objects) -> None:
        """The person of each row, and the kinds of errors made in it."""
        self._append("persons", [*located.columns(), true_person, errors])

    def classes(self, county: County) -> None:
        """The one class and population of each member."""
        who = county.members[county.members["klass"] != ""]
        texts = [who[name].to_numpy(dtype=object) for name in ("klass", "population")]
        self._append("classes", [county.true_persons(who["person"].to_numpy()), *texts])

    def coded(self, table: str, located: Located, codes: Objects) -> None:
        """Rows with a reason code, for `false_entries` or `decoys`; rows with a blank code are left out."""
        rows = np.flatnonzero(codes != "")
        self._append(table, [*located.take(rows).columns(), codes[rows]])

    def employers(self, located: Located, entity_no: Objects, has_text: Bools) -> None:
        """The entity of each row with an employer's text; blank where that employer is in no register."""
        rows: Ints = np.flatnonzero(has_text)
        self._append("employers", [*located.take(rows).columns(), entity_no[rows]])

    def _append(self, name: str, columns: list[Objects]) -> None:
        append_csv(self._path(name), (), columns)
        self.n_rows[name] += len(columns[0])

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.csv"

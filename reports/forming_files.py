"""Which CSV files does forming add to what a run leaves? Two point to members and stay inside, three may leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from reports.forming_tables import FormingTables, coverage_table, proposal_reasons, survey_table


@dataclass(frozen=True)
class FormingFile:
    """One CSV file: its name, its columns in order, the columns it is sorted by (none: the table's own order), and its
    free text (masked)."""

    name: str
    columns: tuple[str, ...]
    keys: tuple[str, ...]
    free_text: tuple[str, ...]
    table: Callable[[FormingTables], pd.DataFrame]


def _proposals(tables: FormingTables) -> pd.DataFrame:
    return tables.proposals.assign(reason=proposal_reasons(tables.proposals)).drop(columns="state_key")


FORMING_FILES = (
    FormingFile(
        "formation_proposals.csv",
        (
            *("proposal_id", "form", "is_blocked", "blocks", "area", "township", "level", "n_units", "n_members"),
            *("n_formal", "n_ready", "host", "units", "members", "reason", "citation"),
        ),
        ("proposal_id",),
        ("reason",),
        _proposals,
    ),
    FormingFile(
        "nearest_branches.csv",
        ("person_id", "why", "area", "township", "branch", "host", "level"),
        ("person_id",),
        (),
        lambda tables: tables.nearest,
    ),
    FormingFile(
        "coverage.csv",
        (
            *("coverage", "version", "breakdown", "row", "numerator", "denominator", "rate", "title"),
            *("numerator_is", "denominator_is"),
        ),
        (),
        (),
        coverage_table,
    ),
    FormingFile("surveys.csv", ("survey", "indicator", "breakdown", "row", "n", "title"), (), (), survey_table),
    FormingFile("size_classes.csv", ("population", "section", "size_class", "n"), (), (), lambda tables: tables.sizes),
)

"""Publishing counts what stands in a book after a night, from the tables it has at hand (see data.store.statistics)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection, insert

from data.store.frames import write_frame
from data.store.tables_statistics import RUN_COVERAGE, RUN_NUMBERS

_COVERAGE = [column.name for column in RUN_COVERAGE.columns if column.name not in ("run_id", "position")]


@dataclass(frozen=True)
class Standing:
    """What stands in a book after a night: classes as they were published; items and findings without a decision."""

    classes: pd.DataFrame
    items: pd.DataFrame
    findings: pd.DataFrame


def keep_numbers(
    connection: Connection, run_id: str, standing: Standing, coverage: Sequence[Mapping[str, Any]] = ()
) -> None:
    """In publish's transaction: count what stands, and keep the rates of coverage as they may leave."""
    write_frame(connection, RUN_NUMBERS, _numbers(standing).assign(run_id=run_id))
    if coverage:
        rows = [{**{name: str(row[name]) for name in _COVERAGE}, "position": n} for n, row in enumerate(coverage)]
        connection.execute(insert(RUN_COVERAGE), [{**row, "run_id": run_id} for row in rows])


def _numbers(standing: Standing) -> pd.DataFrame:
    """subject, area, row, item, n of RUN_NUMBERS."""
    classes, items, findings = standing.classes, standing.items, standing.findings
    place = findings["person_id"].map(classes.set_index("person_id")["area"])
    return pd.concat(
        [
            _count("class", classes["area"], classes["population"], classes["primary_class"]),
            _count("queue", items["area"], items["kind"], pd.Series("open", items.index)),
            _count("finding", place, findings["rule_code"], pd.Series("proposed", findings.index)),
        ],
        ignore_index=True,
    )


def _count(subject: str, area: pd.Series, row: pd.Series, item: pd.Series) -> pd.DataFrame:
    keys = pd.DataFrame({"area": area.astype(object).fillna(""), "row": row, "item": item})
    return keys.value_counts(sort=False).rename("n").reset_index().assign(subject=subject)

"""How many members of which class work where? Class by population and by township, and what of it may be published."""

from __future__ import annotations

import pandas as pd

from data.model import CLASS_TITLES, POPULATION_TITLES, Population, PrimaryClass
from data.words import tr
from reports.text_width import text_width

TOTAL = "total"

_CLASSES = [str(name) for name in PrimaryClass]
_POPULATIONS = [str(name) for name in Population]
_NO_TOWNSHIP = "（未定位）"


def class_table(classifications: pd.DataFrame) -> pd.DataFrame:
    """Members by population (rows: every Population, then `total`) and class (columns: every PrimaryClass, `total`).

    Counts, int64. Raises ValueError when a member has an unknown class or population: the cells would not add up.
    """
    return _cross(classifications, classifications["population"], _POPULATIONS)


def township_table(classifications: pd.DataFrame) -> pd.DataFrame:
    """Members by township (rows sorted by name, the ones without a township last, then `total`) and class."""
    township = classifications["township"].fillna(_NO_TOWNSHIP)
    return _cross(classifications, township, sorted(township.unique(), key=lambda name: (name == _NO_TOWNSHIP, name)))


def _cross(classifications: pd.DataFrame, rows: pd.Series, order: list[str]) -> pd.DataFrame:
    counts = pd.crosstab(rows.to_numpy(), classifications["primary_class"].to_numpy())
    table = counts.reindex(index=order, columns=_CLASSES, fill_value=0).astype("int64")
    table[TOTAL] = table.sum(axis=1)
    table.loc[TOTAL] = table.sum(axis=0)
    table.index.name, table.columns.name = rows.name, "primary_class"
    if table.loc[TOTAL, TOTAL] != len(classifications):
        raise ValueError(
            tr(
                f"类别统计 {table.loc[TOTAL, TOTAL]} 人，而党员共 {len(classifications)} 人：有未知的类别或主体类型",
                f"{len(classifications)} members, {table.loc[TOTAL, TOTAL]} in the table: unknown class or population",
            )
        )
    return table


def render_class_table(table: pd.DataFrame) -> str:
    """The table as plain text for a terminal: Chinese titles, aligned by display width, no trailing line end."""
    head = [tr("主体类型", "population"), *(_title(str(name)) for name in table.columns)]
    body = [
        [_title(str(name)), *(f"{n:,}" for n in row)] for name, row in zip(table.index, table.to_numpy(), strict=True)
    ]
    widths = [max(text_width(line[i]) for line in (head, *body)) for i in range(len(head))]
    return "\n".join(_aligned(line, widths) for line in (head, *body))


def _title(name: str) -> str:
    if name == TOTAL:
        return tr("合计", "total")
    titles = {**{str(k): v for k, v in CLASS_TITLES.items()}, **{str(k): v for k, v in POPULATION_TITLES.items()}}
    return tr(titles.get(name, name), name)


def _aligned(line: list[str], widths: list[int]) -> str:
    first = line[0] + " " * (widths[0] - text_width(line[0]))
    return "  ".join(
        [first, *(" " * (w - text_width(text)) + text for text, w in zip(line[1:], widths[1:], strict=True))]
    )

"""How many members of which class work where? Class by population and by township, and what of it may be published."""

from __future__ import annotations

import pandas as pd

from data.model import Population, PrimaryClass
from data.words import tr

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

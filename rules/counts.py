"""How many? Class tables and balances that must add up; a sum that does not is an error, never rounded away."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.model import Population, PrimaryClass
from data.words import tr

_CLASSES = [item.value for item in PrimaryClass]
_POPULATIONS = [item.value for item in Population]


def class_table(classifications: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """Members per population and class, every combination present; with `by` (area, township ...) one block a value.

    Columns: [by], population, one int64 column a class, `total`. Null in `by` counts under ''.
    """
    place = [] if by is None else [by]
    keyed = classifications.assign(**{name: classifications[name].fillna("") for name in place})
    counted = keyed.groupby([*place, "population", "primary_class"]).size().unstack("primary_class", fill_value=0)
    places = [] if by is None else [sorted(keyed[by].unique())]
    rows = pd.MultiIndex.from_product([*places, _POPULATIONS], names=[*place, "population"])
    whole = counted.reindex(rows, fill_value=0) if by is not None else counted.reindex(_POPULATIONS, fill_value=0)
    table = whole.reindex(columns=_CLASSES, fill_value=0).astype("int64")
    table.columns.name = None
    return table.assign(total=table.sum(axis=1)).reset_index()


def class_counts(classifications: pd.DataFrame) -> dict[str, dict[str, int]]:
    """`{population: {class: n}}`, every combination present; the `classes` of summary.json."""
    rows = class_table(classifications).to_dict("records")
    return {str(row["population"]): {name: int(row[name]) for name in _CLASSES} for row in rows}


def check_partition(classifications: pd.DataFrame, members: pd.DataFrame, struck: pd.Index) -> None:
    """Each member has exactly one class or is proposed to be struck out, never both. Raises ValueError."""
    classified = pd.Index(classifications["person_id"])
    n_both = len(classified.intersection(struck))
    everybody = pd.Index(members["person_id"])
    n_missing = len(everybody.difference(classified.union(struck)))
    if n_both or n_missing or not classified.is_unique or not classified.isin(everybody).all():
        raise ValueError(
            tr(
                f"分类不是划分：{n_missing} 名党员没有类别，{n_both} 名既分类又建议剔除",
                f"the classes are no partition: {n_missing} without a class, {n_both} classified and struck out",
            )
        )


@dataclass(frozen=True)
class Balance:
    """Entries before, those proposed to be struck out by strongest reason, entries after."""

    n_before: int
    n_removed: dict[str, int]
    n_after: int


def balance(verdicts: pd.DataFrame) -> Balance:
    """The before and after of a list of claims (50 - 19 = 31), from `rules.claims.verdicts`."""
    is_false = verdicts["verdict"] == "false"
    reasons = verdicts.loc[is_false, "reason_code"].value_counts().sort_index()
    removed = {str(code): int(n) for code, n in reasons.items()}
    return Balance(len(verdicts), removed, int((~is_false).sum()))

"""应有数 = 实有数, or each difference explained: one line a branch, adding up to townships, counties and all.

应有数 = 上年底 + 发展 + 恢复 + 转入 - 出党 - 停止党籍 - 死亡 - 转出 (half-year statistics, domain rules §3.4),
counted by formal relation. 实有数 is what the rosters list. Where no organisation states its 上年底 that number is
reckoned back, so that only the explained differences remain; where one does, what nothing explains is shown as such.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from data.contracts.tables import BALANCE, BALANCE_DIFFERENCES, BALANCE_NUMBERS
from rules.case import Case
from rules.transfers.counting import DIFFERENCES, counted_rows, missing_rows

#: What raises and what lowers the number since the end of the last year.
INCREASES = ("developed", "restored", "received")
DECREASES = ("left", "suspended", "deceased", "transferred")
NUMBERS = BALANCE_NUMBERS
PLACES = ("area", "township", "branch")
LEVELS = ("branch", "township", "county", "total")


class Balance(NamedTuple):
    """table: BALANCE. differences: BALANCE_DIFFERENCES, sorted by place."""

    table: pd.DataFrame
    differences: pd.DataFrame


def balance(case: Case, findings: pd.DataFrame) -> Balance:
    """The balance of the year that `as_of` lies in, up to that day.

    findings: FINDINGS of the same case: what they propose to strike out does not count. Raises ValueError when the
    lines do not add up.
    """
    rows, missing = counted_rows(case, findings), missing_rows(case)
    branches = _branches(case, rows, missing)
    levels = [branches.assign(level="branch"), *(_summed(branches, level) for level in LEVELS[1:])]
    table = pd.concat(levels, ignore_index=True)[["level", *PLACES, "is_opening_stated", *NUMBERS]]
    _check(table, len(rows))
    return Balance(BALANCE.validate(table), BALANCE_DIFFERENCES.validate(_differences(rows, missing)))


def _branches(case: Case, rows: pd.DataFrame, missing: pd.DataFrame) -> pd.DataFrame:
    kind, movement = pd.Categorical(rows["kind"]), pd.Categorical(rows["movement"])
    kept = kind == "counted"
    columns = {"listed": np.ones(len(rows), dtype=bool), "_counted": kept}
    columns |= {name: kept & (movement == name) for name in INCREASES}
    columns |= {name: movement == name for name in DECREASES}
    columns |= {f"listed_{one}": kind == one for one in DIFFERENCES}
    every = np.ones(len(missing), dtype=bool)
    unlisted = {"uncounted": every, "_counted": every, "received": missing["is_new"].to_numpy(dtype=bool)}
    stated = _openings(case)
    both = pd.concat([rows[list(PLACES)], missing[list(PLACES)], stated[list(PLACES)]], ignore_index=True)
    names = [name for name in (*NUMBERS, "_counted") if name in columns or name in unlisted]
    blank = (np.zeros(len(rows), dtype=bool), np.zeros(len(missing), dtype=bool), np.zeros(len(stated), dtype=bool))
    numbers = {
        name: np.concatenate([columns.get(name, blank[0]), unlisted.get(name, blank[1]), blank[2]]).astype(np.int64)
        for name in names
    }
    keyed = both.fillna("").astype(object).assign(**numbers)
    table = keyed.groupby(list(PLACES), as_index=False)[names].sum()
    table = table.reindex(columns=[*PLACES, *names, *(n for n in NUMBERS if n not in names)], fill_value=0)
    table = table.merge(stated.rename(columns={"n": "_stated"}), on=list(PLACES), how="left")
    change = table[list(INCREASES)].sum(axis=1) - table[list(DECREASES)].sum(axis=1)
    is_stated = table["_stated"].notna()
    opening = table["_stated"].fillna(table["_counted"] - change).astype("int64")
    expected = opening + change
    difference = table["listed"] - expected
    explained = table[[f"listed_{kind}" for kind in DIFFERENCES]].sum(axis=1) - table["uncounted"]
    return table.assign(
        opening=opening, expected=expected, difference=difference, unexplained=difference - explained,
        is_opening_stated=is_stated,
    ).drop(columns=["_stated", "_counted"])  # fmt: skip


def _openings(case: Case) -> pd.DataFrame:
    """Members at the end of last year as organisations state them, by place: area, township, branch, n."""
    known = case.facts.organizations
    n = pd.to_numeric(known["n_last_year"], errors="coerce")
    stated = known.assign(branch=known["org_name"], n=n)[n.notna().to_numpy()]
    # The roster says where a branch lies; the list of organisations only where no row does.
    places = case.roster.loc[case.roster["branch"].isin(stated["branch"].dropna()), list(PLACES)].drop_duplicates()
    places = places.sort_values(list(PLACES)).drop_duplicates("branch")
    found = stated[["branch", "n"]].merge(places, on="branch", how="left")
    own = stated.set_index("branch")
    own = own[~own.index.duplicated()].reindex(found["branch"])
    for name in ("area", "township"):
        found[name] = found[name].where(found[name].notna(), pd.Series(own[name].to_numpy(), index=found.index))
    found[list(PLACES)] = found[list(PLACES)].fillna("")
    return pd.DataFrame(found.groupby(list(PLACES))["n"].sum()).reset_index()


def _summed(branches: pd.DataFrame, level: str) -> pd.DataFrame:
    """The lines of a level; an opening is stated there only where every branch states its own."""
    places = {"township": ["area", "township"], "county": ["area"], "total": []}[level]
    how = {**dict.fromkeys(NUMBERS, "sum"), "is_opening_stated": "all"}
    one = branches.assign(_all=0)
    summed = one.groupby(["_all", *places], as_index=False).agg(how)
    blank = {name: "" for name in PLACES if name not in places}
    return summed.drop(columns="_all").assign(level=level, **blank)


def _differences(rows: pd.DataFrame, missing: pd.DataFrame) -> pd.DataFrame:
    columns = ["kind", *PLACES, "unique_id", "person_id"]
    listed = rows.loc[rows["kind"] != "counted", columns]
    both = pd.concat([listed, missing.assign(kind="uncounted")[columns]], ignore_index=True).astype(object)
    both[list(PLACES)] = both[list(PLACES)].fillna("")
    return both.sort_values([*PLACES, "kind", "unique_id"], kind="stable", ignore_index=True)


def _check(table: pd.DataFrame, n_rows: int) -> None:
    for level in LEVELS:
        lines = table[table["level"] == level]
        if len(lines) and lines["listed"].sum() != n_rows:
            raise ValueError(f"the balance does not add up: {lines['listed'].sum()} of {n_rows} rows at {level}")


def balance_totals(found: Balance) -> dict[str, int]:
    """The numbers of the whole area, and how many branches have a difference; the `balance` of summary.json."""
    table = found.table
    total = table[table["level"] == "total"][list(NUMBERS)].sum()
    branches = table[table["level"] == "branch"]
    counts = {"n_branches": len(branches), "n_with_difference": int((branches["difference"] != 0).sum())}
    return {**{str(name): int(n) for name, n in total.items()}, **counts}

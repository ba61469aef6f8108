"""F03: the same person twice, in one list or on the rosters of two branches. One row stays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import EvidenceGrade, StatusEvent
from data.values.columns import none_for_null
from data.words import tr
from rules.case import Case, Mask, are_dates_compatible
from rules.clocks import NO_DAY, Days, last_days
from rules.firings import firings, joined, row_evidence, strongest_per_subject
from rules.letters import receptions
from rules.names import near_name_pairs, near_pairs
from rules.organisations import are_same_or_above
from rules.remarks import is_flow_in
from rules.standing import marks


def find(case: Case) -> pd.DataFrame:
    """Every row but the surviving one of each person."""
    return strongest_per_subject([_in_claims(case), _on_rosters(case)])


def _in_claims(case: Case) -> pd.DataFrame:
    """Within one list of claims the first row stays."""
    claims = case.claims[case.claims["person_id"].notna()]
    order = claims.sort_values(["source", "person_id", "source_row", "unique_id"], kind="stable")
    return _against_survivor(order, ["source", "person_id"], is_decided=None)


def _on_rosters(case: Case) -> pd.DataFrame:
    """Over all rosters the row of the organisation with the formal relation stays: the later reception or registration.

    Rows that register an incoming floating member stay beside the formal row; rows already stale for another reason
    (transferred out) do not compete. Where nothing tells which of two branches holds the relation, or a list names no
    branch at all, nothing is struck.
    """
    roster = case.roster
    person = roster.loc[(roster["person"] >= 0).to_numpy() & ~case.once(are_flow_rows) & ~case.once(is_stale), "person"]
    roster = roster.loc[person.index[person.duplicated(keep=False)]]
    if roster.empty:
        return firings(roster, message="")
    since = _held_since(case, roster)
    # A row that names its branch comes first; row numbers of different files say nothing, content does.
    order = roster.assign(since=since, _later=-since, _no_branch=roster["branch"].isna()).sort_values(
        ["person_id", "_later", "_no_branch", "unique_id"], kind="stable"
    )
    top = order.groupby("person_id")["since"].transform("max")
    has_one_top = order["since"].eq(top).groupby(order["person_id"]).transform("sum") == 1
    is_named = order.groupby("person_id")["_no_branch"].transform("sum") == 0
    survivor_branch = order["branch"].groupby(order["person_id"]).transform(lambda branches: branches.iloc[0])
    is_one_branch = order["branch"].notna() & (order["branch"] == survivor_branch)
    is_decided = np.asarray(is_named & ((has_one_top & (top > NO_DAY)) | is_one_branch), dtype=bool)
    return _against_survivor(order, ["person_id"], is_decided=is_decided)


def _against_survivor(order: pd.DataFrame, group: list[str], is_decided: Mask | None) -> pd.DataFrame:
    """Firings for all but the first row of each group; A when number, or name and birth or mobile, agree."""
    is_first = (~order.duplicated(group)).to_numpy()
    chosen = order.groupby(group, sort=False)[["unique_id"]].transform("first")["unique_id"]
    columns = [
        "unique_id",
        "id18",
        "name_key",
        "birth",
        "mobile",
        "source",
        "source_file",
        "source_sheet",
        "source_row",
    ]
    kept = order[columns].set_index("unique_id").loc[chosen[~is_first]].reset_index(drop=True)
    extra = order[~is_first].reset_index(drop=True)
    is_same = near_pairs(extra["id18"], kept["id18"])
    agrees = are_dates_compatible(extra["birth"], kept["birth"])
    agrees |= ((extra["mobile"] == kept["mobile"]) & extra["mobile"].notna()).to_numpy(dtype=bool)
    is_same |= near_name_pairs(extra["name_key"], kept["name_key"]) & agrees
    is_struck = is_same if is_decided is None else is_same & is_decided[~is_first]
    message = np.where(
        is_struck,
        tr(
            "建议剔除：同一人重复登记，保留证据所指的一行",
            "proposed to strike out: the same person twice; the row named as evidence stays",
        ),
        tr(
            "须核实：同一人登记两次，无法确定正式组织关系所在",
            "to be checked: the same person twice; which row holds the formal relation is not clear",
        ),
    ).astype(object)
    grade = np.where(is_struck, EvidenceGrade.A.value, EvidenceGrade.B.value).astype(object)
    evidence = joined(
        row_evidence(extra, tr("重复行", "repeated row")), row_evidence(kept, tr("保留行", "surviving row"))
    )
    return firings(extra, grade=grade, is_false_entry=is_struck, message=message, evidence=evidence)


def are_flow_rows(case: Case) -> npt.NDArray[np.bool_]:
    """Rows of case.roster that register somebody whose formal branch is elsewhere (domain rules §3.5);
    case.once(are_flow_rows)."""
    rows = case.roster
    says_so = {remark for remark in rows["remark"].dropna().unique() if is_flow_in(remark)}
    return np.asarray((rows["is_floating"] == "yes") | rows["remark"].isin(says_so), dtype=bool)


def is_stale(case: Case) -> npt.NDArray[np.bool_]:
    """Roster rows that say themselves, or through a remark, that the relation was transferred out;
    case.once(is_stale)."""
    known = case.once(marks)
    out = known.loc[(known["event"] == StatusEvent.TRANSFERRED_OUT) & (known["origin"] == "roster"), "unique_id"]
    return case.roster["unique_id"].isin(out).to_numpy(dtype=bool)


def _held_since(case: Case, roster: pd.DataFrame) -> Days:
    """Since when each row's organisation holds the relation: last reception there or registration, 0 if unknown."""
    letter = case.once(receptions).reindex(pd.Index(roster["person_id"])).reset_index(drop=True)
    to_org = none_for_null(letter["to_org"])
    is_there = are_same_or_above(case, to_org, roster[["branch", "township", "area"]])
    received = np.where(is_there, letter["received_day"].fillna(NO_DAY).to_numpy(dtype=np.int64), NO_DAY)
    registered = last_days(roster["registered_on"])
    return np.maximum(received, np.where(registered <= case.today, registered, NO_DAY))

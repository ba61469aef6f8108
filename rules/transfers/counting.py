"""Which roster rows count a member, which do not and why, and whom does no row count? The ground of the balance."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import StatusEvent
from rules.case import Case
from rules.clocks import NO_DAY, Days, first_days, last_days
from rules.false_entries.duplicates import are_flow_rows
from rules.letters import receptions
from rules.names import OrgName
from rules.organisations import are_same_or_above, directory, roster_branches
from rules.standing import events_in_force, marks
from rules.transfers.formal import uncounted

#: Why a listed row does not count, in the order in which the reasons are asked.
DIFFERENCES = ("deceased", "left", "never_admitted", "transferred", "other", "suspended", "flow_in", "double")

_BY_RULE = {
    "F04": "deceased", "F05": "left", "F06": "left", "F01": "never_admitted", "F20": "never_admitted",
    "F08": "transferred", "F03": "double",
}  # fmt: skip
#: Movements by the event that made them.
_LEAVING = {
    StatusEvent.DECEASED: "deceased",
    StatusEvent.EXPELLED: "left",
    StatusEvent.REMOVED: "left",
    StatusEvent.PROBATION_CANCELLED: "left",
    StatusEvent.SUSPENDED: "suspended",
    StatusEvent.TRANSFERRED_OUT: "transferred",
}
_RETURNING = (StatusEvent.RESTORED, StatusEvent.READMITTED)


def counted_rows(case: Case, findings: pd.DataFrame) -> pd.DataFrame:
    """Every roster row: unique_id, person_id, area, township, branch, kind (`counted` or one of DIFFERENCES) and
    movement (what changed the number this year: one of INCREASES or DECREASES, '' nothing)."""
    roster = case.roster
    kind = _kinds(case, roster, findings)
    movement = _movements(case, roster, kind)
    return roster[["unique_id", "person_id", "area", "township", "branch"]].assign(kind=kind, movement=movement)


def _kinds(case: Case, roster: pd.DataFrame, findings: pd.DataFrame) -> npt.NDArray[np.object_]:
    struck = findings[findings["is_false_entry"].to_numpy(dtype=bool)]
    struck = struck.assign(kind=struck["rule_code"].map(_BY_RULE).fillna("other"))
    struck = struck.assign(_place=struck["kind"].map({kind: place for place, kind in enumerate(DIFFERENCES)}))
    reason = struck.sort_values(["unique_id", "_place"]).drop_duplicates("unique_id").set_index("unique_id")["kind"]
    kind = np.array(roster["unique_id"].map(reason), dtype=object)
    known = case.once(marks)
    resting = known.loc[known["event"] == StatusEvent.SUSPENDED, "unique_id"]
    stands = pd.isna(kind)
    kind[stands & roster["unique_id"].isin(resting).to_numpy()] = "suspended"
    stands = pd.isna(kind)
    is_flow = case.once(are_flow_rows) & stands
    person = roster["person"].to_numpy()
    at_home = person[stands & ~is_flow & (person >= 0)]
    kind[is_flow & np.isin(person, at_home)] = "flow_in"
    kind[_is_repeated(case, roster, pd.isna(kind))] = "double"
    kind[pd.isna(kind)] = "counted"
    return kind


def _is_repeated(case: Case, roster: pd.DataFrame, stands: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Standing rows of one person beyond the first: the row of the last reception, then of the later registration."""
    rows = roster[stands & (roster["person"] >= 0).to_numpy() & roster["person"].duplicated(keep=False).to_numpy()]
    letter = case.once(receptions).reindex(pd.Index(rows["person_id"])).reset_index(drop=True)
    is_there = are_same_or_above(case, letter["to_org"], rows[["branch", "township", "area"]])
    order = rows.assign(_there=~is_there, _since=-last_days(rows["registered_on"]))
    order = order.sort_values(["person_id", "_there", "_since", "unique_id"], kind="stable")
    extra = order.loc[order.duplicated("person_id"), "unique_id"]
    return roster["unique_id"].isin(extra).to_numpy(dtype=bool)


def _movements(case: Case, roster: pd.DataFrame, kind: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """One movement a row: what ended it this year, else how it came this year, restorations before receptions."""
    begin = first_days(pd.Series([f"{case.as_of.year}-01-01"], dtype=object))[0]
    movement = np.full(len(roster), "", dtype=object)
    joined = first_days(roster["join_on"])
    movement[(joined >= begin) & (joined <= case.today)] = "developed"
    letter = case.once(receptions)[["received_day", "to_org"]].reindex(pd.Index(roster["person_id"]))
    letter = letter.reset_index(drop=True)
    received: Days = letter["received_day"].fillna(NO_DAY).to_numpy(dtype=np.int64)
    recent = received >= begin
    to_org = letter["to_org"]
    is_here = np.zeros(len(roster), dtype=bool)
    is_here[recent] = are_same_or_above(case, to_org[recent], roster.loc[recent, ["branch", "township", "area"]])
    movement[is_here] = "received"
    events = case.once(events_in_force)
    events = events[(first_days(events["decided_on"]) >= begin)]
    movement[roster["person_id"].isin(events.loc[events["event"].isin(_RETURNING), "person_id"]).to_numpy()] = (
        "restored"
    )
    known = case.once(marks)
    ended = known[(known["day"] >= begin).to_numpy()].assign(movement=known["event"].map(_LEAVING))
    ended = (
        ended.dropna(subset=["movement"]).sort_values(["unique_id", "day"]).drop_duplicates("unique_id", keep="last")
    )
    how = roster["unique_id"].map(ended.set_index("unique_id")["movement"]).to_numpy(dtype=object)
    # What ended a row this year must also be why it does not count; a weaker mark ended nothing.
    is_ended = np.asarray(how == kind, dtype=bool)
    movement[kind != "counted"] = ""
    movement[is_ended] = how[is_ended]
    gone = (kind == "transferred") & recent & ~is_here
    movement[gone] = "transferred"
    return movement


def missing_rows(case: Case) -> pd.DataFrame:
    """Members of letters whom no row counts: unique_id (of the letter), person_id, area, township, branch (None where
    the organisation that should count them is no single branch of the rosters), is_new (received this year)."""
    letters = case.once(uncounted)
    begin = first_days(pd.Series([f"{case.as_of.year}-01-01"], dtype=object))[0]
    org = letters["assigned_branch"].mask(~letters["is_received"].astype(bool))
    org = org.where(org.notna(), letters["counted_by"])
    places = _places(case, org)
    area = places["area"].where(places["area"].notna(), letters["area"])
    is_new = letters["is_received"].to_numpy(dtype=bool) & (first_days(letters["received_on"]) >= begin)
    return places.assign(
        area=area, unique_id=letters["unique_id"], person_id=letters["person_id"], is_new=is_new
    ).reset_index(drop=True)


def _places(case: Case, orgs: pd.Series) -> pd.DataFrame:
    """Area, township and branch of the one roster branch that each name may mean; None where none or several may."""
    known = case.once(directory)
    rows = case.once(roster_branches)
    by_core: dict[str, list[tuple[OrgName, tuple[str | None, ...]]]] = {}
    for branch, township, area in zip(rows["branch"], rows["township"], rows["area"], strict=True):
        name = known.parse(branch, township)
        by_core.setdefault(name.core, []).append((name, (area, township, branch)))
    places: dict[str, tuple[str | None, ...]] = {}
    for org in orgs.dropna().unique():
        wanted = known.parse(org, None)
        fits = [place for name, place in by_core.get(wanted.core, []) if wanted.may_be(name)]
        places[org] = fits[0] if len(fits) == 1 else (None, None, None)
    found = [places.get(org, (None, None, None)) for org in orgs]
    columns = {name: [place[at] for place in found] for at, name in enumerate(("area", "township", "branch"))}
    return pd.DataFrame(columns, index=orgs.index, dtype=object)

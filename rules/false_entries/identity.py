"""F11: the number belongs to somebody else. F13: the member meant is a namesake. Claims against rosters."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.contracts.tables import PROVENANCE
from data.model import EvidenceGrade, IdStatus
from data.words import tr
from rules.case import Case
from rules.false_entries.numbers import agrees_with_number, contradicts_number
from rules.firings import firings, joined, row_evidence, strongest_per_subject
from rules.names import near_name_pairs, near_pairs, township_key
from rules.organisations import directory

_ROSTER_COLUMNS = (
    "unique_id",
    "person_id",
    "name_key",
    "id18",
    "id_birth",
    "is_whole",
    "branch",
    "township",
    *PROVENANCE,
)


def find_impersonated(case: Case) -> pd.DataFrame:
    """F11: claims whose valid number stands on a roster under a clearly different name.

    A when that roster row is whole (name, sex, birth agree with the number) and the claim's own sex or birth do not;
    B when the claim states neither; a claim that agrees with the number in both may be a changed name: only reviewed.
    """
    claims = case.claims[case.claims["id_status"] == IdStatus.VALID]
    roster = case.valid_on_roster(case.roster["id_code"].isin(claims["id_code"]))
    roster = roster.assign(is_whole=agrees_with_number(roster))[list(_ROSTER_COLUMNS)]
    pairs = claims.merge(roster, on="id18", suffixes=("", "_roster"))
    is_other = (pairs["person_id"] != pairs["person_id_roster"]).to_numpy(dtype=bool)
    is_other = is_other & ~near_name_pairs(pairs["name_key"], pairs["name_key_roster"])
    pairs = pairs[is_other & ~pairs["is_listed"].to_numpy(dtype=bool)].reset_index(drop=True)
    is_proven = contradicts_number(pairs) & pairs["is_whole"].to_numpy(dtype=bool)
    grade = np.where(is_proven, EvidenceGrade.A.value, EvidenceGrade.B.value).astype(object)
    is_struck = is_proven | (case.is_unlisted(pairs) & ~agrees_with_number(pairs))
    message = np.where(
        is_struck,
        tr(
            "建议剔除：公民身份号码在名册上属于另一人",
            "proposed to strike out: on the roster the identity number is another person's",
        ),
        tr(
            "须核实：公民身份号码在名册上属于另一姓名，可能曾用名",
            "to be checked: on the roster the number stands under another name, perhaps a former one",
        ),
    ).astype(object)
    evidence = _both(pairs, tr("名册上持有该号码的一行", "roster row that has the number"))
    found = firings(pairs, grade=grade, is_false_entry=is_struck, message=message, evidence=evidence)
    return strongest_per_subject([found])


def find_namesake(case: Case) -> pd.DataFrame:
    """F13: the branch the claim names has a member of that name, but both numbers are valid and really different.

    A claim that names no branch is compared with its township, and only when a single roster row there has the name.
    A claim whose person is on a roster is that member, whatever namesakes there are.
    """
    claims = case.claims[(case.claims["id_status"] == IdStatus.VALID) & ~case.claims["is_listed"]]
    claims = claims[claims["name_key"].notna()]
    is_namesake = case.roster["name_key"].isin(claims["name_key"].unique())
    roster = case.valid_on_roster(is_namesake).assign(is_whole=True)
    by_branch = claims[claims["branch"].notna()]
    pairs = by_branch.merge(roster[list(_ROSTER_COLUMNS)], on="name_key", suffixes=("", "_roster"))
    pairs = pairs[_may_be_one_branch(case, pairs)]
    by_township = claims[claims["branch"].isna() & claims["township"].notna()]
    by_township = by_township.assign(_at=lambda rows: township_key(rows["township"]))
    roster = roster[roster["name_key"].isin(by_township["name_key"].unique())]
    single = roster[~_has_company(case, roster)]
    near = by_township.merge(
        _roster_at(single, township_key(single["township"])), on=["name_key", "_at"], suffixes=("", "_roster")
    )
    pairs = pd.concat([pairs, near], ignore_index=True)
    is_near = near_pairs(pairs["id18"], pairs["id18_roster"])
    same_birth = pairs["id_birth"] == pairs["id_birth_roster"]
    # One roster row that may be the person after all (a slip apart) outweighs every namesake.
    doubtful = pairs.loc[is_near | same_birth.to_numpy(dtype=bool), "unique_id"]
    pairs = pairs[~pairs["unique_id"].isin(doubtful)].reset_index(drop=True)
    message = tr("建议剔除：名册上的党员是同名的另一人（双方号码有效且不同）",
                 "proposed to strike out: the member on the roster is a namesake (two valid numbers)")  # fmt: skip
    evidence = _both(pairs, tr("同名党员的一行", "row of the namesake"))
    return strongest_per_subject(
        [firings(pairs, grade=EvidenceGrade.A, is_false_entry=True, message=message, evidence=evidence)]
    )


def _roster_at(roster: pd.DataFrame, place: pd.Series) -> pd.DataFrame:
    known = roster[list(_ROSTER_COLUMNS)].assign(_at=place)
    return known[known["_at"].notna()]


def _may_be_one_branch(case: Case, pairs: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Pairs whose branches may be one by their names; a branch named without its township lies in the row's own."""
    known = case.once(directory)
    columns = ("branch", "township", "branch_roster", "township_roster")
    rows = zip(*(pairs[name] for name in columns), strict=True)
    return np.array(
        [
            theirs is not None and known.parse(ours, our_town).may_be(known.parse(theirs, their_town))
            for ours, our_town, theirs, their_town in rows
        ],
        dtype=bool,
    )


def _has_company(case: Case, roster: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Roster rows whose name another person of the same township's rosters has too."""
    named = case.roster["name_key"].isin(roster["name_key"].unique())
    rows = case.roster.loc[named, ["name_key", "township", "person_id"]]
    persons = rows.assign(_at=township_key(rows["township"])).groupby(["name_key", "_at"])["person_id"].nunique()
    keys = pd.MultiIndex.from_arrays([roster["name_key"], township_key(roster["township"])])
    return persons.reindex(keys).fillna(0).to_numpy() > 1


def _both(pairs: pd.DataFrame, what: str) -> list[str]:
    theirs = pairs[[f"{name}_roster" for name in PROVENANCE]].rename(columns=lambda name: name.removesuffix("_roster"))
    return joined(row_evidence(pairs, tr("摸底名单的一行", "row of the list of claims")), row_evidence(theirs, what))

"""F09, F10, F12: what an identity number says of itself and of its own row. A slip is corrected, never struck out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import EvidenceGrade, IdStatus
from data.values.columns import map_unique
from data.words import tr
from rules.case import Case, are_dates_compatible, do_dates_contradict
from rules.firings import firings, joined, row_evidence
from rules.names import near_pairs

IMPOSSIBLE = (IdStatus.LENGTH, IdStatus.CHARSET, IdStatus.CHECKSUM, IdStatus.DATE, IdStatus.FUTURE)

_PROBLEMS = {
    IdStatus.LENGTH: ("位数不对", "wrong length"),
    IdStatus.CHARSET: ("含有非法字符", "characters that cannot be"),
    IdStatus.CHECKSUM: ("校验码不符", "check digit fails"),
    IdStatus.DATE: ("出生日期不存在", "no such date of birth"),
    IdStatus.FUTURE: ("出生日期在将来", "date of birth in the future"),
}


def find_impossible(case: Case) -> pd.DataFrame:
    """F09: numbers that cannot be. Of a listed person, or one slip away under the same name: a typo."""
    found = case.entries[case.entries["id_status"].isin(IMPOSSIBLE)].reset_index(drop=True)
    if found.empty:
        return firings(found, message="")
    is_typo = found["unique_id"].isin(_slips(case, found)).to_numpy(dtype=bool)
    is_struck = case.is_unlisted(found) & ~is_typo
    problem = found["id_status"].map(lambda status: tr(*_PROBLEMS[IdStatus(status)])).to_numpy(dtype=object)
    advice = np.where(is_struck, tr("建议剔除：公民身份号码", "proposed to strike out: identity number, "),
                      np.where(is_typo,
                          tr("疑为笔误，请更正：公民身份号码", "probably a slip, correct it: identity number, "),
                               tr("请更正：公民身份号码", "correct it: identity number, "))).astype(object)  # fmt: skip
    evidence = joined(row_evidence(found, tr("该行的公民身份号码", "identity number of the row")))
    return firings(found, grade=EvidenceGrade.B, is_false_entry=is_struck, message=advice + problem, evidence=evidence)


def _slips(case: Case, found: pd.DataFrame) -> frozenset[str]:
    """Entries whose number is one slip from a valid number on a roster under the same name (and no other birth)."""
    columns = ["unique_id", "name_key", "id18", "birth"]
    roster = case.valid_on_roster(case.roster["name_key"].isin(found["name_key"].unique()))[columns]
    pairs = found[["unique_id", "name_key", "id_no", "birth"]].merge(roster, on="name_key", suffixes=("", "_roster"))
    is_possible = ~do_dates_contradict(pairs["birth"], pairs["birth_roster"])
    pairs = pairs[is_possible & (pairs["unique_id"] != pairs["unique_id_roster"]).to_numpy()]
    as15 = map_unique(pairs["id18"], lambda number: number[:6] + number[8:17])
    is_near = near_pairs(pairs["id_no"], pairs["id18"]) | near_pairs(pairs["id_no"], as15)
    return frozenset(pairs.loc[is_near, "unique_id"])


def find_damaged(case: Case) -> pd.DataFrame:
    """F10: numbers that a spreadsheet stored as a number: asked for again, never false."""
    found = case.entries[case.entries["id_status"] == IdStatus.PRECISION_LOSS]
    message = tr("电子表格损坏了公民身份号码（按数值保存），请重新录入；不剔除",
                 "a spreadsheet damaged the identity number: enter it again; not struck out")  # fmt: skip
    evidence = joined(row_evidence(found, tr("按数值保存的单元格", "a numeric cell")))
    return firings(found, grade=EvidenceGrade.C, message=message, evidence=evidence)


def contradicts_number(entries: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Entries with a valid number that says another sex or birth than the row does."""
    is_valid = (entries["id_status"] == IdStatus.VALID).to_numpy(dtype=bool)
    has_both = entries["sex"].notna() & entries["id_sex"].notna()
    other_sex = (has_both & (entries["sex"] != entries["id_sex"])).to_numpy(dtype=bool)
    other_birth = do_dates_contradict(entries["birth"], entries["id_birth"])
    return np.asarray(is_valid & (other_sex | other_birth), dtype=bool)


def agrees_with_number(entries: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Entries that state sex and birth, both as their number (whatever its checksum) has them."""
    same_sex = (entries["sex"] == entries["id_sex"]).to_numpy() & entries["sex"].notna().to_numpy()
    return np.asarray(same_sex & are_dates_compatible(entries["birth"], entries["id_birth"]), dtype=bool)


def find_mismatch(case: Case) -> pd.DataFrame:
    """F12: sex or birth contradict a valid number. On a roster: a slip; on none: a ground beside F02."""
    found = case.entries[contradicts_number(case.entries)]
    is_struck = case.is_unlisted(found)
    message = np.where(
        is_struck,
        tr(
            "建议剔除：性别或出生日期与公民身份号码矛盾",
            "proposed to strike out: sex or birth contradict the identity number",
        ),
        tr("须更正：性别或出生日期与公民身份号码矛盾", "to be corrected: sex or birth contradict the identity number"),
    ).astype(object)
    evidence = joined(
        row_evidence(found, tr("该行的性别、出生日期与公民身份号码", "sex, birth and identity number of the row"))
    )
    return firings(found, grade=EvidenceGrade.B, is_false_entry=is_struck, message=message, evidence=evidence)

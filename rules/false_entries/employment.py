"""F14, F15, F17: the employer is not in the register, had closed before the claim, or is a public unit."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import EntityStatus, EvidenceGrade, FeedKind, MatchGrade
from data.reference.divisions import county_code, current_code
from data.values.columns import map_unique
from data.words import tr
from rules.case import Case
from rules.clocks import NO_DAY, first_days, last_days
from rules.firings import document_evidence, firings, joined, row_evidence
from rules.populations import CLOSED, active_employments

PUBLIC_KINDS = ("government", "school", "institution", "state_enterprise")

#: Words that say how somebody earns a living, not where: the register cannot be asked about them.
_GENERIC = re.compile(
    r"(?:本村|本地|外地|外出|在外|自家|个人|私营|自主)*(?:个体(?:工商)?(?:户|经营|经商|老板|业主)?|自由职业者?|自谋职业|务农|农民|村民|渔民|居民|"
    r"打工|务工|经商|做生意|创业|待业|失业|无业|退休|离退休|在家|家务|学生|私营企业主?|企业主|灵活就业|零工|小生意|摆摊|其他|没有工作)+(?:人员)?"
)
_HOME_PROVINCE = "海南"
_OTHER_PROVINCES = re.compile(
    r"^(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|四川|贵州|云南|陕西|甘肃|青海|台湾|"
    r"内蒙古|广西|西藏|宁夏|新疆|香港|澳门)"
)


def find_unregistered(case: Case) -> pd.DataFrame:
    """F14: no entity by code, number or name, though a register was supplied and the employer is named specifically.

    A place outside what the register covers, or a name too general to be asked for, lacks data: it never fires.
    """
    claims = case.claims if FeedKind.ENTERPRISE_REGISTRATION in case.facts.feeds else case.claims[:0]
    resolved = case.facts.claim_entities.dropna(subset=["entity_id"])["unique_id"]
    areas = frozenset(case.facts.entities["area"].dropna())
    shortest = case.params.employer.min_specific_characters.value
    specific = {
        text for text in claims["employer"].dropna().unique() if is_specific(text, shortest) and is_covered(text, areas)
    }
    fires = claims["employer"].isin(specific) & ~claims["unique_id"].isin(resolved)
    found = claims[fires.to_numpy(dtype=bool) & ~_names_public_unit(case, claims)]
    is_struck = case.is_unlisted(found)
    message = np.where(
        is_struck,
        tr("建议剔除：登记中没有所填的工作单位", "proposed to strike out: the register does not know the employer"),
        tr("须更正：登记中没有所填的工作单位", "to be corrected: the register does not know the employer"),
    ).astype(object)
    evidence = joined(
        row_evidence(
            found,
            tr(
                "该行的工作单位，按代码、注册号、名称均无结果", "employer of the row, not found by code, number or name"
            ),
        )
    )
    return firings(found, grade=EvidenceGrade.B, is_false_entry=is_struck, message=message, evidence=evidence)


def is_specific(employer: str, shortest: int) -> bool:
    """Does the text name one employer? Long enough in Han characters, and more than a way of earning a living."""
    han = re.sub(r"[^一-鿿]", "", employer)
    return len(han) >= shortest and _GENERIC.fullmatch(han) is None


def is_covered(employer: str, areas: frozenset[str]) -> bool:
    """May the supplied register be expected to hold an employer of that name? Not when it names another place."""
    if _OTHER_PROVINCES.match(employer):
        return False
    rest = employer.removeprefix(_HOME_PROVINCE).removeprefix("省")
    if rest.startswith("东方") and not rest.startswith("东方市"):
        return True  # far more often a brand (东方红) than the city
    code = next((code for n in (4, 3, 2) if (code := county_code(rest[:n])) is not None), None)
    return code is None or code.endswith("0000") or code in {current_code(area) or area for area in areas}


def find_closed(case: Case) -> pd.DataFrame:
    """F15: the entity had closed before the claim (before `as_of` where the claim has no date).

    Proves the end of the employment only: with a roster row the membership stands and the workplace is cleared.
    Revoked but not cancelled, moved out, or closed on an unknown day: never struck out.
    """
    claims = case.once(claims_at_entities)
    claimed = first_days(claims["claimed_on"])
    closed = last_days(claims["ended_on"])
    before = np.where(claimed == NO_DAY, case.today, claimed)
    is_closed = claims["status"].isin(CLOSED).to_numpy(dtype=bool) & ~_has_successor(case, claims)
    is_before = (closed != NO_DAY) & (closed < before)
    is_unsure = ((closed == NO_DAY) & is_closed) | (claims["status"] == EntityStatus.REVOKED).to_numpy(dtype=bool)
    fires = (is_closed & is_before) | is_unsure
    found = claims[fires].reset_index(drop=True)
    is_struck = case.is_unlisted(found) & ~is_unsure[fires]
    message = np.where(
        is_struck,
        tr(
            "建议剔除：工作单位在登记日期之前已注销，且不在任何名册",
            "proposed to strike out: the employer had closed before the claim, and no roster lists the person",
        ),
        tr(
            "工作单位已注销或吊销：党员身份不受影响，请核实现工作单位",
            "the employer is closed or revoked: the membership stands, ask for the new workplace",
        ),
    ).astype(object)
    status = tr("主体登记状态 {}，{}", "status of the entity {}, {}")
    whats = [status.format(state, on or "-") for state, on in zip(found["status"], found["ended_on"], strict=True)]
    evidence = joined(
        row_evidence(found, tr("该行的工作单位", "employer of the row")), document_evidence(found["entity_id"], whats)
    )
    return firings(found, grade=EvidenceGrade.B, is_false_entry=is_struck, message=message, evidence=evidence)


def find_out_of_scope(case: Case) -> pd.DataFrame:
    """F17: the employer is an excluded public entity, or the unit of a public-sector organisation.

    Somebody who also runs or works at a registered non-public entity stays in scope until a reviewer has looked.
    """
    at_entities = case.once(claims_at_entities)
    at_public = at_entities.loc[~at_entities["is_non_public"].astype(bool), "unique_id"]
    claims = case.claims
    fires = claims["unique_id"].isin(at_public).to_numpy(dtype=bool) | _names_public_unit(case, claims)
    found = claims[fires]
    work = active_employments(case.facts.employments, case.as_of)
    also = work[(work["how"] == "register") & work["is_non_public"].astype(bool)]["person_id"]
    is_in_scope = found["person_id"].isin(also).to_numpy(dtype=bool)
    message = np.where(
        is_in_scope,
        tr(
            "须核实：所填单位是公有单位，但登记显示其在非公单位任职",
            "to be checked: the employer is public, yet the register has the person at a non-public entity",
        ),
        tr(
            "建议剔除：工作单位是机关、学校、事业单位或国有企业，属于另一台账",
            "proposed to strike out: the employer is a public unit, the person belongs to another ledger",
        ),
    ).astype(object)
    grade = np.where(is_in_scope, EvidenceGrade.B.value, EvidenceGrade.A.value).astype(object)
    evidence = joined(row_evidence(found, tr("该行的工作单位", "employer of the row")))
    return firings(found, grade=grade, is_false_entry=~is_in_scope, message=message, evidence=evidence)


def claims_at_entities(case: Case) -> pd.DataFrame:
    """Claims whose employer is certainly one entity, with the entity's status and kind."""
    certain = case.facts.claim_entities
    certain = certain[(certain["grade"] == MatchGrade.CERTAIN) & certain["entity_id"].notna()]
    certain = certain.sort_values(["unique_id", "entity_id"]).drop_duplicates("unique_id", keep=False)
    columns = ["entity_id", "entity_name", "operator", "address", "status", "ended_on", "is_non_public"]
    claims = case.claims.drop(columns="area").merge(certain[["unique_id", "entity_id"]], on="unique_id")
    entities = case.facts.entities
    entities = entities.loc[entities["entity_id"].isin(claims["entity_id"].unique()), columns]
    return claims.merge(entities, on="entity_id").reset_index(drop=True)


def _has_successor(case: Case, claims: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Closed entities whose name, or address and operator, an active one bears: a shop may be cancelled and registered
    anew (individuals' regulation art. 10), and the workplace goes on. Stalls of one market share an address alone."""
    where = ["address", "operator"]
    active = case.facts.entities
    is_like = active["entity_name"].isin(claims["entity_name"].unique()) | active["address"].isin(claims["address"])
    active = active.loc[is_like, ["entity_name", "status", *where]]
    active = active[active["status"] == EntityStatus.ACTIVE]
    same_name = claims["entity_name"].notna() & claims["entity_name"].isin(active["entity_name"].dropna())
    known = pd.MultiIndex.from_frame(active[where].dropna())
    same_place = claims[where].notna().all(axis=1) & pd.MultiIndex.from_frame(claims[where]).isin(known)
    return np.asarray(same_name | same_place, dtype=bool)


def _names_public_unit(case: Case, claims: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Claims whose employer is, or begins with and adds only a post to, the unit of a public organisation."""
    public = case.facts.organizations
    public = public[public["org_kind"].isin(PUBLIC_KINDS)]
    units = {re.sub(r"\s", "", name) for name in public["unit_name"].dropna().unique()}
    lengths = sorted({len(name) for name in units})
    answers = map_unique(claims["employer"], lambda text: _is_unit(re.sub(r"\s", "", text), units, lengths))
    return (answers == True).to_numpy(dtype=bool)  # noqa: E712 - a column of True, False and None


_POST = re.compile(
    r"(?:[,，/(（].*|教师|老师|校长|职工|职员|干部|工人|员工|主任|科员|副?[局科股所站]长|医生|护士|会计|司机|退休.{0,4})?"
)


def _is_unit(employer: str, units: set[str], lengths: list[int]) -> bool:
    return any(
        employer[:n] in units and _POST.fullmatch(employer[n:]) is not None for n in lengths if n <= len(employer)
    )

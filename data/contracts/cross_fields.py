"""Which cells of one row contradict each other? Masks of rows with a reason; nothing is changed and no row refused.

AR1-AR9: domain rules §4.4. A missing cell never contradicts: branches of enterprises do not even see the party block.
Partial dates are read in the row's favour: something is earlier only when its last possible day is.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.contracts.entity_checks import is_org_code_wrong
from data.contracts.field import FeedContract, ValueType
from data.contracts.person_checks import (
    born_by_id,
    is_area_out_of_date,
    is_birth_against_id,
    is_one_letter_off,
    is_sex_against_id,
)
from data.contracts.reason import Reason
from data.contracts.reasons import rows as reasons
from data.contracts.reasons.cells import ID_AREA_ERA, ID_ONE_LETTER, ORG_CODE
from data.model import FeedKind
from data.values.columns import map_unique
from data.values.days import first_days, last_days

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]
_ADULT_MONTHS = 18 * 12
_MAX_VALID_DAYS = 90
_MIN_MEMBERS = {"branch": 3, "general_branch": 3, "committee": 3}
_EXPECTED_MEMBERS = {"general_branch": 50, "committee": 100}
_GROUPS = ("n_graduates", "n_veterans", "n_disabled", "n_reemployed")
#: Dates of one row in the order they must happen: earlier, later.
_ORDERED: dict[FeedKind, tuple[tuple[str, str], ...]] = {
    FeedKind.ENTERPRISE_REGISTRATION: (("established_on", "ended_on"),),
    FeedKind.ENTERPRISE_PERSONS: (("since_on", "until_on"),),
    FeedKind.ORGANIZATIONS: (("founded_on", "dissolved_on"),),
    FeedKind.TRANSFERS: (("issued_on", "received_on"), ("received_on", "receipt_on")),
}


class FieldProblem(NamedTuple):
    """Rows of which one field is to be remarked on: its canonical name, one entry per row, and why."""

    field: str
    mask: Mask
    reason: Reason


def cross_field_problems(rows: pd.DataFrame, contract: FeedContract, as_of: date) -> list[FieldProblem]:
    """What the cells of each row say against each other; only problems that some row has.

    rows: accepted rows with the canonical columns of the contract (`id_status` where it has id_no), any index.
    """
    found = [*_future_dates(rows, contract, as_of), *_reversed_dates(rows, contract.kind)]
    if "id_no" in rows:
        found += _identity(rows, as_of)
    match contract.kind:
        case FeedKind.ENTERPRISE_REGISTRATION:
            found.append(FieldProblem("uscc", is_org_code_wrong(rows["uscc"]), ORG_CODE))
        case FeedKind.ANNUAL_REPORTS:
            found += [*_head_counts(rows), *_party_block(rows)]
        case FeedKind.MEMBER_ROSTER | FeedKind.CLAIMS:
            found += [*_admission(rows), *_out_of_touch(rows)]
        case FeedKind.TRANSFERS:
            found += _letter(rows)
        case FeedKind.LEADS:
            asked = _is(rows["way"], "member_referral") & ~_is(rows["has_consented"], "yes")
            found.append(FieldProblem("has_consented", asked, reasons.LEAD_WITHOUT_CONSENT))
    return [problem for problem in found if problem.mask.any()]


def _future_dates(rows: pd.DataFrame, contract: FeedContract, as_of: date) -> list[FieldProblem]:
    today = as_of.toordinal()
    dated = [field for field in contract.fields if field.type is ValueType.DATE and not field.may_be_future]
    return [FieldProblem(field.name, first_days(rows[field.name]) > today, reasons.DATE_IN_FUTURE) for field in dated]


def _reversed_dates(rows: pd.DataFrame, kind: FeedKind) -> list[FieldProblem]:
    return [
        FieldProblem(later, last_days(rows[later]) < first_days(rows[earlier]), reasons.DATES_REVERSED)
        for earlier, later in _ORDERED.get(kind, ())
    ]


def _head_counts(rows: pd.DataFrame) -> list[FieldProblem]:
    """AR1-AR3: the operator counts among the employees, so all four groups of the hired are fewer."""
    employees, members = _number(rows["n_employees"]), _number(rows["n_party_members"])
    groups = np.nansum([_number(rows[name]) for name in _GROUPS], axis=0)
    return [
        FieldProblem("n_employees", employees < 1, reasons.AR_NO_EMPLOYEES),
        FieldProblem("n_party_members", members > employees, reasons.AR_MEMBERS_ABOVE_EMPLOYEES),
        FieldProblem("n_employees", (groups > 0) & (employees <= groups), reasons.AR_GROUPS_ABOVE_EMPLOYEES),
    ]


def _party_block(rows: pd.DataFrame) -> list[FieldProblem]:
    """AR4-AR9 as far as one row tells."""
    members, body = _number(rows["n_party_members"]), rows["party_body"]
    has_none, alone = _is(body, "none"), _is(rows["party_body_form"], "alone")
    represents = _is(rows["representative_is_member"], "yes")
    denies = _is(rows["representative_is_member"], "no")
    too_few, expected = (members < _least(body, table) for table in (_MIN_MEMBERS, _EXPECTED_MEMBERS))
    formed, filed = rows["party_body_on"], rows["filed_on"]
    secretary = denies & _is(rows["representative_is_secretary"], "yes")
    return [
        FieldProblem("representative_is_secretary", secretary, reasons.AR_SECRETARY_NO_MEMBER),
        FieldProblem("party_body_on", has_none & formed.notna().to_numpy(), reasons.AR_BLOCK_WITHOUT_BODY),
        FieldProblem("party_body_form", has_none & alone, reasons.AR_BLOCK_WITHOUT_BODY),
        FieldProblem("n_party_members", represents & (members < 1), reasons.AR_MEMBER_NOT_COUNTED),
        FieldProblem("n_party_members", alone & too_few, reasons.AR_BODY_TOO_FEW),
        FieldProblem("n_party_members", expected, reasons.AR_BODY_UNUSUAL),
        FieldProblem("party_body_on", first_days(formed) > last_days(filed), reasons.AR_BODY_AFTER_REPORT),
    ]


def _identity(rows: pd.DataFrame, as_of: date) -> list[FieldProblem]:
    """What a number says, against itself and against the sex and birth as stated."""
    found = [
        FieldProblem("id_no", is_one_letter_off(rows, as_of), ID_ONE_LETTER),
        FieldProblem("id_no", is_area_out_of_date(rows), ID_AREA_ERA),
    ]
    if "sex" in rows:
        found.append(FieldProblem("sex", is_sex_against_id(rows), reasons.SEX_AGAINST_ID))
    if "birth" in rows:
        found.append(FieldProblem("birth", is_birth_against_id(rows), reasons.BIRTH_AGAINST_ID))
    return found


def _admission(rows: pd.DataFrame) -> list[FieldProblem]:
    """转正 before 入党 (equal dates are right for 1969-1977), and 入党 before the 18th birthday."""
    born = rows["birth"].where(rows["birth"].notna(), born_by_id(rows))
    adult, joined = first_days(born, _ADULT_MONTHS), last_days(rows["join_on"])
    return [
        FieldProblem("full_on", last_days(rows["full_on"]) < first_days(rows["join_on"]), reasons.FULL_BEFORE_JOIN),
        FieldProblem("join_on", joined < adult, reasons.JOIN_BEFORE_ADULT),
    ]


def _out_of_touch(rows: pd.DataFrame) -> list[FieldProblem]:
    if "lost_since" not in rows:
        return []
    is_silent = rows["lost_since"].notna().to_numpy() & ~_is(rows["is_lost"], "yes")
    return [FieldProblem("lost_since", is_silent, reasons.LOST_DATE_WITHOUT_LOST)]


def _letter(rows: pd.DataFrame) -> list[FieldProblem]:
    """Validity, receipt and direction of a letter of introduction (domain rules §1.7)."""
    days = _number(rows["valid_days"])
    limit = last_days(rows["received_on"], later_months=1)
    same = (rows["from_org"] == rows["to_org"]) & rows["to_org"].notna()
    return [
        FieldProblem("valid_days", (days < 1) | (days > _MAX_VALID_DAYS), reasons.VALIDITY_OUT_OF_RANGE),
        FieldProblem("receipt_on", first_days(rows["receipt_on"]) > limit, reasons.RECEIPT_OVERDUE),
        FieldProblem("to_org", same.to_numpy(dtype=bool), reasons.SAME_ORGANIZATION),
    ]


def _is(column: pd.Series, value: str) -> Mask:
    return np.asarray(column == value, dtype=bool)


def _number(column: pd.Series) -> Numbers:
    return pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64)


def _least(body: pd.Series, table: dict[str, int]) -> Numbers:
    """The members a kind of organisation needs; NaN where it needs none or is not stated."""
    return _number(map_unique(body, table.get))

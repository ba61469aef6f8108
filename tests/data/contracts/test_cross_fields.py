"""Cells of one row against each other: each check fires, holds back, and stays silent where a cell is missing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data.contracts.cross_fields import cross_field_problems
from data.contracts.feeds import CONTRACTS
from data.model import FeedKind
from tests.data.sources.builders import AS_OF

_MAN_1900 = "460022190001010010"
_OLD_MAN_1900 = "460022000101001"
_CENTENARIAN_1880 = "460022880101997"
_WOMAN_1900 = "460005190001020028"

AR = FeedKind.ANNUAL_REPORTS
ROSTER = FeedKind.MEMBER_ROSTER
Row = dict[str, str]


def _frame(kind: FeedKind, rows: list[Row]) -> pd.DataFrame:
    blank = dict.fromkeys([*CONTRACTS[kind].names(), "id_status"])
    return pd.DataFrame([{**blank, **row} for row in rows], dtype=object)


def problems(kind: FeedKind, *rows: Row) -> set[tuple[str, str, int]]:
    """Field, number of the reason and row of everything found."""
    found = cross_field_problems(_frame(kind, list(rows)), CONTRACTS[kind], AS_OF)
    return {
        (problem.field, problem.reason.code.split("_")[0], int(row))
        for problem in found
        for row in np.flatnonzero(problem.mask)
    }


def _one(kind: FeedKind, row: Row) -> set[tuple[str, str]]:
    # The second row knows nothing: it must never be remarked on.
    found = problems(kind, row, {})
    assert {place for _, _, place in found} <= {0}
    return {(field, code) for field, code, _ in found}


@pytest.mark.parametrize(
    ("row", "found"),
    [
        pytest.param({"n_employees": "0"}, {("n_employees", "W401")}, id="AR1"),
        pytest.param({"n_employees": "1"}, set(), id="AR1 one is enough"),
        pytest.param({"n_employees": "2", "n_party_members": "3"}, {("n_party_members", "W402")}, id="AR2"),
        pytest.param({"n_employees": "3", "n_party_members": "3"}, set(), id="AR2 all are members"),
        pytest.param({"n_party_members": "3"}, set(), id="AR2 employees missing"),
        pytest.param(
            {"n_employees": "5", "n_graduates": "2", "n_veterans": "1", "n_disabled": "1", "n_reemployed": "1"},
            {("n_employees", "W403")},
            id="AR3 equal is not more",
        ),
        pytest.param({"n_employees": "5", "n_graduates": "2", "n_veterans": "2"}, set(), id="AR3 one more"),
        pytest.param({"n_employees": "1", "n_graduates": "0"}, set(), id="AR3 no groups"),
        pytest.param(
            {"representative_is_secretary": "yes", "representative_is_member": "no"},
            {("representative_is_secretary", "W404")},
            id="AR4",
        ),
        pytest.param({"representative_is_secretary": "yes"}, set(), id="AR4 member missing"),
        pytest.param(
            {"party_body": "none", "party_body_on": "2012-03", "party_body_form": "alone"},
            {("party_body_on", "W405"), ("party_body_form", "W405")},
            id="AR5",
        ),
        pytest.param({"party_body": "none", "party_body_form": "community"}, set(), id="AR5 joined another's"),
        pytest.param({"party_body_on": "2012-03", "party_body_form": "alone"}, set(), id="AR5 body missing"),
        pytest.param(
            {"representative_is_member": "yes", "n_party_members": "0"}, {("n_party_members", "W406")}, id="AR6"
        ),
        pytest.param({"representative_is_member": "yes", "n_party_members": "1"}, set(), id="AR6 one"),
        pytest.param({"representative_is_member": "yes"}, set(), id="AR6 number missing"),
        pytest.param(
            {"party_body": "branch", "party_body_form": "alone", "n_party_members": "2"},
            {("n_party_members", "W407")},
            id="AR7",
        ),
        pytest.param({"party_body": "branch", "party_body_form": "alone", "n_party_members": "3"}, set(), id="AR7 3"),
        pytest.param(
            {"party_body": "branch", "party_body_form": "joint", "n_party_members": "2"}, set(), id="AR7 join"
        ),
        pytest.param({"party_body": "other", "party_body_form": "alone", "n_party_members": "2"}, set(), id="AR7 kind"),
        pytest.param(
            {"party_body": "general_branch", "n_party_members": "49"}, {("n_party_members", "W408")}, id="AR8"
        ),
        pytest.param({"party_body": "general_branch", "n_party_members": "50"}, set(), id="AR8 50"),
        pytest.param({"party_body": "committee", "n_party_members": "99"}, {("n_party_members", "W408")}, id="AR8 99"),
        pytest.param({"party_body": "committee", "n_party_members": "100"}, set(), id="AR8 100"),
        pytest.param({"party_body": "branch", "n_party_members": "49"}, set(), id="AR8 a branch needs no 50"),
        pytest.param({"party_body_on": "2016-03-02", "filed_on": "2016-03-01"}, {("party_body_on", "W409")}, id="AR9"),
        pytest.param({"party_body_on": "2016-03", "filed_on": "2016-03-01"}, set(), id="AR9 may be the same day"),
        pytest.param({"party_body_on": "2016-06-17"}, {("party_body_on", "W414")}, id="AR9 still to come"),
    ],
)
def test_annual_reports(row: Row, found: set[tuple[str, str]]) -> None:
    assert _one(AR, row) == found


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"id_no": _MAN_1900, "id_status": "valid", "sex": "女", "birth": "1900-01"}, {("sex", "W410")}),
        ({"id_no": _WOMAN_1900, "id_status": "valid", "sex": "男"}, {("sex", "W410")}),
        ({"id_no": _OLD_MAN_1900, "id_status": "valid", "sex": "女"}, {("sex", "W410")}),
        ({"id_no": _OLD_MAN_1900, "id_status": "valid", "sex": "男", "birth": "1900-01-01"}, set()),
        ({"id_no": _CENTENARIAN_1880, "id_status": "valid", "birth": "1888-01-01"}, set()),
        ({"id_no": _CENTENARIAN_1880, "id_status": "valid", "birth": "1988"}, {("birth", "W411")}),
        ({"id_no": _MAN_1900, "id_status": "valid", "birth": "1900-02"}, {("birth", "W411")}),
        ({"id_no": _MAN_1900, "id_status": "valid", "birth": "1900"}, set()),
        ({"id_no": _MAN_1900, "id_status": "checksum", "sex": "女", "birth": "1950"}, set()),
        ({"join_on": "1998-07", "full_on": "1998-06"}, {("full_on", "W412")}),
        ({"join_on": "1970-07-01", "full_on": "1970-07"}, set()),
        ({"join_on": "1998-06-30", "birth": "1980-07-01"}, {("join_on", "W413")}),
        ({"join_on": "1998-07-01", "birth": "1980-07-01"}, set()),
        ({"join_on": "1998", "birth": "1980-07-01"}, set()),
        ({"join_on": "1917-12-31", "id_no": _MAN_1900, "id_status": "valid"}, {("join_on", "W413")}),
        ({"join_on": "2016-06-17"}, {("join_on", "W414")}),
        ({"join_on": "2016-06-16", "flow_since": "2016-07"}, {("flow_since", "W414")}),
        ({"dues_to": "2016-12"}, set()),
        ({"lost_since": "2015-03"}, {("lost_since", "W415")}),
        ({"lost_since": "2015-03", "is_lost": "no"}, {("lost_since", "W415")}),
        ({"lost_since": "2015-03", "is_lost": "yes"}, set()),
        ({"id_no": "46002219O001010010", "id_status": "charset", "sex": "男"}, {("id_no", "W317")}),
        ({"id_no": "46002219O001010010", "id_status": "charset", "sex": "女"}, set()),
        ({"id_no": "46002219O001010010", "id_status": "charset", "birth": "1901"}, set()),
        ({"id_no": "46002219O001010010", "id_status": "charset"}, set()),
    ],
)
def test_rosters(row: Row, found: set[tuple[str, str]]) -> None:
    assert _one(ROSTER, row) == found


@pytest.mark.parametrize(
    ("kind", "row", "found"),
    [
        (
            FeedKind.ENTERPRISE_REGISTRATION,
            {"established_on": "2012-05", "ended_on": "2012-04"},
            {("ended_on", "W416")},
        ),
        (FeedKind.ENTERPRISE_REGISTRATION, {"established_on": "2012-05-03", "ended_on": "2012-05"}, set()),
        (FeedKind.ENTERPRISE_REGISTRATION, {"uscc": "91350200MA2YJ1XR8G"}, {("uscc", "W321")}),
        (FeedKind.ENTERPRISE_PERSONS, {"since_on": "2012-05-03", "until_on": "2012-05-02"}, {("until_on", "W416")}),
        (FeedKind.ORGANIZATIONS, {"founded_on": "2012", "dissolved_on": "2011"}, {("dissolved_on", "W416")}),
        (FeedKind.TRANSFERS, {"issued_on": "2015-03-02", "received_on": "2015-03-01"}, {("received_on", "W416")}),
        (FeedKind.TRANSFERS, {"received_on": "2015-03-02", "receipt_on": "2015-03-01"}, {("receipt_on", "W416")}),
        (FeedKind.TRANSFERS, {"received_on": "2015-01-31", "receipt_on": "2015-02-28"}, set()),
        (FeedKind.TRANSFERS, {"received_on": "2015-01-31", "receipt_on": "2015-03-01"}, {("receipt_on", "W418")}),
        (FeedKind.TRANSFERS, {"valid_days": "0"}, {("valid_days", "W417")}),
        (FeedKind.TRANSFERS, {"valid_days": "91"}, {("valid_days", "W417")}),
        (FeedKind.TRANSFERS, {"valid_days": "90"}, set()),
        (FeedKind.TRANSFERS, {"from_org": "红海村党支部", "to_org": "红海村党支部"}, {("to_org", "W419")}),
        (FeedKind.LEADS, {"way": "member_referral"}, {("has_consented", "W420")}),
        (FeedKind.LEADS, {"way": "member_referral", "has_consented": "yes"}, set()),
        (FeedKind.LEADS, {"way": "visit"}, set()),
        # This feed has no birth: the sex alone has to agree.
        (FeedKind.LEADS, {"id_no": "46002219O001010010", "id_status": "charset", "sex": "男"}, {("id_no", "W317")}),
        (FeedKind.ORG_LIFE, {"id_no": "46002219O001010010", "id_status": "charset"}, set()),
        (FeedKind.CLAIMS, {"claimed_on": "2016-06-17"}, {("claimed_on", "W414")}),
    ],
)
def test_other_feeds(kind: FeedKind, row: Row, found: set[tuple[str, str]]) -> None:
    assert _one(kind, row) == found


def test_a_number_issued_long_after_its_code_was_abolished() -> None:
    born_2006 = {"id_no": "460022200601010012", "id_status": "valid"}
    born_2005 = {"id_no": "460022200501010012", "id_status": "valid"}
    assert problems(ROSTER, born_2006, born_2005) == {("id_no", "W320", 0)}


def test_every_feed_without_a_row_or_a_cell_has_no_problem() -> None:
    for kind, contract in CONTRACTS.items():
        assert cross_field_problems(_frame(kind, [{}]), contract, AS_OF) == [], kind
        assert cross_field_problems(_frame(kind, [{}])[:0], contract, AS_OF) == [], kind


def test_masks_are_by_row_whatever_the_index() -> None:
    rows = _frame(ROSTER, [{}, {"join_on": "2017"}, {}]).set_index(pd.Index([7, 3, 9]))
    (problem,) = cross_field_problems(rows, CONTRACTS[ROSTER], AS_OF)
    assert problem.mask.tolist() == [False, True, False]

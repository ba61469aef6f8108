"""Codes by system (domain §3.4, §4.4): one block in several systems is one table, and nothing is ever guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.contracts.code_systems import CODE_SYSTEMS, NEEDS_CODE_SYSTEM, field_codes
from data.contracts.feeds import CONTRACTS
from data.contracts.field import ValueType
from data.contracts.parse import code_key
from data.model import FeedKind
from tests.data.sources.builders import take, write_csv

_BLOCK = ["PARINS", "ESTPARSIGN", "PARORGW", "ANORGPARSIGN", "RESPARMSIGN", "RESPARSECSIGN"]
_HEADER = ["注册号", "年度", "NUMPARM", *_BLOCK]
_NAMES = [
    *("party_body", "has_party_body", "party_body_form", "is_party_body_new", "representative_is_member"),
    "representative_is_secretary",
]
#: The same four entities as each system writes them.
_WRITTEN = {
    "text": [
        ["党支部", "是", "单独", "是", "是", "否"],
        ["党总支", "是", "联合", "否", "否", "否"],
        ["党委", "是", "单独", "否", "是", "是"],
        ["", "否", "", "", "否", ""],
    ],
    "zhejiang": [
        ["1", "1", "1", "1", "1", "0"],
        ["2", "1", "2", "0", "0", "2"],
        ["3", "1", "1", "0", "1", "1"],
        ["", "0", "", "", "0", ""],
    ],
    # List 1029 of 组建方式 was never seen: its labels only.
    "national": [
        ["3", "1", "单独", "1", "1", "2"],
        ["2", "1", "联合", "2", "2", "2"],
        ["1", "1", "单独", "2", "1", "1"],
        ["", "2", "", "", "2", ""],
    ],
    "agent": [
        ["2", "1", "0", "1", "TRUE", "0"],
        ["1", "1", "1", "0", "0", "false"],
        ["0", "TRUE", "0", "FALSE", "1", "1"],
        ["", "0", "", "", "0", ""],
    ],
}
_TABLE = [
    ["branch", "yes", "alone", "yes", "yes", "no"],
    ["general_branch", "yes", "joint", "no", "no", "no"],
    ["committee", "yes", "alone", "no", "yes", "yes"],
    [None, "no", None, None, "no", None],
]


def _reports(path: Path, system: str, rows: list[list[str]]) -> list[list[object]]:
    numbers = ["469005600012344", "469005000001239", "110108000000016", "310115600985533"]
    lines = [[number, "2015", "3", *row] for number, row in zip(numbers, rows, strict=True)]
    found = take(write_csv(path / f"{system}.csv", [_HEADER, *lines]), FeedKind.ANNUAL_REPORTS, code_system=system)
    assert not {"W307_CODE_UNKNOWN"} & set(found.notes["reason_code"])
    return [list(row) for row in found.rows[_NAMES].to_numpy().tolist()]


@pytest.mark.parametrize("system", sorted(_WRITTEN))
def test_one_party_block_in_four_systems_is_one_table(tmp_path: Path, system: str) -> None:
    assert _reports(tmp_path, system, _WRITTEN[system]) == _TABLE


def test_the_same_codes_mean_opposite_things_and_none_are_shared_by_all() -> None:
    body = {system: dict(fields["party_body"]) for system, fields in CODE_SYSTEMS[FeedKind.ANNUAL_REPORTS].items()}
    assert (body["zhejiang"]["1"], body["national"]["1"], body["agent"]["1"]) == (
        "branch",
        "committee",
        "general_branch",
    )
    assert not {"0", "1", "2", "3", "9"} & set(body["text"])


def test_codes_of_another_system_are_unknown_not_guessed(tmp_path: Path) -> None:
    rows = [_HEADER, ["469005600012344", "2015", "3", "3", "1", "1", "1", "1", "1"]]
    found = take(write_csv(tmp_path / "a.csv", rows), FeedKind.ANNUAL_REPORTS, code_system="text")
    assert found.rows[_NAMES].isna().all(axis=None)
    assert found.notes["reason_code"].tolist().count("W307_CODE_UNKNOWN") == len(_BLOCK)


_ROSTER = [["姓名", "性别", "人员类别", "党籍状态"], ["王明", "男", "1", "12"], ["李丽", "女", "2", "1"]]


@pytest.mark.parametrize(
    ("system", "categories", "statuses"),
    [
        (None, [None, None], [None, None]),
        ("text", [None, None], [None, None]),
        ("zhejiang", ["formal", "probationary"], [None, None]),
        ("reversed", ["probationary", "formal"], [None, None]),
        ("vendor", [None, None], ["suspended", "normal"]),
    ],
)
def test_bare_codes_of_a_roster_need_a_declared_system(
    tmp_path: Path, system: str | None, categories: list[str | None], statuses: list[str | None]
) -> None:
    rows = take(write_csv(tmp_path / "r.csv", _ROSTER), code_system=system).rows
    assert (rows["category"].tolist(), rows["party_status"].tolist()) == (categories, statuses)


@pytest.mark.parametrize("system", [None, "text", "zhejiang", "reversed", "vendor"])
def test_labels_of_a_roster_always_work(tmp_path: Path, system: str | None) -> None:
    rows = [["姓名", "性别", "人员类别", "党籍状态"], ["王明", "男", "中共预备党员", "停止党籍"]]
    found = take(write_csv(tmp_path / "r.csv", rows), code_system=system).rows
    assert found[["category", "party_status"]].to_numpy().tolist() == [["probationary", "suspended"]]


def test_leave_codes_of_the_half_year_return(tmp_path: Path) -> None:
    header = ["姓名", "变动类型", "批准日期"]
    rows = [header, *(["王明", code, "2015-03-02"] for code in ("221", "261", "212", "去世", "9"))]
    found = take(write_csv(tmp_path / "s.csv", rows), FeedKind.STATUS_EVENTS, code_system="statistics")
    assert found.rows["event"].tolist() == ["removed", "suspended", "deceased", "deceased"]
    assert found.rejected["source_row"].tolist() == [6]


def test_kinds_of_organisations_of_the_2016_check(tmp_path: Path) -> None:
    rows = [["党组织名称", "组织类别"], ["甲支部", "2"], ["乙支部", "农村"]]
    found = take(write_csv(tmp_path / "o.csv", rows), FeedKind.ORGANIZATIONS, code_system="check_2016").rows
    assert found["org_kind"].tolist() == ["non_public", "village"]


def test_every_system_speaks_of_coded_fields_of_its_feed_and_gives_values_that_labels_give() -> None:
    for kind, systems in CODE_SYSTEMS.items():
        coded = {field.name: field for field in CONTRACTS[kind].fields if field.type is ValueType.CODE}
        for system, tables in systems.items():
            assert set(tables) <= set(coded), (kind, system)
            for name, codes in tables.items():
                assert {value for _, value in codes} == {value for _, value in coded[name].codes}, (kind, system, name)
                assert len({code_key(label) for label, _ in codes}) == len(codes), (kind, system, name)
    assert set(NEEDS_CODE_SYSTEM) <= set(CODE_SYSTEMS)


def test_no_declared_system_changes_nothing_and_an_unknown_one_is_an_error() -> None:
    assert field_codes(FeedKind.MEMBER_ROSTER, None) == {}
    with pytest.raises(KeyError):
        field_codes(FeedKind.MEMBER_ROSTER, "national")

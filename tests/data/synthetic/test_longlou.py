"""The golden list: 50 claims, 31 stand (4 of them decoys), 19 are false, each with the evidence its reason needs."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from data.model import IdStatus
from data.synthetic.generate import generate
from data.synthetic.longlou_cast import OUTSIDERS
from data.values.dates import add_months, parse_partial_date
from data.values.identifiers import birth_of, clean_id, id_status, sex_of, to_id18
from data.values.phones import parse_phones
from data.values.text import clean_name
from tests.data.synthetic.conftest import AS_OF, Row, read_table

REASONS = {
    "F01": 2,
    "F03": 2,
    "F04": 2,
    "F05": 1,
    "F08": 2,
    "F09": 1,
    "F11": 1,
    "F12": 1,
    "F13": 2,
    "F14": 1,
    "F15": 1,
    "F17": 2,
    "F19": 1,
}


def _claims(out: Path) -> dict[int, Row]:
    """Row number -> texts by header; number cells as their fifteen digits."""
    sheet = CalamineWorkbook.from_path(str(out / "claims/龙楼50.xlsx")).get_sheet_by_index(0)
    rows = sheet.to_python(skip_empty_area=False)
    header = [str(cell) for cell in rows[2]]
    return {number: dict(zip(header, map(str, row), strict=True)) for number, row in enumerate(rows, 1) if number > 3}


def _coded(out: Path, table: str) -> dict[int, str]:
    rows = read_table(out / "truth" / f"{table}.csv")
    return {int(row["source_row"]): row["reason_code"] for row in rows if row["source"] == "claims_469005"}


def _rosters(out: Path) -> list[Row]:
    """Roster rows of Longlou by canonical header (its layout is the official one)."""
    sheet = CalamineWorkbook.from_path(str(out / "rosters/龙楼镇党员花名册.xlsx")).get_sheet_by_index(0)
    _, _, header, *rows = sheet.to_python()
    return [dict(zip(map(str, header), map(str, row), strict=True)) for row in rows]


def _register(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module", params=[(1, 0.02), (7, 0.05), (11, 0.02)], ids=str)
def out(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    seed, scale = request.param
    folder = tmp_path_factory.mktemp("longlou") / "out"
    generate("469005", folder, seed=seed, scale=scale)
    return folder


def _of(out: Path, code: str, table: str = "false_entries") -> list[Row]:
    claims = _claims(out)
    return [claims[row] for row, reason in _coded(out, table).items() if reason == code]


def test_counts(out: Path) -> None:
    assert len(_claims(out)) == 50
    assert Counter(_coded(out, "false_entries").values()) == REASONS
    assert Counter(_coded(out, "decoys").values()) == {"F02": 1, "F07": 1, "F10": 1, "F15": 1}
    assert sum(REASONS.values()) == 19


def test_who_stands_is_on_the_roster_of_the_town_except_one(out: Path) -> None:
    roster = {to_id18(clean_id(row["公民身份号码"])) for row in _rosters(out)}
    rows = read_table(out / "truth/persons.csv")
    persons = {row["true_person"] for row in rows if row["source"].startswith("roster")}
    false, decoys = _coded(out, "false_entries"), _coded(out, "decoys")
    true = {int(row["source_row"]): row["true_person"] for row in rows if row["source"] == "claims_469005"}
    standing = [row for row in true if row not in false]
    assert len(standing) == 31
    assert [decoys.get(row) for row in standing if true[row] not in persons] == ["F02"]
    # Those on no roster: invented, impersonating or never admitted.
    strangers = Counter(false[row] for row in true if row in false and true[row] not in persons)
    assert strangers == Counter(code for code in OUTSIDERS if code != "F02")
    (unlisted,) = _of(out, "F02", "decoys")
    assert id_status(clean_id(unlisted["身份证号码"]), AS_OF) is IdStatus.VALID
    assert to_id18(unlisted["身份证号码"]) not in roster


def test_the_roster_shows_who_is_gone(out: Path) -> None:
    roster = {to_id18(row["公民身份号码"]): row for row in _rosters(out)}
    for code, label, words in (
        ("F04", "死亡", "去世"),
        ("F05", "开除", "开除"),
        ("F08", "已转出", "转出"),
        ("F07", "停止党籍", ""),
    ):
        table = "decoys" if code == "F07" else "false_entries"
        for claim in _of(out, code, table):
            row = roster[to_id18(claim["身份证号码"])]
            assert row["党籍状态"] == label or (words and words in row["备注"])
    applicant = [claim for claim in _of(out, "F01") if claim["人员类别"] == "正式党员"]
    assert [roster[claim["身份证号码"]]["人员类别"] for claim in applicant] == ["入党积极分子"]


def test_second_rows_come_after_the_first(out: Path) -> None:
    claims, false = _claims(out), _coded(out, "false_entries")
    for number in (row for row, code in false.items() if code == "F03"):
        phone = parse_phones(claims[number]["联系电话"])[:1]
        same = [row for row, claim in claims.items() if parse_phones(claim["联系电话"])[:1] == phone]
        assert len(same) == 2
        assert max(same) == number


def test_numbers_and_names_that_contradict(out: Path) -> None:
    (bad,) = _of(out, "F09")
    assert id_status(clean_id(bad["身份证号码"]), AS_OF) is IdStatus.CHECKSUM
    roster = {to_id18(row["公民身份号码"]): row for row in _rosters(out)}
    (impostor,) = _of(out, "F11")
    victim = roster[impostor["身份证号码"]]
    assert not set(clean_name(impostor["姓名"]) or "") <= set(victim["姓名"])
    assert (sex_of(impostor["身份证号码"]), birth_of(impostor["身份证号码"])) != (
        impostor["性别"],
        impostor["出生日期"],
    )
    assert sex_of(impostor["身份证号码"]) == victim["性别"]
    (mismatch,) = _of(out, "F12")
    assert id_status(mismatch["身份证号码"], AS_OF) is IdStatus.VALID
    assert sex_of(mismatch["身份证号码"]) != mismatch["性别"]
    assert birth_of(mismatch["身份证号码"]) != parse_partial_date(mismatch["出生日期"])
    for claim in _of(out, "F13"):
        namesakes = [r for r in roster.values() if (r["姓名"], r["所在党支部"]) == (claim["姓名"], claim["所在党支部"])]
        assert namesakes
        for row in namesakes:
            numbers = (claim["身份证号码"], row["公民身份号码"])
            assert {id_status(number, AS_OF) for number in numbers} == {IdStatus.VALID}
            assert birth_of(numbers[0]) != birth_of(numbers[1])


def test_employers(out: Path) -> None:
    register = _register(out / "registration/enterprises-469005.csv")
    by_number = {row[key]: row for row in register for key in ("注册号", "统一社会信用代码") if row[key]}
    (unknown,) = _of(out, "F14")
    assert unknown["注册号/信用代码"] not in by_number
    assert unknown["工作单位"] not in {row["企业名称"] for row in register}
    for claim in (*_of(out, "F15"), *_of(out, "F15", "decoys")):
        entity = by_number[claim["注册号/信用代码"]]
        assert entity["登记状态"] in ("注销", "吊销,已注销")
        assert entity["注销/吊销日期"] < claim["登记日期"]
    state = {claim["注册号/信用代码"]: claim["工作单位"] for claim in _of(out, "F17")}
    assert sorted(bool(number) for number in state) == [False, True]
    assert [by_number[number]["类型代码"] for number in state if number] == ["3200"]
    assert state[""].endswith("中心学校")


def test_too_young_and_the_ruined_number(out: Path) -> None:
    (young,) = _of(out, "F19")
    joined = date.fromisoformat(str(parse_partial_date(young["入党时间"])))
    assert joined < add_months(date.fromisoformat(young["出生日期"]), 18 * 12)
    (ruined,) = _of(out, "F10", "decoys")
    assert 4.699e17 < float(ruined["身份证号码"]) < 4.7e17

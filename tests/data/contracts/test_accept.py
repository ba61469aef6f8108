"""Rows under a contract: what is accepted, what is rejected, what is remarked on, and the identity of a row."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.contracts.accept import accept
from data.contracts.feeds import CONTRACTS
from data.contracts.tables import REJECTED_ROWS
from data.errors import SourceFileError
from data.model import FeedKind, IdStatus
from tests.data.sources.builders import AS_OF, HEADER, KEY, Cell, person, read, spec_of, take, write_csv, write_xlsx


def test_a_roster_as_offices_deliver_it(tmp_path: Path) -> None:
    rows = [
        ["龙楼镇党员花名册"],
        [*HEADER, "宗教信仰"],
        [*person(1, "陳志強", 备注="已转出"), "无"],
        person(2, "李\u3000丽", 460022190001010010.0, 出生日期="1985.7"),
        [*person(3, "符□", "460022190001010011", 出生日期="不清"), "x"],
        person(4, "同上"),
        ["合计", "4人"],
    ]
    accepted = take(write_xlsx(tmp_path / "r.xlsx", {"花名册": rows}))
    frame = accepted.rows
    assert frame["name"].tolist() == ["陳志強", "李丽", "符□"]
    assert frame["id_no"].tolist() == ["460022190001010010", "460022190001010***", "460022190001010011"]
    assert frame["id_status"].tolist() == ["valid", "precision_loss", "checksum"]
    assert frame["birth"].tolist() == ["1900-01-01", "1985-07", None]
    assert frame["remark"].tolist() == ["已转出", None, None]
    assert frame["township"].tolist() == ["龙楼镇"] * 3
    assert frame["area"].tolist() == ["469005"] * 3
    assert frame["source_row"].tolist() == [3, 4, 5]
    assert accepted.rejected[["source_row", "field", "reason_code"]].to_numpy().tolist() == [
        [6, "name", "E401_MISSING_VALUE"]
    ]
    assert accepted.notes[["source_row", "field", "reason_code"]].to_numpy().tolist() == [
        [4, "id_no", "W301_ID_PRECISION_LOSS"],
        [5, "id_no", "W302_ID_INVALID"],
        [5, "birth", "W304_DATE_UNREADABLE"],
    ]
    assert accepted.n_unknown_columns == {"宗教信仰": 2}
    assert accepted.n_by_reason == {
        "E401_MISSING_VALUE": 1,
        "W301_ID_PRECISION_LOSS": 1,
        "W302_ID_INVALID": 1,
        "W304_DATE_UNREADABLE": 1,
    }
    assert {kind: n for kind, n in accepted.n_dropped.items() if n} == {"trailer": 1}
    assert accepted.n_read == 5
    REJECTED_ROWS.validate(accepted.rejected)
    REJECTED_ROWS.validate(accepted.notes)


def test_a_column_outside_the_contract_goes_no_further(tmp_path: Path) -> None:
    rows = [["姓名", "性别", "民族", "出资人思想状况", None], ["王明", "男", "黎族", "良好", "无题"]]
    accepted = take(write_csv(tmp_path / "r.csv", rows))
    assert accepted.n_unknown_columns == {"(5)": 1, "出资人思想状况": 1, "民族": 1}
    assert not accepted.rows.isin(["黎族", "良好", "无题"]).any().any()


def test_no_message_holds_a_value(tmp_path: Path) -> None:
    rows = [
        HEADER,
        *(person(n, f"符海{n}", f"46002219000101{n:04d}9", 出生日期="某年") for n in range(3)),
        person(9, "-"),
    ]
    accepted = take(write_csv(tmp_path / "r.csv", rows))
    told = " ".join([*accepted.rejected["message"], *accepted.notes["message"]])
    assert told
    assert not re.search(r"\d{6}|符海|某年", told)


def test_null_is_none_and_the_frame_has_every_column(tmp_path: Path) -> None:
    frame = take(write_csv(tmp_path / "r.csv", [["姓名", "备注"], ["王明", ""]])).rows
    assert {"unique_id", "source", "source_file", "source_sheet", "source_row", "dues_to", "id_status", "area"} <= set(
        frame
    )
    row = frame.iloc[0].drop(["unique_id", "source", "source_file", "source_sheet", "source_row"])
    assert {value for value in row if value is not None} == {"王明", IdStatus.MISSING.value, "469005"}


def test_sheets_with_different_columns_leave_none_and_never_nan(tmp_path: Path) -> None:
    sheets = {"甲": [["姓名", "备注"], ["王明", "x"]], "乙": [["姓名", "性别"], ["李丽", "女"]]}
    frame = take(write_xlsx(tmp_path / "r.xlsx", sheets)).rows
    assert frame[["sex", "remark", "birth"]].to_numpy().tolist() == [[None, "x", None], ["女", None, None]]


def test_the_township_comes_from_the_row_then_the_title_then_the_sheet_then_the_file(tmp_path: Path) -> None:
    header, row = ["姓名", "乡镇"], ["王明", None]
    titled = {"东郊镇": [["文教镇党员花名册"], header, row, ["李丽", "铺前"]], "锦山镇": [header, row]}
    assert take(write_xlsx(tmp_path / "r.xlsx", titled)).rows["township"].tolist() == ["文教镇", "铺前镇", "锦山镇"]
    assert take(write_csv(tmp_path / "冯坡镇.csv", [header, row])).rows["township"].tolist() == ["冯坡镇"]
    assert take(write_csv(tmp_path / "龙江镇.csv", [header, row])).rows["township"].tolist() == [None]


def test_columns_of_one_meaning_fill_each_others_blanks(tmp_path: Path) -> None:
    rows = [["姓名", "联系电话", "手机号码"], ["王明", "13700001234", None], ["李丽", "13700001234", "13900001234"]]
    accepted = take(write_csv(tmp_path / "r.csv", rows))
    assert accepted.rows["mobile"].tolist() == ["13700001234", "13900001234"]
    assert accepted.notes["reason_code"].tolist() == ["W201_COLUMNS_JOINED"]


def test_the_note_beside_a_name_joins_the_remark(tmp_path: Path) -> None:
    rows = [
        HEADER,
        person(1, "陈小虹(已故)", 备注="困难户"),
        person(2, "2.王海（预备）"),
        person(3, "1.李丽", 备注="x"),
        person(4, "符海"),
    ]
    accepted = take(write_csv(tmp_path / "r.csv", rows))
    assert accepted.rows["name"].tolist() == ["陈小虹", "王海", "李丽", "符海"]
    assert accepted.rows["remark"].tolist() == ["困难户；已故", "预备", "x", None]
    assert accepted.notes[["source_row", "reason_code"]].to_numpy().tolist() == [
        [row, "W310_NAME_NOTE"] for row in (2, 3, 4)
    ]


def test_a_contract_without_a_remark_still_gets_the_name_alone(tmp_path: Path) -> None:
    rows = [["姓名", "日期", "类型"], ["王海(女)", "2016.1.2", "党课"]]
    accepted = take(write_csv(tmp_path / "o.csv", rows), FeedKind.ORG_LIFE)
    assert accepted.rows["name"].tolist() == ["王海"]
    assert accepted.notes["reason_code"].tolist() == ["W310_NAME_NOTE"]


def test_a_landline_among_mobiles_moves_to_the_empty_column_of_landlines(tmp_path: Path) -> None:
    rows = [
        ["姓名", "手机号码", "固定电话"],
        ["王明", "0898-63330000", None],
        ["李丽", "0898-63330000", "0898-63331111"],
        ["符海", "13900001234/63332222", None],
        ["陈山", "13900001234", None],
    ]
    accepted = take(write_csv(tmp_path / "r.csv", rows))
    assert accepted.rows["mobile"].tolist() == [None, None, "13900001234", "13900001234"]
    assert accepted.rows["tel"].tolist() == ["0898-63330000", "0898-63331111", "63332222", None]
    assert accepted.notes["reason_code"].tolist() == ["W311_LANDLINE"] * 2


def test_invisible_characters_are_noted_once_a_table(tmp_path: Path) -> None:
    accepted = take(write_csv(tmp_path / "r.csv", [HEADER, person(1, "王\x00明"), person(2, "李\u200b丽")]))
    assert accepted.rows["name"].tolist() == ["王明", "李丽"]
    (note,) = accepted.notes[["source_row", "reason_code"]].to_numpy().tolist()
    assert note == [1, "W102_INVISIBLE_REMOVED"]


def test_a_serial_number_is_a_day_in_a_text_file_only(tmp_path: Path) -> None:
    rows = [["姓名", "出生日期"], ["王明", "31229"]]
    assert take(write_csv(tmp_path / "r.csv", rows)).rows["birth"].tolist() == ["1985-07-01"]
    assert take(write_xlsx(tmp_path / "r.xlsx", {"甲": rows})).rows["birth"].tolist() == [None]


def test_an_override_names_a_column_the_synonyms_do_not_know(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "r.csv", [["同志", "性别", "备注"], ["王明", "男", "x"]])
    assert take(path, columns={"name": "同 志"}).rows["name"].tolist() == ["王明"]


@pytest.mark.parametrize(("n_bad", "is_refused"), [(5, False), (6, True)])
def test_a_file_of_which_more_than_half_is_rejected_stops(tmp_path: Path, n_bad: int, is_refused: bool) -> None:
    rows = [HEADER, *(person(n, "王明" if n >= n_bad else "—") for n in range(10))]
    path = write_csv(tmp_path / "r.csv", rows)
    if is_refused:
        with pytest.raises(SourceFileError, match=r"E402_TOO_MANY_REJECTED.*10 行中有 6 行"):
            take(path)
    else:
        assert len(take(path).rejected) == n_bad


def test_a_row_with_two_reasons_is_rejected_once(tmp_path: Path) -> None:
    rows = [["姓名", "日期", "类型"], ["王明", "2016.1.2", "党课"], ["—", "不清", "党课"]]
    accepted = take(write_csv(tmp_path / "o.csv", rows), FeedKind.ORG_LIFE)
    assert accepted.rejected["field"].tolist() == ["name", "held_on"]
    assert accepted.n_rejected == 1
    assert accepted.n_read == len(accepted.rows) + 1


@pytest.mark.parametrize(
    ("code_system", "body", "answer"),
    [("text", "党支部", "否"), ("zhejiang", "1", "0"), ("national", "3", "2")],
)
def test_two_code_systems_of_one_block_give_one_table(tmp_path: Path, code_system: str, body: str, answer: str) -> None:
    rows = [["注册号", "年度", "PARINS", "RESPARMSIGN", "NUMPARM"], ["469005600012344", "2015", body, answer, "3"]]
    path = write_csv(tmp_path / "a.csv", rows)
    frame = take(path, FeedKind.ANNUAL_REPORTS, code_system=code_system).rows
    columns = ["report_year", "party_body", "representative_is_member", "n_party_members"]
    assert frame[columns].to_numpy().tolist() == [["2015", "branch", "no", "3"]]


_ROWS = [HEADER, *(person(n, name) for n, name in enumerate(["王明", "李丽", "王明", "王明", "符海"]))]


def _without_numbers(rows: list[list[Cell]]) -> list[list[Cell]]:
    return [row[1:] for row in rows]


def test_a_row_is_the_same_in_another_file_sheet_order_and_form(tmp_path: Path) -> None:
    rows = _without_numbers(_ROWS)
    first = take(write_csv(tmp_path / "a.csv", rows)).rows
    again = take(write_csv(tmp_path / "b.csv", [["标题"], rows[0], *rows[:0:-1]], "gb18030")).rows
    sheets = {"东郊镇": [rows[0], *rows[3:]], "文教镇": rows[:3]}
    other = take(write_xlsx(tmp_path / "c.xlsx", sheets)).rows
    expected = sorted(zip(first["name"], first["unique_id"], strict=True))
    assert len(set(first["unique_id"])) == 5
    assert sorted(zip(again["name"], again["unique_id"], strict=True)) == expected
    assert sorted(zip(other["name"], other["unique_id"], strict=True)) == expected


def test_another_value_or_another_source_is_another_row(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADER, person(1)])
    changed = write_csv(tmp_path / "b.csv", [HEADER, person(1, 备注="x")])
    assert take(path).rows["unique_id"].tolist() != take(changed).rows["unique_id"].tolist()
    renamed = [replace(table, source="other") for table in read(path)]
    other = accept(renamed, CONTRACTS[FeedKind.MEMBER_ROSTER], spec_of(path.name), KEY, AS_OF)
    assert take(path).rows["unique_id"].tolist() != other.rows["unique_id"].tolist()


_TEXT = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["姓名", "合计", "无", "460022190001010010", "4.6E+17", "1985.1", "=1+1", '"', "'", "\u200b", "１２"]
    ),
    st.from_regex(r"[1-9][0-9]{14,17}X?", fullmatch=True),
)
_FILES = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_FILES
@given(rows=st.lists(st.lists(_TEXT, min_size=8, max_size=8), min_size=1, max_size=8))
def test_any_text_in_any_cell_is_read_counted_and_never_made_into_a_number(
    tmp_path: Path, rows: list[list[str]]
) -> None:
    # Control characters cannot stand in XML, and an odd sheet must still hold one record.
    cells = [["".join(c for c in text if unicodedata.category(c) != "Cc") for text in row] for row in rows]
    sheet: list[list[Cell]] = [HEADER, *[list(row) for row in cells], person(1)]
    accepted = take(write_xlsx(tmp_path / "r.xlsx", {"甲": sheet}))
    assert accepted.n_read == len(sheet) - 1
    assert accepted.n_read == len(accepted.rows) + accepted.n_rejected + sum(accepted.n_dropped.values())
    _no_invented_numbers(accepted.rows, sheet)


@_FILES
@given(
    rows=st.lists(st.lists(_TEXT.filter(lambda text: not set(text) & set("\x00,")), min_size=8, max_size=8), max_size=8)
)
def test_any_text_in_a_text_file_too(tmp_path: Path, rows: list[list[str]]) -> None:
    sheet: list[list[Cell]] = [HEADER, *[list(row) for row in rows], person(1)]
    accepted = take(write_csv(tmp_path / "r.csv", sheet, "gb18030"))
    assert accepted.n_read == len(sheet) - 1
    assert accepted.n_read == len(accepted.rows) + accepted.n_rejected + sum(accepted.n_dropped.values())
    _no_invented_numbers(accepted.rows, sheet)


def _no_invented_numbers(frame: pd.DataFrame, sheet: list[list[Cell]]) -> None:
    for row, number in zip(frame["source_row"], frame["id_no"], strict=True):
        written = re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", str(sheet[row - 1][3])).upper())
        digits = re.match(r"[0-9]*", number or "")
        assert digits is not None
        assert digits[0] in written


@_FILES
# Fifteen digits a spreadsheet keeps whole; from sixteen on some are lost.
@given(numbers=st.lists(st.floats(1e15, 1e300) | st.floats(-1e300, -1e15), min_size=1, max_size=6))
def test_a_number_in_the_identity_column_is_a_precision_loss_and_nothing_else(
    tmp_path: Path, numbers: list[float]
) -> None:
    sheet = [HEADER, *(person(n, id_no=number) for n, number in enumerate(numbers))]
    frame = take(write_xlsx(tmp_path / "r.xlsx", {"甲": sheet})).rows
    assert set(frame["id_status"]) == {IdStatus.PRECISION_LOSS.value}
    assert frame["id_no"].map(lambda left: left is None or left.endswith("***")).all()

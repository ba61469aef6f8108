"""Each kind of difference between two nights, by hand; two equal nights have none, and both files say so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from reports.differences import COLUMNS, KINDS, Night, differences, tally
from reports.differences_files import TITLE, write_differences, write_differences_book

DAY = date(2016, 6, 16)


def _night(links: Mapping[str, str], classes: Mapping[str, str] | None = None, findings: tuple[str, ...] = ()) -> Night:
    classes = classes if classes is not None else dict.fromkeys(links.values(), "normal")
    place = {"area": "469905", "township": "龙楼镇", "branch": "第一支部"}
    rows = [{"person_id": person, "primary_class": name, **place} for person, name in classes.items()]
    found = [{"finding_id": name, "rule_code": "F04", "unique_id": "a", "person_id": "P1"} for name in findings]
    return Night(
        pd.DataFrame({"unique_id": list(links), "person_id": list(links.values())}, dtype=object),
        pd.DataFrame(rows, columns=["person_id", "primary_class", *place], dtype=object),
        pd.DataFrame(found, columns=["finding_id", "rule_code", "unique_id", "person_id"], dtype=object),
    )


CASES = {
    "new": ({"a": "P1"}, {"a": "P1", "b": "P2"}, ("P2", None)),
    "gone": ({"a": "P1", "b": "P2"}, {"a": "P1"}, ("P2", None)),
    "merged": ({"a": "P1", "b": "P2"}, {"a": "P1", "b": "P1"}, ("P2", "P1")),
    "split": ({"a": "P1", "b": "P1"}, {"a": "P1", "b": "P2"}, ("P2", "P1")),
    "moved": ({"a": "P1", "b": "P1", "c": "P2"}, {"a": "P1", "b": "P2", "c": "P2"}, ("P2", "P1")),
}


@pytest.mark.parametrize("kind", CASES)
def test_persons_and_records(kind: str) -> None:
    was, now, wanted = CASES[kind]
    found = differences(_night(was), _night(now))
    assert found[["kind", "person_id", "other_person_id"]].to_numpy().tolist() == [[kind, *wanted]]
    assert found["township"].tolist() == ["龙楼镇"]
    assert found["unique_id"].tolist() == ["b" if kind == "moved" else None]


def test_classes_and_findings() -> None:
    was = _night({"a": "P1"}, {"P1": "lost"}, ("f1", "f2"))
    now = _night({"a": "P1"}, {"P1": "normal"}, ("f2", "f3"))
    found = differences(was, now).set_index("kind")
    assert (found.loc["class_changed", "class_was"], found.loc["class_changed", "class_now"]) == ("lost", "normal")
    assert found.loc["finding_new", "finding_id"] == "f3"
    assert found.loc["finding_gone", "finding_id"] == "f1"
    assert len(found) == 3


def test_the_first_night_has_nothing_to_be_compared_with() -> None:
    found = differences(None, _night({"a": "P1"}))
    assert list(found.columns) == list(COLUMNS)
    assert found.empty
    assert set(tally(found).values()) == {0}


_LINKS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["P1", "P2", "P3"]), min_size=1)


@given(was=_LINKS, now=_LINKS)
def test_every_change_of_a_link_is_told_and_nothing_else(was: dict[str, str], now: dict[str, str]) -> None:
    found = differences(_night(was), _night(now))
    before, after = set(was.values()), set(now.values())
    told = {kind: set(found.loc[found["kind"] == kind, "person_id"]) for kind in KINDS}
    assert told["new"] | told["split"] == after - before
    assert told["gone"] | told["merged"] == before - after
    moved = {row for row in was.keys() & now.keys() if was[row] != now[row] and {was[row], now[row]} <= before & after}
    assert set(found.loc[found["kind"] == "moved", "unique_id"]) == moved
    assert differences(_night(was), _night(was)).empty


def test_nobody_found_hidden_is_named(tmp_path: Path) -> None:
    found = differences(_night({"a": "P1", "b": "P2"}), _night({"a": "P1", "b": "P2"}, {"P1": "hidden", "P2": "lost"}))
    names = pd.Series({"P1": "王小明", "P2": "李卫"}, dtype=object)
    write_differences_book(tmp_path, found, names, DAY, "文昌市")
    book = CalamineWorkbook.from_path(str(tmp_path / f"{TITLE}.xlsx"))
    rows = book.get_sheet_by_name("类别变动").to_python()[3:]
    assert [row[1:3] for row in rows] == [["", "P1"], ["李卫", "P2"]]


def test_the_files_are_the_same_bytes_whenever_they_are_written(tmp_path: Path) -> None:
    found = differences(_night(CASES["moved"][0]), _night(CASES["moved"][1]))
    names = pd.Series({"P2": "王小明"}, dtype=object)
    for folder in ("one", "two"):
        write_differences_book(tmp_path / folder, found, names, DAY, "文昌市")
        write_differences(tmp_path / folder, found)
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two
    lines = one["differences.csv"].decode().splitlines()
    assert lines == [",".join(COLUMNS), "moved,P2,P1,b,,,,,469905,龙楼镇,第一支部"]
    book = CalamineWorkbook.from_path(str(tmp_path / "one" / f"{TITLE}.xlsx"))
    assert book.sheet_names == ["汇总", "记录改归他人"]
    rows = book.get_sheet_by_name("记录改归他人").to_python()
    assert rows[3][1:5] == ["王小明", "P2", "P1", "b"]
    counts = {row[0]: row[1] for row in book.get_sheet_by_name("汇总").to_python()[3:]}
    assert counts == {title: float(kind == "moved") for kind, title in KINDS.items()}

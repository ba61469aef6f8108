"""Cells of one row against each other, told where the row stands."""

from __future__ import annotations

from pathlib import Path

from tests.data.sources.builders import HEADER, Cell, person, take, write_xlsx


def test_contradictions_are_told_of_the_row_of_the_sheet(tmp_path: Path) -> None:
    """The rejected row in front must not shift the row that is named."""
    rows: list[list[Cell]] = [
        [*HEADER],
        person(1, "同上"),
        person(2, "王明", "460022190001010010", 性别="女"),
        person(3, "李丽", "460022190001010010", 性别="男"),
    ]
    accepted = take(write_xlsx(tmp_path / "r.xlsx", {"花名册": rows}))
    assert accepted.rows["source_row"].tolist() == [3, 4]
    against = accepted.notes[accepted.notes["reason_code"] == "W410_SEX_AGAINST_ID"]
    assert against[["source_sheet", "source_row", "field"]].to_numpy().tolist() == [["花名册", 3, "sex"]]
    assert "性别" in against["message"].iloc[0]


def test_a_rejected_row_contradicts_nothing(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [[*HEADER], person(1, "同上", 性别="女", 出生日期="2030-01-01"), person(2)]
    accepted = take(write_xlsx(tmp_path / "r.xlsx", {"花名册": rows}))
    assert accepted.notes.loc[accepted.notes["source_row"] == 2, "reason_code"].tolist() == []
    assert accepted.n_rejected == 1

"""The public door: refusals, the same bytes twice, the layout, and truth that points at real cells."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from data.errors import ConfigError
from data.model import FeedKind
from data.sources.spec import load_sources
from data.synthetic.errors import KINDS, STRUCTURAL
from data.synthetic.generate import generate
from tests.data.synthetic.conftest import SCALE, ReadRow, Row, read_table


def _files(folder: Path) -> list[Path]:
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def _all_cells(folder: Path) -> Iterable[str]:
    """Every cell of every file but truth, as text."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".csv" and "truth" not in path.parts:
            try:
                yield from re.split(r"[,\r\n]", path.read_text("utf-8-sig"))
            except UnicodeDecodeError:
                yield from re.split(r"[,\r\n]", path.read_text("gb18030"))
        elif path.suffix == ".xlsx":
            book = CalamineWorkbook.from_path(str(path))
            for name in book.sheet_names:
                for row in book.get_sheet_by_name(name).to_python():
                    yield from (f"{cell:.0f}" if isinstance(cell, float) else str(cell) for cell in row)


@pytest.mark.parametrize(
    ("area", "options"),
    [
        ("469099", {}),
        ("", {}),
        ("46", {"scale": 0.0}),
        ("469005", {"scale": -1.0}),
        ("469005", {"scale": 2.5}),
        ("469005", {"seed": -1}),
        ("469005", {"scale": float("nan")}),
    ],
)
def test_refusals_write_nothing(tmp_path: Path, area: str, options: dict[str, float]) -> None:
    with pytest.raises(ConfigError):
        generate(area, tmp_path / "out", **options)  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists()


def test_a_folder_in_use_and_a_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("keep")
    (tmp_path / "file").write_text("keep")
    for out in (tmp_path / "full", tmp_path / "file"):
        with pytest.raises(ConfigError, match=out.name):
            generate("469005", out, scale=0.02)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "full", "mine.txt"]


def test_the_same_arguments_give_the_same_bytes_and_another_seed_others(small: Path, tmp_path: Path) -> None:
    generate("469005", tmp_path / "again", seed=7, scale=SCALE)
    generate("469005", tmp_path / "other", seed=8, scale=SCALE)
    files = sorted(path.relative_to(small) for path in small.rglob("*") if path.is_file())
    assert files == sorted(
        path.relative_to(tmp_path / "again") for path in (tmp_path / "again").rglob("*") if path.is_file()
    )
    assert all((small / file).read_bytes() == (tmp_path / "again" / file).read_bytes() for file in files)
    persons = "registration/persons-469005.csv"
    assert (small / persons).read_bytes() != (tmp_path / "other" / persons).read_bytes()


@pytest.mark.slow
def test_a_county_is_the_same_alone_and_inside_the_province(small: Path, tmp_path: Path) -> None:
    generate("46", tmp_path / "province", seed=7, scale=0.002)
    generate("469005", tmp_path / "alone", seed=7, scale=0.002)
    inside = tmp_path / "province" / "469005"
    files = _files(inside)
    assert len(files) > 20
    assert all((inside / file).read_bytes() == (tmp_path / "alone" / file).read_bytes() for file in files)
    counties = {
        source.area
        for source in load_sources(tmp_path / "province" / "sources.toml", date(2016, 6, 16)).sources.values()
    }
    assert len(counties) == 19


def test_sources_toml_declares_every_file(small: Path) -> None:
    spec = load_sources(small / "sources.toml", date(2016, 6, 16))
    assert (spec.area, spec.as_of) == ("469005", date(2016, 6, 16))
    assert {source.kind for source in spec.sources.values()} == set(FeedKind)
    declared = {path for source in spec.sources.values() for pattern in source.location for path in small.glob(pattern)}
    delivered = {path for path in small.rglob("*") if path.is_file() and "truth" not in path.parts}
    assert delivered - declared == {small / "sources.toml"}
    assert "synthetic" in (small / "sources.toml").read_text(encoding="utf-8").casefold()


def test_encodings(small: Path) -> None:
    assert (small / "registration/enterprises-469005.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    for file in ("registration/persons-469005.csv", "rosters/市直机关-469005.csv"):
        text = (small / file).read_bytes()
        assert text.decode("gb18030")
        with pytest.raises(UnicodeDecodeError):
            text.decode("utf-8")


def test_every_number_is_beyond_doubt_synthetic(small: Path) -> None:
    ids, mobiles = 0, 0
    for cell in _all_cells(small):
        text = re.sub(r"\s", "", unicodedata.normalize("NFKC", cell))
        for number in re.findall(r"(?<!\d)\d{15}(?:\d{2}[\dXx])?(?![\dXx])", text):
            ids += 1
            assert number.startswith("4699"), number[:6]
        for number in re.findall(r"(?<![\dA-Za-z])1\d{10}(?!\d)", text):
            mobiles += 1
            assert number[:3] in ("142", "143", "154"), number[:3]
    assert ids > 5000
    assert mobiles > 2000


def test_truth_has_one_row_for_every_row_of_a_person_feed(small: Path, truth: dict[str, list[Row]]) -> None:
    persons = truth["persons"]
    keys = {(row["source"], row["source_file"], row["source_sheet"], row["source_row"]) for row in persons}
    assert len(keys) == len(persons)
    with (small / "registration/persons-469005.csv").open(encoding="gb18030", newline="") as file:
        n_register = sum(1 for _ in csv.reader(file)) - 1
    assert sum(row["source"] == "enterprise_persons_469005" for row in persons) == n_register
    assert sum(row["source"] == "claims_469005" for row in persons) == 50


def test_truth_points_at_cells_that_hold_a_person(truth: dict[str, list[Row]], read_row: ReadRow) -> None:
    """Rows without a name error of one person bear one name, whatever the file."""
    names: dict[str, set[str]] = {}
    name_kinds = {kind.name for kind in KINDS if kind.group == "name"}
    for row in truth["persons"]:
        cells = read_row(row["source_file"], row["source_sheet"], int(row["source_row"]))
        assert any(str(cell) in ("男", "女") for cell in cells)
        if not name_kinds & set(row["errors"].split("|")):
            texts = {str(cell) for cell in cells[:3] if re.fullmatch(r"[\u3400-\u9fff]{2,4}", str(cell))} - {"男", "女"}
            names.setdefault(row["true_person"], texts).intersection_update(texts)
    assert len(names) > 1000
    assert all(names.values())


def test_every_other_table_points_at_rows_of_persons(truth: dict[str, list[Row]]) -> None:
    def key(row: Row) -> tuple[str, ...]:
        return row["source"], row["source_file"], row["source_sheet"], row["source_row"]

    known = {key(row) for row in truth["persons"]}
    for table in ("false_entries", "decoys", "employers"):
        assert truth[table]
        assert {key(row) for row in truth[table]} <= known
    assert not {key(row) for row in truth["false_entries"]} & {key(row) for row in truth["decoys"]}
    assert {row["true_person"] for row in truth["classes"]} <= {row["true_person"] for row in truth["persons"]}


def test_every_kind_of_error_occurs(small: Path, tmp_path: Path, truth: dict[str, list[Row]]) -> None:
    generate("469021", tmp_path / "out", seed=2, scale=0.15)
    made = truth["persons"] + read_table(tmp_path / "out" / "truth" / "persons.csv")
    found = {kind for row in made for kind in row["errors"].split("|")}
    assert found == {"", *(kind.name for kind in KINDS), *STRUCTURAL}


def test_the_report_s_other_counties_have_members_who_work_and_hide(tmp_path: Path) -> None:
    summary = generate("469027", tmp_path / "out", seed=2, scale=0.05)
    classes = {row["primary_class"] for row in read_table(tmp_path / "out" / "truth" / "classes.csv")}
    assert classes == {"lost", "pocket", "floating", "hidden", "normal", "unknown"}
    assert summary.n_claims == 0
    assert not (tmp_path / "out" / "claims").exists()


def test_the_summary_counts_what_was_written(tmp_path: Path) -> None:
    summary = generate("469028", tmp_path / "out", scale=0.02)
    for file, n in summary.n_rows.items():
        if file.endswith(".csv"):
            encoding = "gb18030" if "persons-" in file or "市直" in file else "utf-8-sig"
            with (tmp_path / "out" / file).open(encoding=encoding, newline="") as text:
                assert sum(1 for _ in csv.reader(text)) == n + 1
    assert summary.n_rows["truth/classes.csv"] == summary.n_members
    assert summary.n_rows["registration/persons-469028.csv"] == summary.n_persons


def test_another_day_moves_every_clock(tmp_path: Path) -> None:
    generate("469030", tmp_path / "out", scale=0.02, as_of=date(2024, 2, 29))
    assert "as_of = 2024-02-29" in (tmp_path / "out" / "sources.toml").read_text(encoding="utf-8")
    assert (tmp_path / "out" / "annual_reports" / "2023-469030.csv").exists()

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from bench import intake
from bench.intake_contender import FUNCTIONS, answer_path, main
from bench.intake_figures import medians, ratios, table
from bench.intake_files import TEXT, WORKBOOK, make_files
from bench.intake_ours import take

N_WORKBOOK, N_TEXT = 120, 190
READERS = [name for name in FUNCTIONS if name != "polars" or (find_spec("polars") and find_spec("fastexcel"))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("intake")
    make_files(made, N_WORKBOOK, N_TEXT)
    return made


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(("file", "n_rows"), [("workbook", N_WORKBOOK), ("text", N_TEXT)])
def test_every_reader_reads_every_row(name: str, file: str, n_rows: int, folder: Path) -> None:
    main(name, file, folder)
    answer = json.loads(answer_path(folder, name, file).read_text(encoding="utf-8"))
    assert answer["n_rows"] == n_rows
    assert answer["read_s"] > 0


def test_the_files_are_what_offices_deliver_and_nobodys(folder: Path) -> None:
    roster = pd.read_excel(folder / WORKBOOK, dtype=str)
    assert roster.shape == (N_WORKBOOK, 15)
    assert roster["公民身份号码"].str.fullmatch(r"4699\d{13}[\dX]").all()
    persons = pd.read_csv(folder / TEXT, encoding="gb18030", dtype=str)
    assert persons["身份证号"].str.startswith("4699").all()
    assert persons["身份证号"].is_unique
    with pytest.raises(UnicodeDecodeError):
        (folder / TEXT).read_bytes().decode("utf-8")
    assert take(folder, "text") == N_TEXT


def test_options_have_the_documented_defaults() -> None:
    options = intake.parse([])
    assert (options.rows_workbook, options.rows_text, options.rounds, options.json) == (500_000, 1_300_000, 3, None)


@pytest.mark.parametrize(
    "wrong", [["--rounds", "0"], ["--rows-text", "99"], ["--rows-workbook", "1048576"], ["--rows-workbook", "x"]]
)
def test_options_that_make_no_sense_are_refused(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        intake.parse(wrong)
    assert stop.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_polars_runs_only_with_its_reader_of_workbooks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "find_spec", lambda name: object() if name == "polars" else None)
    assert intake.contenders() == ["ours", "ours+accept", "pandas"]
    monkeypatch.setattr(intake, "find_spec", lambda name: object())
    assert intake.contenders()[-1] == "polars"


def _figures(seconds: float, peak: float) -> dict[str, Any]:
    cost = {"wall_s": seconds + 1, "cpu_s": seconds, "peak_mb": peak}
    return {**cost, "read_s": seconds, "n_rows": 100, "rows_per_s": 100 / seconds}


ROUNDS = [
    {"ours": _figures(2.0, 300.0), "pandas": _figures(4.0, 600.0)},
    {"ours": _figures(3.0, 300.0), "pandas": _figures(2.0, 300.0)},
    {"ours": _figures(9.0, 300.0), "pandas": _figures(9.0, 100.0)},
]


def test_ratios_are_of_one_round_not_of_the_medians() -> None:
    assert ratios(ROUNDS) == {
        "ours": {
            "read": {"min": 0.5, "median": 1.0, "max": 1.5},
            "cpu": {"min": 0.5, "median": 1.0, "max": 1.5},
            "peak": {"min": 0.5, "median": 1.0, "max": 3.0},
        }
    }
    assert medians(ROUNDS)["ours"]["read_s"] == 3.0
    assert medians(ROUNDS)["pandas"]["peak_mb"] == 300.0


def test_the_table_shows_every_reader_and_every_ratio() -> None:
    measured = {"size_mb": 47.0, **medians(ROUNDS), "ratio": ratios(ROUNDS), "rounds": ROUNDS}
    machine = {"n_cores": 2, "memory_gb": 24.0, "python": "3.11", "load_before": 0.1, "load_after": 0.2}
    document = {"machine": machine, "contenders": ["ours", "pandas"], "n_rounds": 3, "workbook": measured}
    lines = table(document, ["workbook"]).splitlines()
    assert "3 rounds" in lines[0]
    assert lines[2].startswith("workbook (47 MB)")
    assert "1.00 (0.50-3.00)" in lines[3]
    assert [line.split()[0] for line in lines[3:]] == ["ours", "pandas"]

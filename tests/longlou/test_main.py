"""The command line as its users meet it: exit codes, one JSON document, messages, nothing written when refused."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

from longlou.main import run
from tests.county import tables_of

pytestmark = pytest.mark.usefixtures("no_engine")


@pytest.fixture
def copied(county: Path, tmp_path: Path) -> Path:
    """A county that a test may spoil."""
    folder = tmp_path / "sources"
    shutil.copytree(county, folder)
    return folder


def _a_roster(folder: Path) -> Path:
    return sorted((folder / "rosters").glob("*.xlsx"))[0]


def test_generate_reconcile_evaluate(county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert run(["--quiet", "reconcile", "--sources", str(county / "sources.toml"), "--out", str(out), "--json"]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert summary["area"] == "469005"
    assert summary["as_of"] == "2016-06-16"
    assert set(summary["classes"]) == {"small_enterprise", "household_business", "market", "elsewhere"}
    assert {path.name for path in out.iterdir()} >= {
        "links.csv",
        "pairs.csv",
        "classifications.csv",
        "findings.csv",
        "rejected_rows.csv",
        "review_queue.csv",
        "summary.json",
        "党员信息台账.xlsx",
        "发展党员台账.xlsx",
        "党组织工作台账.xlsx",
    }
    assert run(["evaluate", "--run", str(out), "--truth", str(county / "truth"), "--json"]) == 0
    measured = json.loads(capsys.readouterr().out)
    assert set(measured) >= {"links", "bcubed", "blocking", "classes", "false_entries", "strata"}
    assert measured["links"]["f1"] > 0.95
    assert measured["false_entries"]["n_decoys_struck"] == 0
    assert measured["false_entries"]["precision"] == 1.0


def test_verify_takes_many_rosters_after_one_option(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claims = next((county / "claims").glob("*.xlsx"))
    rosters = [str(path) for path in sorted((county / "rosters").iterdir())]
    call = ["verify", str(claims), "--against", *rosters, "--out", str(tmp_path / "check"), "--json"]
    assert run(call) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["n_claims"], document["n_false"]) == (50, 19)
    assert document["n_confirmed"] + document["n_review"] == 31
    assert sum(document["reasons"].values()) == 19
    assert set(document["claims"][0]) == {"source_row", "verdict", "reason_code", "evidence_grade", "message"}
    assert (tmp_path / "check" / "核查结果.xlsx").is_file()


def test_same_input_gives_the_same_bytes(county: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        sources = str(county / "sources.toml")
        assert run(["--quiet", "reconcile", "--sources", sources, "--out", str(tmp_path / name)]) == 0
    one, two = tables_of(tmp_path / "one"), tables_of(tmp_path / "two")
    assert set(one) == set(two)
    assert [name for name in one if one[name] != two[name]] == ["summary.json"]


def test_an_unchanged_night_is_not_run_again(county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["--quiet", "reconcile", "--sources", str(county / "sources.toml"), "--out", str(tmp_path / "out"), "--json"]
    documents = []
    for more in ([], [], ["--full"]):
        assert run([*call, *more]) == 0
        documents.append(json.loads(capsys.readouterr().out))
    assert documents[0]["run_id"] == documents[1]["run_id"] != documents[2]["run_id"]


def test_rows_in_another_order_give_the_same_persons(copied: Path, tmp_path: Path) -> None:
    assert run(["--quiet", "reconcile", "--sources", str(copied / "sources.toml"), "--out", str(tmp_path / "one")]) == 0
    persons = next((copied / "registration").glob("persons-*.csv"))
    header, *lines = persons.read_bytes().splitlines(keepends=True)
    persons.write_bytes(header + b"".join(reversed(lines)))
    roster = _a_roster(copied)
    roster.rename(roster.with_name("0-另一个文件名.xlsx"))
    assert run(["--quiet", "reconcile", "--sources", str(copied / "sources.toml"), "--out", str(tmp_path / "two")]) == 0
    one, two = tables_of(tmp_path / "one"), tables_of(tmp_path / "two")
    for name in ("pairs.csv", "classifications.csv"):
        assert one[name] == two[name], name


def _spoil_missing(folder: Path) -> None:
    shutil.rmtree(folder / "organizations")


def _spoil_header(folder: Path) -> None:
    path = next((folder / "registration").glob("persons-*.csv"))
    lines = path.read_text(encoding="gb18030").splitlines()
    path.write_text("\n".join(["甲,乙,丙", *lines[1:]]), encoding="gb18030")


def _spoil_empty(folder: Path) -> None:
    with xlsxwriter.Workbook(_a_roster(folder)) as book:
        book.add_worksheet("空表")


def _spoil_corrupt(folder: Path) -> None:
    path = _a_roster(folder)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _spoil_encoding(folder: Path) -> None:
    path = next((folder / "rosters").glob("*.csv"))
    path.write_bytes(path.read_bytes() + b"\xff\xff\n")


def _spoil_manifest(folder: Path) -> None:
    path = folder / "sources.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if not line.startswith("legal_basis")), encoding="utf-8")


def _spoil_retention(folder: Path) -> None:
    path = folder / "sources.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("2099-12-31", "2016-12-31"), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_spoil_missing, ("organizations", "没有找到文件")),
        (_spoil_header, ("persons-469005.csv", "表头")),
        (_spoil_empty, (".xlsx",)),
        (_spoil_corrupt, (".xlsx", "损坏")),
        (_spoil_encoding, ("市直机关", "编码")),
        (_spoil_manifest, ("legal_basis",)),
        (_spoil_retention, ("2016-12-31",)),
    ],
)
def test_refused_input_names_the_place_and_leaves_nothing(
    spoil: object, words: tuple[str, ...], copied: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(spoil)
    spoil(copied)
    out = tmp_path / "out"
    assert run(["--quiet", "reconcile", "--sources", str(copied / "sources.toml"), "--out", str(out)]) == 3
    told = capsys.readouterr().err
    assert not out.exists()
    for word in words:
        assert word in told, told


@pytest.mark.parametrize(
    "call",
    [
        ["reconcile"],
        ["nonsense"],
        ["reconcile", "--sources", "nowhere.toml", "--out", "out"],
        ["generate", "--area", "990000", "--out", "out"],
        ["evaluate", "--run", "nowhere", "--truth", "nowhere"],
        ["--config", "nowhere.toml", "audit", "verify"],
    ],
)
def test_a_call_that_makes_no_sense_is_code_2(call: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(call) == 2
    assert not (tmp_path / "out").exists()


def test_strict_turns_warnings_into_code_4(copied: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = [
        "reconcile",
        "--sources",
        str(copied / "sources.toml"),
        "--out",
        str(tmp_path / "out"),
        "--strict",
        "--json",
    ]
    assert run(["--quiet", *call]) == 4
    assert json.loads(capsys.readouterr().out)["n_warnings"] > 0


def test_another_run_of_the_area_is_code_5(county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from data.settings import load_settings
    from flows.guard import area_lock

    with area_lock(load_settings(), "469005"):
        assert run(["reconcile", "--sources", str(county / "sources.toml"), "--out", str(tmp_path / "out")]) == 5
    assert "469005" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_english_on_demand(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LONGLOU_LANGUAGE", "en")
    assert run(["reconcile", "--sources", str(tmp_path / "no.toml"), "--out", str(tmp_path / "out")]) == 2
    assert "no sources file" in capsys.readouterr().err


def test_intake_check_says_what_is_wrong(county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run(["intake", "check", str(_a_roster(county)), "--source", "member_roster", "--json", "--out", str(tmp_path)])
        == 0
    )
    document = json.loads(capsys.readouterr().out)
    assert document["n_read"] == document["n_accepted"] + document["n_rejected"] + document["n_dropped"]
    assert run(["intake", "check", str(_a_roster(county)), "--source", "annual_reports", "--code-system", "text"]) == 3


def test_audit_of_an_untouched_store_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "verify"]) == 0
    told = capsys.readouterr().out
    assert "完整" in told
    head = told.split("链头")[1].split()[0]
    assert run(["audit", "verify", "--head", head, "--at-least", "0"]) == 0
    assert run(["audit", "verify", "--head", "f" * 64]) == 1
    assert run(["audit", "verify", "--at-least", "1000000"]) == 1


@pytest.mark.slow
def test_demo_runs_twice_and_spares_other_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from functools import partial

    from longlou.commands import demo

    monkeypatch.setattr(demo, "generate_files", partial(demo.generate_files, scale=0.02))
    out = tmp_path / "demo"
    for _ in range(2):
        assert run(["demo", "--out", str(out)]) == 0
        shown = capsys.readouterr().out
        assert "核查前 50 条，建议剔除虚假信息 19 条，核查后 31 条" in shown
        assert "复核清单" in shown
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("x", encoding="utf-8")
    assert run(["demo", "--out", str(other)]) == 2
    assert (other / "mine.txt").exists()


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["link", "--help"], "openpyxl sqlalchemy pandera recordlinkage sklearn prefect"),
        (["intake", "check", "--help"], "recordlinkage sklearn prefect"),
        (["--help"], "recordlinkage sklearn prefect"),
    ],
)
def test_a_command_imports_what_it_needs(arguments: list[str], unwanted: str) -> None:
    """Matching takes a second, the store another half: what does not work with them should not wait for them."""
    told = f"""import sys
from longlou.main import run
print(run({arguments!r}), *sorted(set({unwanted.split()!r}) & set(sys.modules)))"""
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert found.stdout.splitlines()[-1].strip() == "0"

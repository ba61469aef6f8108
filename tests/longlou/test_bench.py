from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from longlou.commands import bench
from longlou.main import run


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have been run."""
    commands: list[list[str]] = []

    def record(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return subprocess.CompletedProcess(command, 1 if "--fails" in command else 0)

    monkeypatch.setattr(subprocess, "run", record)
    return commands


def test_every_benchmark_is_a_module_of_the_checkout() -> None:
    folder = Path(bench.__file__).resolve().parents[2] / "bench"
    assert all((folder / f"{name}.py").is_file() for name in bench.BENCHMARKS)


def test_options_behind_the_name_reach_the_benchmark(asked: list[list[str]]) -> None:
    assert run(["bench", "accuracy", "--seeds", "5", "--tier", "easy", "--json"]) == 0
    assert asked[0][1:] == ["-m", "bench.accuracy", "--json", "--seeds", "5", "--tier", "easy"]


def test_a_benchmark_that_fails_fails_the_command(asked: list[list[str]]) -> None:
    assert run(["bench", "county", "--fails"]) == 1
    assert len(asked) == 1


def test_an_unknown_benchmark_is_named_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bench", "speed"]) == 2
    said = capsys.readouterr().err
    assert all(name in said for name in ("speed", *bench.BENCHMARKS))


def test_an_installed_package_says_that_it_has_no_benchmarks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: list[list[str]]
) -> None:
    monkeypatch.setattr(bench, "_FOLDER", tmp_path / "bench")
    assert run(["bench", "accuracy"]) == 2
    assert "bench" in capsys.readouterr().err
    assert asked == []


def test_generate_makes_the_benchmark(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "benchmark"
    assert run(["generate", "--benchmark", "--out", str(out), "--scale", "0.05", "--seed", "3"]) == 0
    assert str(out / "README.md") in capsys.readouterr().out.replace("\n", "")
    assert (out / "persons" / "hard" / "gold.csv").is_file()
    assert run(["generate", "--benchmark", "--area", "46", "--out", str(tmp_path / "other")]) == 2
    assert run(["generate", "--out", str(tmp_path / "other")]) == 2
    assert "--area" in capsys.readouterr().err
    assert not (tmp_path / "other").exists()


def test_link_takes_the_benchmark_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "benchmark"
    assert run(["-q", "generate", "--benchmark", "--out", str(out), "--scale", "0.1"]) == 0
    persons = out / "persons" / "easy"
    arguments = ["link", "chinese_persons", str(persons / "records.csv"), "--out", str(tmp_path / "pairs.csv")]
    assert run([*arguments, "--truth", str(persons / "gold.csv"), "--json"]) == 0
    assert float(capsys.readouterr().out.split('"f1": ')[1].split(",")[0]) > 0.9

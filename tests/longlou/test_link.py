"""`longlou link` as its users meet it: own specification, own tables, messages and exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from longlou.main import run

SPEC = """
mode = "link"
id_left = "编号"
id_right = "id"

[[columns]]
name = "name"
left = "姓名"
[[columns]]
name = "phone"
left = ["电话", "手机"]
right = "phone"
steps = ["digits"]

[[blocking]]
columns = ["phone"]
[[blocking]]
columns = ["name"]

[[comparisons]]
kind = "name"
column = "name"
title = "姓名"
[[comparisons]]
kind = "mobile"
column = "phone"
title = "手机"
"""
LEFT = "编号,姓名,手机\n1,陈伟,13807650001\n2,王芳,13907650002\n3,李明,\n"
RIGHT = "id,姓名,phone\na,陈偉,138-0765-0001\nb,王方,13907650002\nc,周七,13500000000\n"
DEDUPE = SPEC.replace('"link"', '"dedupe"').replace('id_left = "编号"\nid_right = "id"', 'id = "编号"')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("spec.toml", SPEC), ("dedupe.toml", DEDUPE), ("left.csv", LEFT), ("right.csv", RIGHT)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def call(folder: Path, *arguments: str) -> int:
    """Names of files in the folder become paths."""
    out = ["--out", str(folder / "out" / "pairs.csv")]
    named = [str(folder / each) if (folder / each).exists() or "." in each else each for each in arguments]
    return run(["link", *named, *out])


def document(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_pairs_and_document(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "truth.csv").write_text("id_l,id_r\n1,a\n2,b\n3,c\n", encoding="utf-8")
    assert call(folder, "spec.toml", "left.csv", "right.csv", "--truth", "truth.csv", "--json") == 0
    told = document(capsys)
    assert set(told) >= {"n_pairs", "n_links", "seconds", "peak_mb", "precision", "recall", "f1"}
    assert (told["n_pairs"], told["n_links"], told["n_review"]) == (2, 2, 0)
    assert (told["precision"], told["recall"]) == (1.0, pytest.approx(2 / 3))
    assert 0 < told["seconds"] < 60
    assert told["peak_mb"] > 10
    pairs = pd.read_csv(folder / "out" / "pairs.csv", dtype={"id_l": str})
    assert list(pairs.columns[:6]) == ["id_l", "id_r", "match_weight", "match_probability", "grade", "match_key"]
    assert pairs[["id_l", "id_r"]].to_numpy().tolist() == [["1", "a"], ["2", "b"]]
    assert pairs["match_key"].tolist() == ["+姓名(异体)+手机", "+姓名(音同)+手机"]
    # The bars of the file sum to the weight of the file, to the last digit.
    assert (pairs.filter(like="mw_").sum(axis=1) == pairs["match_weight"]).all()


def test_for_people(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(folder, "spec.toml", "left.csv", "right.csv") == 0
    shown = capsys.readouterr().out
    assert "链接 2 对" in shown
    assert "pairs.csv" in shown


@pytest.mark.parametrize(
    "truth",
    [
        "id_r,id_l\na,1\nb,2\n",
        "x,y\na,1\nb,2\n",
        "key,cluster\n1,p\na,p\n2,q\nb,q\n3,r\n",
        "id_l,id_r,n\n1,a,0\n2,b,0\n",
    ],
)
def test_forms_of_truth(truth: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "truth.csv").write_text(truth, encoding="utf-8")
    assert call(folder, "spec.toml", "left.csv", "right.csv", "--truth", "truth.csv", "--json") == 0
    told = document(capsys)
    assert (told["n_true"], told["f1"]) == (2, 1.0)


def test_dedupe_with_clusters(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = LEFT + "4,陈偉,13807650001\n5,陈韦,13807650001\n"
    (folder / "left.csv").write_text(rows, encoding="utf-8")
    assert call(folder, "dedupe.toml", "left.csv", "--clusters", "clusters.csv", "--json") == 0
    assert document(capsys)["n_links"] == 3
    clusters = pd.read_csv(folder / "clusters.csv")
    assert clusters.to_numpy().tolist() == [[1, 1], [2, 2], [3, 3], [4, 1], [5, 1]]


@pytest.mark.parametrize(
    ("arguments", "told", "code"),
    [
        (("spec.toml", "left.csv"), "要两张表", 2),
        (("dedupe.toml", "left.csv", "right.csv"), "只用一张表", 2),
        (("spec.toml", "left.csv", "right.csv", "--clusters", "c.csv"), "--clusters", 2),
        (("none.toml", "left.csv", "right.csv"), "无法读取 none.toml", 2),
        (("spec.toml", "none.csv", "right.csv"), "none.csv", 3),
        (("spec.toml", "right.csv", "left.csv"), "表“right.csv”：没有列“编号”", 3),
    ],
)
def test_calls_that_are_refused(
    arguments: tuple[str, ...], told: str, code: int, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(folder, *arguments) == code
    assert told in capsys.readouterr().err
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("left", "told"),
    [
        ("编号,姓名,手机\n", "没有数据行"),
        ("编号,姓名,手机\n1,a,\n1,b,\n", "重复"),
        ("编号,姓名\n1,a\n", "没有列“电话”或“手机”"),
    ],
)
def test_tables_that_are_refused(left: str, told: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "left.csv").write_text(left, encoding="utf-8")
    assert call(folder, "spec.toml", "left.csv", "right.csv") == 3
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("truth", "told"),
    [
        ("id_l,id_r\n1,a\n9,b\n", "1 个编号不在表里"),
        ("id\n1\n", "应有两列"),
        ("id_l,id_r\n1,\n", "空格子"),
    ],
)
def test_truth_that_is_refused(truth: str, told: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "truth.csv").write_text(truth, encoding="utf-8")
    assert call(folder, "spec.toml", "left.csv", "right.csv", "--truth", "truth.csv") == 3
    assert told in capsys.readouterr().err


def test_a_shipped_specification_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from bench.febrl_sets import write_sets

    write_sets(tmp_path, ("febrl1",))
    left, truth = (str(tmp_path / "febrl1" / name) for name in ("left.csv", "truth.csv"))
    assert run(["link", "febrl1", left, "--out", str(tmp_path / "p.csv"), "--truth", truth, "--json"]) == 0
    assert document(capsys)["f1"] >= 0.998

from __future__ import annotations

import json
import os
from pathlib import Path

import pandas as pd
import pytest

from bench import night
from bench.night_figures import medians, table
from bench.night_reading import read_all


def _round(wall_s: float, seconds: float) -> dict[str, object]:
    steps = {"intake": {"seconds": seconds, "peak_mb": 100.0}, "match": {"seconds": 1.0, "peak_mb": 300.0}}
    return {"wall_s": wall_s, "cpu_s": 3.0, "peak_mb": 310.0, "steps": steps, "n_rows": 8, "n_members": 2}


def test_medians_and_shares_add_up_to_the_night() -> None:
    found = medians([_round(4.0, 2.0), _round(5.0, 2.5), _round(9.0, 4.0)])
    assert found["night"] == {"wall_s": 5.0, "cpu_s": 3.0, "peak_mb": 310.0}
    assert found["steps"]["intake"] == {"seconds": 2.5, "peak_mb": 100.0, "share": 0.5}
    assert found["steps"]["rest"]["seconds"] == pytest.approx(1.5)
    assert sum(step["share"] for step in found["steps"].values()) == pytest.approx(1.0)


def test_the_yardstick_reads_every_source_but_not_the_truth(tmp_path: Path) -> None:
    (tmp_path / "truth").mkdir()
    (tmp_path / "truth" / "persons.csv").write_text("a\n" * 9, encoding="utf-8")
    (tmp_path / "a.csv").write_text("姓名\n陈伟\n", encoding="gb18030")
    (tmp_path / "b.csv").write_text("姓名\n陈伟\n符春梅\n", encoding="utf-8")
    pd.DataFrame({"姓名": ["陈伟"]}).to_excel(tmp_path / "c.xlsx", index=False, engine="xlsxwriter")
    assert read_all(tmp_path) == 2 + 3 + 2


@pytest.mark.parametrize("wrong", [["--rounds", "0"], ["--seed", "-1"], ["--scale", "2.5"], ["--scale", "0"]])
def test_options_that_make_no_sense_are_refused(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        night.parse(wrong)
    assert leaving.value.code == 2


def test_a_small_county_is_measured_without_touching_any_installation(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    elsewhere = tmp_path / "installation"
    monkeypatch.setenv("LONGLOU_VAR_DIR", str(elsewhere))
    assert night.main(["--area", "469029", "--scale", "0.2", "--json"]) == 0
    assert not elsewhere.exists()
    assert "LONGLOU_VAR_DIR" not in os.environ
    document = json.loads(capsys.readouterr().out)
    assert document["night"]["wall_s"] > document["steps"]["match"]["seconds"] > 0
    assert document["n_rows"] > document["small"]["n_rows"] > 0
    assert document["ratio"]["to_reading"]["wall"] > 0
    text = table(document)
    assert "publish" in text
    assert "the whole night" in text

"""`longlou model` as its users meet it: train, look, activate, roll back; nothing is in force by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.contracts.tables import PROVENANCE
from data.model import Judgement
from data.settings import load_settings
from data.store.ledger import Statement, append_judgement
from data.store.session import open_store
from flows.model_work import read_material
from longlou.main import run
from matching.learning import compare_records
from matching.spec import load_spec

pytestmark = pytest.mark.usefixtures("no_engine")


@pytest.fixture(autouse=True)
def own_var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LONGLOU_VAR_DIR", str(tmp_path / "var"))


def document(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    capsys.readouterr()
    assert run([*arguments, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_train_compare_activate_and_back(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sources = str(county / "sources.toml")
    assert document(capsys, "model", "list") == {"models": []}
    trained = document(capsys, "model", "train", "--sources", sources)
    assert trained["name"] == "469005-20160616"
    assert document(capsys, "model", "list")["models"][0]["in_force"] == []
    compared = document(capsys, "model", "compare", "baseline", trained["name"], "--sources", sources)
    assert compared["n_changed"] == 0
    assert run(["model", "activate", trained["name"], "--by", "王敏", "--reason", "比较无变化"]) == 0
    assert "此前为“baseline”；下次核对起生效" in capsys.readouterr().out
    shown = document(capsys, "model", "show", trained["name"])
    assert shown["in_force"] == ["469005"]
    assert shown["digest"] == trained["digest"]
    assert "frequencies" not in shown
    assert run(["model", "deactivate", "--area", "469005", "--by", "王敏", "--reason", "退回"]) == 0
    assert document(capsys, "model", "list")["models"][0]["in_force"] == []
    assert run(["audit", "verify"]) == 0
    assert "共 2 条" in capsys.readouterr().out


def test_tables_for_people(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sources = str(county / "sources.toml")
    assert run(["model", "list"]) == 0
    assert "还没有训练过的模型" in capsys.readouterr().out
    assert run(["model", "train", "--sources", sources, "--name", "first"]) == 0
    told = capsys.readouterr().out
    assert "尚未启用" in told
    assert "longlou model activate first" in told
    assert "同户同店" in told
    assert run(["model", "compare", "first", "baseline", "--sources", sources]) == 0
    told = capsys.readouterr().out
    assert "没有一对的结论改变" in told
    assert "没有留作检验的判定" in told
    assert run(["model", "list"]) == 0
    assert "自学习" in capsys.readouterr().out


def test_out_keeps_the_file_elsewhere(county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "elsewhere" / "m.json"
    told = document(capsys, "model", "train", "--sources", str(county / "sources.toml"), "--out", str(out))
    assert json.loads(out.read_text("utf-8"))["digest"] == told["digest"]
    assert document(capsys, "model", "list") == {"models": []}


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("activate", "nobody", "--by", "王敏", "--reason", "x"), 2, "没有模型文件 nobody.json"),
        (("activate", "baseline", "--by", "王敏", "--reason", "x"), 2, "longlou model deactivate"),
        (("activate", "x/y", "--by", "王敏", "--reason", "x"), 2, "不可用"),
        (("activate", "nobody", "--by", "王敏"), 2, "--reason"),
        (("deactivate", "--area", "469005", "--by", "王敏", "--reason", "x"), 2, "没有启用的模型"),
        (("show", "nobody"), 2, "nobody.json"),
        (("propose", "--sources", "x"), 2, "--from-judgements"),
    ],
)
def test_refusals(arguments: tuple[str, ...], code: int, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["model", *arguments]) == code
    assert message in capsys.readouterr().err


def test_a_proposal_needs_judgements_and_then_learns_from_them(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = str(county / "sources.toml")
    propose = ("model", "propose", "--from-judgements", "--sources", sources)
    assert run(list(propose)) == 3
    assert "用于学习的 25 对（现有 0）" in capsys.readouterr().err
    n_judged = _judge(county / "sources.toml", county / "truth" / "persons.csv")
    proposed = document(capsys, *propose)
    assert proposed["method"] == "judgements"
    assert proposed["n_positive"] >= 25
    assert proposed["n_negative"] >= 25
    assert proposed["n_positive"] + proposed["n_negative"] < n_judged
    assert proposed["base"].startswith("baseline ")
    compared = document(capsys, "model", "compare", "baseline", proposed["name"], "--sources", sources)
    held_out = compared["held_out"]
    assert held_out["n"] + proposed["n_positive"] + proposed["n_negative"] == n_judged
    assert held_out["brier"]["a"]["low"] <= held_out["brier"]["a"]["mean"] <= held_out["brier"]["a"]["high"]
    assert document(capsys, "model", "list")["models"][0]["in_force"] == []
    assert run(["model", "compare", "baseline", proposed["name"], "--sources", sources]) == 0
    assert "留出的" in capsys.readouterr().out


def _judge(sources: Path, truth: Path) -> int:
    """What an analyst who knew the truth would say of 80 candidates of one person and 80 of two."""
    settings = load_settings()
    material = read_material(settings, sources, None)
    compared = compare_records(material.people.records, load_spec())
    place = list(PROVENANCE)
    persons = pd.read_csv(truth, dtype=str, keep_default_na=False).astype({"source_row": "int64"})
    person = compared.normalised[place].merge(persons, on=place, how="left", validate="one_to_one")["true_person"]
    ids = compared.normalised["unique_id"]
    pairs = pd.DataFrame({"left": compared.left, "right": compared.right})
    pairs["is_same"] = person.to_numpy()[compared.left] == person.to_numpy()[compared.right]
    asked = pairs.drop_duplicates("left").drop_duplicates("right").groupby("is_same").head(80)
    with open_store(settings.database) as store:
        for left, right, is_same in asked.itertuples(index=False):
            said = Judgement.POSITIVE if is_same else Judgement.NEGATIVE
            append_judgement(store, "469005", Statement(ids[left], ids[right], said), "王敏", "看过")
    return len(asked)

"""Which model a run uses, and that a frozen one gives the bytes of the run it was trained in."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import select

from data.errors import ConfigError
from data.settings import Settings, load_settings, use_settings
from data.store.audit import verify_chain
from data.store.session import Store, open_store
from data.store.tables import AUDIT
from flows.activation import activate
from flows.model_work import compare_models, read_material, train_model
from flows.models import (
    ActiveModel,
    active_models,
    baseline,
    choose_model,
    load_model,
    model_files,
    model_path,
    save_model,
    set_active,
)
from flows.reconcile import reconcile
from tests.county import tables_of

pytestmark = pytest.mark.usefixtures("no_engine")
AREA, NOW = "469005", datetime(2016, 6, 17, 2, 0, tzinfo=UTC)
NOT_EQUAL = {"summary.json"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings().model_copy(update={"var_dir": tmp_path / "var"})


@pytest.fixture
def trained(settings: Settings, county: Path) -> str:
    file = train_model(settings, read_material(settings, county / "sources.toml", None), "county-1")
    save_model(model_path(settings, file.name), file)
    return file.name


def audit_rows(store: Store) -> list[tuple[str, str, str, dict[str, object]]]:
    with store.read() as connection:
        rows = connection.execute(select(AUDIT).order_by(AUDIT.c.seq)).mappings().all()
    return [(row["actor"], row["action"], row["subject"], json.loads(row["details"])) for row in rows]


def test_activation_is_audited_and_an_earlier_model_is_the_way_back(
    settings: Settings, trained: str, store: Store
) -> None:
    chosen = load_model(settings, trained)
    assert activate(store, settings, AREA, chosen, "王敏", "比较后无变化", NOW) is None
    assert choose_model(settings, AREA).name == trained
    assert activate(store, settings, AREA, baseline(settings), "王敏", "先退回", NOW) == ActiveModel(
        name=trained, digest=chosen.digest
    )
    assert choose_model(settings, AREA).file is None
    assert [row[:3] for row in audit_rows(store)] == [
        ("王敏", "model activated", "model of 469005"),
        ("王敏", "model deactivated", "model of 469005"),
    ]
    assert audit_rows(store)[0][3]["model"] == {"name": trained, "digest": chosen.digest}
    assert verify_chain(store).is_intact


@pytest.mark.parametrize(
    ("by", "reason", "area", "message"),
    [
        ("longlou", "理由", AREA, "署名的复核人"),
        ("  ", "理由", AREA, "署名的复核人"),
        ("王敏", " ", AREA, "写明理由"),
        ("王敏", "理由", "999999", "没有区划"),
    ],
)
def test_nobody_activates_without_a_name_a_reason_and_a_place(
    settings: Settings, trained: str, store: Store, by: str, reason: str, area: str, message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        activate(store, settings, area, load_model(settings, trained), by, reason, NOW)
    assert active_models(settings) == {}
    assert audit_rows(store) == []


def test_nothing_to_change_is_refused(settings: Settings, trained: str, store: Store) -> None:
    with pytest.raises(ConfigError, match="没有启用的模型"):
        activate(store, settings, AREA, baseline(settings), "王敏", "理由", NOW)
    activate(store, settings, AREA, load_model(settings, trained), "王敏", "理由", NOW)
    with pytest.raises(ConfigError, match="已经启用"):
        activate(store, settings, AREA, load_model(settings, trained), "王敏", "理由", NOW)


def test_the_county_comes_before_its_province_and_that_before_the_baseline(settings: Settings, trained: str) -> None:
    digest = load_model(settings, trained).digest
    assert choose_model(settings, AREA).name == "baseline"
    set_active(settings, "46", ActiveModel(name=trained, digest=digest))
    assert choose_model(settings, AREA).name == trained
    assert choose_model(settings, "460100").name == trained
    assert choose_model(settings, "440100").name == "baseline"
    set_active(settings, AREA, ActiveModel(name="other", digest="x"))
    with pytest.raises(ConfigError, match="没有模型文件"):
        choose_model(settings, AREA)


def test_a_model_that_is_not_the_one_activated_stops_the_run(settings: Settings, trained: str) -> None:
    set_active(settings, AREA, ActiveModel(name=trained, digest="0" * 16))
    with pytest.raises(ConfigError, match="不是同一份"):
        choose_model(settings, AREA)
    (settings.models_dir / "active.json").write_text("[", encoding="utf-8")
    with pytest.raises(ConfigError, match="读不懂"):
        active_models(settings)


def test_a_name_stands_for_one_model_for_ever(settings: Settings, trained: str) -> None:
    path = model_path(settings, trained)
    file = load_model(settings, trained).file
    assert file is not None
    save_model(path, file)
    with pytest.raises(ConfigError, match="已有另一个模型"):
        save_model(path, file.model_copy(update={"prior": 0.25}))
    with pytest.raises(ConfigError, match="baseline"):
        save_model(model_path(settings, "x"), file.model_copy(update={"name": "baseline"}))
    assert model_files(settings) == [path]
    assert path.stat().st_mode & 0o077 == 0
    for name in ("../x", "", ".x", "a/b"):
        with pytest.raises(ConfigError, match="不可用"):
            model_path(settings, name)


def test_a_frozen_model_gives_the_bytes_of_its_training_run(
    settings: Settings, county: Path, trained: str, tmp_path: Path
) -> None:
    def run(out: str, **changed: object) -> dict[str, object]:
        with use_settings(settings.model_copy(update=changed)):
            summary = reconcile(sources=str(county / "sources.toml"), out=str(tmp_path / out))
        assert isinstance(summary, dict)
        return summary

    # A book of its own for each: persons known from the night before would weigh in.
    own = run("own", database_url=f"sqlite:///{tmp_path / 'own.db'}")
    with open_store(settings.database) as store:
        activate(store, settings, AREA, load_model(settings, trained), "王敏", "试用", NOW)
    frozen = run("frozen")
    assert own["model"]["is_frozen"] is False  # type: ignore[index]
    assert frozen["model"] == {  # type: ignore[comparison-overlap]
        "name": trained,
        "version": choose_model(settings, AREA).spec.version,
        "digest": load_model(settings, trained).digest,
        "is_frozen": True,
        "is_activated": True,
        "learned_from": "em",
    }
    assert frozen["versions"]["model"] == load_model(settings, trained).digest  # type: ignore[index]
    one, two = tables_of(tmp_path / "own"), tables_of(tmp_path / "frozen")
    assert set(one) == set(two)
    for name in set(one) - NOT_EQUAL:
        if name.endswith((".csv", ".parquet")):
            assert one[name] == two[name], name


def test_compare_tells_what_would_change(settings: Settings, county: Path, trained: str, store: Store) -> None:
    material = read_material(settings, county / "sources.toml", None)
    chosen = load_model(settings, trained)
    same = compare_models(settings, store, material, baseline(settings), chosen)
    assert same["n_changed"] == 0
    assert {row["shift"] for row in same["weights"]} == {0}
    assert same["held_out"] is None
    assert same["a"]["n_links"] == same["b"]["n_links"] > 0
    assert chosen.file is not None
    doubting = chosen.file.model_copy(update={"name": "doubting", "prior": chosen.file.prior / 2**30})
    save_model(model_path(settings, "doubting"), doubting)
    other = compare_models(settings, store, material, chosen, load_model(settings, "doubting"))
    assert other["b"]["n_links"] < other["a"]["n_links"]
    assert other["n_changed"] == sum(row["n"] for row in other["changes"]) > 0
    assert other["weights"][-1]["shift"] == pytest.approx(-30, abs=0.01)
    assert pd.DataFrame(other["changed_pairs"])["grade_a"].isin(["certain", "possible"]).all()

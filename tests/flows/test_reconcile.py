"""The loop through the ledger: what an analyst decides in one run is obeyed by the next."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from data.settings import load_settings, use_settings
from data.store.audit import verify_chain
from data.store.runs import current_run, list_runs
from data.store.session import open_store
from flows.reconcile import reconcile
from review.choices import parse_choice
from review.service import next_item, queue_page, record_judgement

pytestmark = pytest.mark.usefixtures("no_engine")


def _run(county: Path, out: Path, database: str) -> dict[str, object]:
    settings = load_settings().model_copy(update={"database_url": database})
    with use_settings(settings):
        summary = reconcile(sources=str(county / "sources.toml"), out=str(out))
    assert isinstance(summary, dict)
    return summary


def test_a_judgement_is_obeyed_by_the_next_run(county: Path, tmp_path: Path, store_url: str) -> None:
    first = _run(county, tmp_path / "one", store_url)
    pairs = pd.read_csv(tmp_path / "one" / "pairs.csv", dtype=str)
    certain = pairs[pairs["grade"] == "certain"].iloc[0]
    from data.model import Judgement
    from data.store.ledger import Statement, append_judgement

    with open_store(store_url) as store:
        stated = Statement(
            certain["unique_id_l"], certain["unique_id_r"], Judgement.NEGATIVE, {}, str(first["run_id"]), None
        )
        append_judgement(store, "469005", stated, "li.wei", "同名不同人")
    _run(county, tmp_path / "two", store_url)
    again = pd.read_csv(tmp_path / "two" / "pairs.csv", dtype=str)
    same = (again["unique_id_l"] == certain["unique_id_l"]) & (again["unique_id_r"] == certain["unique_id_r"])
    assert not (again.loc[same, "grade"] == "certain").any()
    links = pd.read_csv(tmp_path / "two" / "links.csv", dtype=str).set_index("unique_id")["person_id"]
    assert links.get(certain["unique_id_l"]) != links.get(certain["unique_id_r"])
    with open_store(store_url) as store:
        assert verify_chain(store).is_intact


def test_persons_keep_their_identifiers(county: Path, tmp_path: Path, store_url: str) -> None:
    for name in ("one", "two"):
        _run(county, tmp_path / name, store_url)
    assert (tmp_path / "one" / "links.csv").read_bytes() == (tmp_path / "two" / "links.csv").read_bytes()
    with open_store(store_url) as store:
        run = current_run(store, "469005")
        assert run is not None
        assert run.run_id == json.loads((tmp_path / "two" / "summary.json").read_text("utf-8"))["run_id"]
        assert len(list_runs(store)) == 2


def test_the_queue_reaches_the_review_desk(county: Path, tmp_path: Path, store_url: str) -> None:
    _run(county, tmp_path / "one", store_url)
    queue = pd.read_csv(tmp_path / "one" / "review_queue.csv", dtype=str)
    with open_store(store_url) as store:
        assert sum(queue_page(store, "469005").counts.values()) == len(queue)
        card = next_item(store, "469005", "li.wei")
        assert card is not None
        choice = "dismiss" if card.kind != "match" else "none"
        decided = record_judgement(store, "469005", card.item_id, parse_choice(choice), "li.wei", "核对原件")
        assert decided.state == "decided"


def test_nothing_of_unmatched_people_is_kept(county: Path, tmp_path: Path, store_url: str) -> None:
    _run(county, tmp_path / "one", store_url)
    truth = pd.read_csv(county / "truth" / "persons.csv", dtype=str, keep_default_na=False)
    is_member = truth["source"].str.contains("roster|claims")
    members = set(truth.loc[is_member, "true_person"])
    others = truth[~truth["true_person"].isin(members)]
    links = pd.read_csv(tmp_path / "one" / "links.csv", dtype=str, keep_default_na=False)
    place = ["source", "source_file", "source_sheet", "source_row"]
    assert links.merge(others, on=place).empty

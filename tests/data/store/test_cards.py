"""What the desk may search: published with the night, masked, inside the areas of who asks."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd

from data.store.cards import cards_of, search_cards
from data.store.publish import publish
from data.store.scope import Scope
from data.store.session import Store
from tests.data.store.builders import AREA, NOW, handed, run


def _publish(store: Store, *names: str) -> None:
    ids = ["a", "b", "c"][: len(names)]
    shown = [json.dumps({"name": name}, ensure_ascii=False) for name in names]
    columns = {"unique_id": ids, "name": names, "employer": "文昌某店 13800000001", "area": AREA, "shown": shown}
    publish(store, run(f"run-{len(names)}"), replace(handed(), cards=pd.DataFrame(columns, dtype=object)), NOW)


def test_names_before_employers_and_the_person(store: Store) -> None:
    _publish(store, "王小明", "李王", "王五")
    assert [card.unique_id for card in search_cards(store, AREA, "王")] == ["c", "a"]
    assert [card.person_id for card in search_cards(store, AREA, "文昌", limit=2)] == ["P1", "P2"]
    assert [card.shown for card in cards_of(store, AREA, ["b", "z"])] == [{"name": "李王"}]
    assert search_cards(store, AREA, "%") == []


def test_the_next_night_replaces_them_and_numbers_are_masked(store: Store) -> None:
    _publish(store, "王小明", "李王", "王五")
    _publish(store, "王小明 460025198507071234")
    (card,) = cards_of(store, AREA, ["a", "b", "c"])
    assert card.shown == {"name": "王小明 460025********1234"}
    assert search_cards(store, AREA, "文昌某店 13800000001") == []


def test_other_areas_are_not_there(store: Store) -> None:
    _publish(store, "王小明")
    assert search_cards(store, AREA, "王", Scope.of(["469021"])) == []

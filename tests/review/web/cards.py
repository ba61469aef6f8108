"""A night that asks something: the rows behind the pages of a question."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pandas as pd

from data.settings import Settings
from data.store.card_rows import replace_cards
from data.store.keyring import open_keyring
from data.store.publish import publish
from data.store.sealing import ClearValues, add_sealed
from data.store.session import Store
from tests.data.store.builders import AREA, NOW, candidate, finding, handed, item, run

ID_NO = "46002519850707123X"
SHOWN = {
    "name": "王晓明", "id": "460025********123X", "birth": "1985-07", "mobile": "138****0001", "employer": "文昌某店",
    "township": "龙楼镇", "source_file": "rosters/longlou.xlsx", "sheet": "党员", "row": 7,
}  # fmt: skip
OTHER = {**SHOWN, "name": "王小明", "source_file": "register.csv", "sheet": "", "row": 12}
MARKS = [["name", 1, 1, "音同", None], ["id_no", 16, 16, "换位", "r"]]
PATTERN = "+姓名(音同)+身份证(换位)"
BARS = [["先验", "", -7.0], ["姓名", "音同", 8.25], ["身份证", "换位", 6.5]]


def question(item_id: str, n_candidates: int = 2, **changed: object) -> dict[str, object]:
    """A match with candidates that have marks and bars; the record is `a-<item_id>`."""
    candidates = [
        candidate(f"{item_id}-{number}", shown=OTHER, marks=MARKS, bars=BARS, weight=7.75, match_key=PATTERN)
        for number in range(1, n_candidates + 1)
    ]
    shown = json.dumps(SHOWN, ensure_ascii=False)
    return item(item_id, *candidates, unique_id=f"a-{item_id}", person_id=None, shown=shown, **changed)


def cluster(item_id: str, **changed: object) -> dict[str, object]:
    """Four records that hang on one link, about which somebody answered before an edit; the other side is one record."""
    members = {"record": {"n": 3, "shown": [SHOWN, SHOWN]}, "candidate": {"n": 1, "shown": []}}
    said = {"judgement": "positive", "reviewer": "王复核", "decided_on": "2016-06-01", "changed": ["id_no", "name"]}
    link = candidate(f"{item_id}-2", shown=OTHER, marks=MARKS, members=members, former=said)
    values = {"kind": "cluster", "reason": "4 条记录归为一人，靠一环相连（98.00%）"}
    made = question(item_id, **{**values, **changed})
    return {**made, "candidates": json.dumps([link], ensure_ascii=False)}


def strike(item_id: str = "f", **changed: object) -> dict[str, object]:
    """A false entry about the record of finding `f1`."""
    values = {"kind": "false_entry", "candidates": "[]", "unique_id": "a", "reason": "F04 已去世", "priority": 900}
    return item(item_id, **{"shown": json.dumps(SHOWN, ensure_ascii=False), **values, **changed})


def ask(store: Store, questions: Iterable[dict[str, object]], night: int = 1) -> None:
    """Publish a night with these questions and a finding that would strike record `a` out."""
    publish(store, run(f"{AREA}-{night}"), handed(found=(finding("f1"),), asked=tuple(questions)), NOW)


def keep_numbers(store: Store, settings: Settings, *unique_ids: str) -> None:
    """Keep the same number of these records, encrypted, and show the records to a search."""
    keyring = open_keyring(settings.keyring_file)
    values = pd.DataFrame({"unique_id": unique_ids, "id_no": ID_NO, "mobile": None}, dtype=object)
    shown = json.dumps(SHOWN, ensure_ascii=False)
    cards = {"unique_id": unique_ids, "name": "王晓明", "employer": "文昌某店", "area": AREA, "shown": shown}
    with store.write() as connection:
        add_sealed(connection, AREA, None, ClearValues(values, keyring))
        replace_cards(connection, AREA, pd.DataFrame(cards, dtype=object))

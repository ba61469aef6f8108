"""On what would a judgement rest? Stored with the question, copied when it is answered, never computed again.

Per item one JSON object: `records`, unique_id -> keys and keyed hashes of the fields (data.contracts.record_keys), for
the record asked about and every candidate; `levels`, candidate -> the level of each comparison. No value of anybody.
"""

from __future__ import annotations

import json

import pandas as pd

from data.contracts.record_keys import JUDGED_FIELDS
from data.model import Judgement
from data.words import tr

#: Columns of reopened judgements.
AGAIN = ["unique_id_l", "unique_id_r", "judgement", "reviewer", "decided_at", "changed"]
_SAID = {
    Judgement.POSITIVE: ("同一人", "one person"),
    Judgement.NEGATIVE: ("不是同一人", "two people"),
    Judgement.UNSURE: ("存疑", "unsure"),
}


def level_texts(pairs: pd.DataFrame) -> pd.Series:
    """The gamma_* columns of every pair as a JSON object, comparison -> level."""
    text = pd.Series("", index=pairs.index, dtype=object)
    for name in (str(column) for column in pairs.columns if str(column).startswith("gamma_")):
        text = text + f',"{name.removeprefix("gamma_")}":' + pairs[name].astype(str)
    return "{" + text.str.slice(1).astype(object) + "}"


def evidence_of(best: pd.DataFrame) -> pd.Series:
    """The evidence of every item (index: the unique_id asked about).

    best: unique_id, state of the record asked about; other_id, other_state, levels of the candidates shown (all JSON).
    """
    other = _quoted(best["other_id"]) + ":"
    pieces = best[["unique_id", "state"]].assign(levels=other + best["levels"], states=other + best["other_state"])
    by_item = pieces.groupby("unique_id", sort=True).agg({"state": "first", "levels": ",".join, "states": ",".join})
    own = _quoted(pd.Series(by_item.index, index=by_item.index, dtype=object)) + ":" + by_item["state"]
    records = '{"records":{' + own + "," + by_item["states"] + "},"
    return (records + '"levels":{' + by_item["levels"] + "}}").astype(object)


def former_words(judgement: str, reviewer: str, decided_on: str, changed: str) -> str:
    """Why a pair is asked again: who said what, and what was edited since. changed: names joined by '|'."""
    said = tr(*_SAID[Judgement(judgement)])
    names = [tr(*JUDGED_FIELDS[name]) for name in changed.split("|") if name]
    edited = (
        tr("、".join(names) + "已变", ", ".join(names) + " changed") if names else tr("记录已改", "a record changed")
    )
    return tr(
        f"{reviewer} {decided_on} 判为“{said}”，此后{edited}",
        f"{reviewer} said “{said}” on {decided_on}; {edited} since",
    )


def former_texts(again: pd.DataFrame) -> pd.DataFrame:
    """unique_id_l, unique_id_r, `former` (JSON for the desk) and `why` (words) of reopened pairs."""
    days = [moment.date().isoformat() for moment in again["decided_at"]]
    rows = list(zip(again["judgement"], again["reviewer"], days, again["changed"], strict=True))
    former = [
        {"judgement": said, "reviewer": who, "decided_on": day, "changed": changed.split("|") if changed else []}
        for said, who, day, changed in rows
    ]
    texts = {"former": [json.dumps(row, ensure_ascii=False) for row in former], "why": [former_words(*r) for r in rows]}
    return again[["unique_id_l", "unique_id_r"]].assign(**texts)


def _quoted(ids: pd.Series) -> pd.Series:
    return '"' + ids.astype(object) + '"'

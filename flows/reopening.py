"""Which judgements hold for tonight's records, and which must be asked again because a record was edited since?"""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping

import pandas as pd

from data.contracts.record_keys import JUDGED_FIELDS, field_hashes
from data.digests import spelled
from data.model import REOPENED_NEGATIVE, REOPENED_POSITIVE, Judgement
from data.values.coded import as_texts, is_among

PAIR = ["unique_id_l", "unique_id_r"]
_REOPENED = {Judgement.POSITIVE: REOPENED_POSITIVE, Judgement.NEGATIVE: REOPENED_NEGATIVE}
#: In place of names of fields, where nobody noted what the judgement rested on.
_UNKNOWN = "?"


def judgements_of_tonight(
    said: pd.DataFrame, known: pd.DataFrame, heirs: Mapping[str, str], records: pd.DataFrame, key: bytes
) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """What matching obeys and what is asked again (as flows.memory.Recalled has them).

    said, known: as in flows.memory.Memory; heirs: unique_id of a row that is gone -> what it became. Third: of how
    many judgements both records are there. Of several
    judgements about one pair the one about these very rows counts, else the newest.
    """
    # Of a province's records only those that judgements are about, or came to be about, are looked at.
    named = pd.concat([*(said[side] for side in PAIR), pd.Series([*heirs.values()], dtype=object)])
    records = as_texts(records, is_among(records["unique_id"], named))
    row_of = pd.Index(records["unique_id"])
    sides = [_followed(said[side], heirs, row_of) for side in PAIR]
    is_there = sides[0].isin(row_of) & sides[1].isin(row_of) & (sides[0] != sides[1])
    said, left, right = said[is_there], sides[0][is_there], sides[1][is_there]
    # Under another spelling of its id a row is the very same.
    is_same = (left == said[PAIR[0]].map(spelled)) & (right == said[PAIR[1]].map(spelled))
    is_same |= (left == said[PAIR[0]]) & (right == said[PAIR[1]])
    moved = said[~is_same]
    edits = _changed(moved, known, {PAIR[0]: left, PAIR[1]: right}, records, key)
    changed = pd.Series(edits, index=moved.index, dtype=object).reindex(said.index, fill_value="")
    # Unsure is asked again with whatever was edited: somebody may know more now.
    is_held = is_same | ((changed == "") & (said["judgement"] != Judgement.UNSURE))
    told = said["judgement"].where(is_held, said["judgement"].replace(_REOPENED))
    is_turned = left > right
    found = said[["judgement_id", "judgement", "reviewer", "decided_at"]].assign(
        unique_id_l=left.where(~is_turned, right), unique_id_r=right.where(~is_turned, left), told=told
    )
    found = found.assign(is_same=is_same, is_held=is_held, changed=changed.replace(_UNKNOWN, ""))
    found = found.sort_values(["is_same", "judgement_id"], ascending=False).drop_duplicates(PAIR).sort_values(PAIR)
    obeyed = found[[*PAIR, "told"]].rename(columns={"told": "judgement"})
    again = found.loc[~found["is_held"], [*PAIR, "judgement", "reviewer", "decided_at", "changed"]]
    return obeyed.astype(object).reset_index(drop=True), again.astype(object).reset_index(drop=True), len(said)


def _changed(
    said: pd.DataFrame, known: pd.DataFrame, now: Mapping[str, pd.Series], records: pd.DataFrame, key: bytes
) -> list[str]:
    """Per judgement the names of the fields that were edited since, joined by '|', in the order of JUDGED_FIELDS."""
    found: list[set[str]] = [set() for _ in range(len(said))]
    noted = known[known["fields"].notna()]
    of_record = {name: json.loads(text) for name, text in zip(noted["unique_id"], noted["fields"], strict=True)}
    for side in PAIR:
        tonight = now[side].loc[said.index]
        rows = records.iloc[pd.Index(records["unique_id"]).get_indexer(tonight)].set_axis(said.index, axis=0)
        hashes = field_hashes(rows, said[side], key).to_dict("records")
        for names, was, is_it, evidence, values in zip(
            found, said[side], tonight, said["evidence"], hashes, strict=True
        ):
            if was == is_it:
                continue
            former = evidence.get("records", {}).get(was, {}).get("fields", of_record.get(was))
            names |= _edited(former, values)
    return [_UNKNOWN if _UNKNOWN in names else "|".join(n for n in JUDGED_FIELDS if n in names) for names in found]


def _edited(former: Mapping[str, str] | None, values: Mapping[Hashable, str | None]) -> set[str]:
    """The fields whose hash is another than it was."""
    if former is None:
        return {_UNKNOWN}
    return {name for name in JUDGED_FIELDS if _spelled(former.get(name)) != values[name]}


def _spelled(digest: str | None) -> str | None:
    return None if digest is None else spelled(digest)


def _followed(unique_ids: pd.Series, heirs: Mapping[str, str], there: pd.Index) -> pd.Series:
    """The rows that these became, edit by edit, until one is there or the trace ends."""
    found = unique_ids.astype(object)
    for _ in range(len(heirs)):
        further = found[~found.isin(there)].map(heirs).dropna()
        if further.empty:
            break
        found = found.copy()
        found[further.index] = further
    return found

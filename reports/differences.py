"""What changed since the night published last? One row a person, record or finding, from the tables of both nights."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.contracts.frames import empty_frame, without_nan

#: Kinds of a difference, in the order in which they are told, with their words in Chinese.
KINDS = {
    "new": "新增人员",
    "gone": "不再出现",
    "merged": "并入他人",
    "split": "由他人分出",
    "moved": "记录改归他人",
    "class_changed": "类别变动",
    "finding_new": "新的查核结果",
    "finding_gone": "不再成立的查核结果",
}
COLUMNS = (
    *("kind", "person_id", "other_person_id", "unique_id", "class_was", "class_now"),
    *("finding_id", "rule_code", "area", "township", "branch"),
)
_PLACE = ["area", "township", "branch"]
#: What of the tables of a night is looked at.
LOOKED_AT = {
    "links": ["unique_id", "person_id"],
    "classifications": ["person_id", "primary_class", *_PLACE],
    "findings": ["finding_id", "rule_code", "unique_id", "person_id"],
}


@dataclass(frozen=True)
class Night:
    """The published tables of one night as in the store, at least with the columns of LOOKED_AT."""

    links: pd.DataFrame
    classifications: pd.DataFrame
    findings: pd.DataFrame


def differences(was: Night | None, now: Night) -> pd.DataFrame:
    """What changed from one night to the next: COLUMNS, one row a change, sorted; empty when there was no night before.

    new, gone: a person. merged: all records of person_id that are still there are other_person_id's now, who took most
    of them. split: a new person whose records were other_person_id's. moved: the record unique_id went from
    other_person_id to person_id and both are there in both nights. class_changed: of one who is there in both.
    finding_new, finding_gone: by finding_id. The place is tonight's, of who is gone the last one known.
    """
    if was is None:
        return empty_frame(COLUMNS)
    both = was.links.merge(now.links, on="unique_id", suffixes=("_was", "_now"))
    moved = both[both["person_id_was"] != both["person_id_now"]]
    parts = [*_persons(was, now, moved), _moved(was, now, moved), _classes(was, now)]
    parts += [_findings("finding_new", now, was), _findings("finding_gone", was, now)]
    whole = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    whole = whole.reindex(columns=[name for name in COLUMNS if name not in _PLACE])
    whole = whole.merge(_places(was, now), on="person_id", how="left")[list(COLUMNS)]
    order = whole.assign(_order=whole["kind"].map({kind: i for i, kind in enumerate(KINDS)}))
    order = order.sort_values(["_order", "person_id", "unique_id", "finding_id"], kind="stable", na_position="last")
    return without_nan(order.drop(columns="_order").reset_index(drop=True).astype(object))


def tally(found: pd.DataFrame) -> dict[str, int]:
    """How many of each kind, 0 included."""
    counts = found["kind"].value_counts()
    return {kind: int(counts.get(kind, 0)) for kind in KINDS}


def _persons(was: Night, now: Night, moved: pd.DataFrame) -> list[pd.DataFrame]:
    before, after = pd.Index(was.links["person_id"].unique()), pd.Index(now.links["person_id"].unique())
    fresh = pd.DataFrame({"person_id": after.difference(before)}, dtype=object)
    gone = pd.DataFrame({"person_id": before.difference(after)}, dtype=object)
    fresh["other_person_id"] = _most(moved, "person_id_now", "person_id_was", fresh["person_id"])
    gone["other_person_id"] = _most(moved, "person_id_was", "person_id_now", gone["person_id"])
    is_split, is_merged = fresh["other_person_id"].notna(), gone["other_person_id"].notna()
    return [
        fresh[~is_split].assign(kind="new"),
        gone[~is_merged].assign(kind="gone"),
        gone[is_merged].assign(kind="merged"),
        fresh[is_split].assign(kind="split"),
    ]


def _most(moved: pd.DataFrame, key: str, other: str, wanted: pd.Series) -> pd.Series:
    """For each wanted person who shares most records with them, ties: the smaller id; null when nobody does."""
    shared = moved.groupby([key, other]).size().rename("n").reset_index()
    best = shared.sort_values([key, "n", other], ascending=[True, False, True]).drop_duplicates(key)
    return wanted.map(best.set_index(key)[other]).astype(object)


def _moved(was: Night, now: Night, moved: pd.DataFrame) -> pd.DataFrame:
    stays = moved["person_id_was"].isin(now.links["person_id"]) & moved["person_id_now"].isin(was.links["person_id"])
    names = {"person_id_now": "person_id", "person_id_was": "other_person_id"}
    return moved[stays].rename(columns=names)[["unique_id", "person_id", "other_person_id"]].assign(kind="moved")


def _classes(was: Night, now: Night) -> pd.DataFrame:
    columns = ["person_id", "primary_class"]
    both = was.classifications[columns].merge(now.classifications[columns], on="person_id", suffixes=("_was", "_now"))
    changed = both[both["primary_class_was"] != both["primary_class_now"]]
    return changed.set_axis(["person_id", "class_was", "class_now"], axis=1).assign(kind="class_changed")


def _findings(kind: str, here: Night, there: Night) -> pd.DataFrame:
    only = here.findings[~here.findings["finding_id"].isin(there.findings["finding_id"])]
    return only[["finding_id", "rule_code", "unique_id", "person_id"]].assign(kind=kind)


def _places(was: Night, now: Night) -> pd.DataFrame:
    columns = ["person_id", *_PLACE]
    known = pd.concat([now.classifications[columns], was.classifications[columns]], ignore_index=True)
    return known.drop_duplicates("person_id")

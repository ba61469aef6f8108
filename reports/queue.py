"""What must an analyst decide? One queue item a question, the weightiest first, nothing unmasked.

Five questions (QueueKind): which candidate is this record, may this entry be struck out, which of two contradicting
records is right, is this cluster one person, and does this class hold (guard-rail 3: nothing is decided about a person
by the machine alone).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.contracts.frames import empty_frame
from data.digests import spelled
from data.model import CLASS_TITLES, CONFLICT_REASONS, MEMBER_SIDE, FeedKind, MatchGrade, QueueKind
from data.words import tr
from reports.candidates import candidate_json, shown, turned_marks
from reports.clusters import Doubts, cluster_reasons, doubtful_clusters, member_texts
from reports.columns import chosen, looked_up, with_columns
from reports.evidence import AGAIN, evidence_of, former_texts, level_texts
from reports.masking import masked
from reports.priority import (
    RISK_CLASS,
    RISK_CLUSTER,
    RISK_CONFLICT,
    RISK_FALSE_ENTRY,
    RISK_MATCH,
    WEIGHT_OF_EVIDENCE,
    ambiguity,
    priority,
)

#: One key press each on the analyst's keyboard; further candidates are counted in the reason.
MOST_CANDIDATES = 9

_COLUMNS = [
    "item_id", "kind", "unique_id", "person_id", "candidates", "priority", "reason", "area", "township", "shown",
    "evidence",
]  # fmt: skip
_SIDES = ["unique_id_l", "unique_id_r"]
#: What is told of a pair beside its two records.
_TOLD = ["match_weight", "match_probability", "match_key", "marks", "bars", "levels", "former", "why"]


@dataclass(frozen=True)
class Remembered:
    """again: unique_id_l, unique_id_r, judgement, reviewer, decided_at, changed of reopened judgements; states: JSON by
    unique_id of what a judgement about the record would rest on (see reports.evidence)."""

    again: pd.DataFrame
    states: pd.Series


def review_queue(
    pairs: pd.DataFrame,
    records: pd.DataFrame,
    links: pd.DataFrame,
    findings: pd.DataFrame,
    classifications: pd.DataFrame,
    conflicts: pd.DataFrame,
    remembered: Remembered | None = None,
) -> pd.DataFrame:
    """REVIEW_QUEUE plus `shown` (JSON of the record asked about) and `evidence`, highest priority first.

    pairs: GRADED_PAIRS; records: PERSON_RECORDS; links: unique_id, person_id; conflicts: unique_id_l, unique_id_r,
    reason, path (ids of the records that lead to the contradiction; may be absent). A pair whose judgement was reopened
    is asked whatever its grade. Item ids depend on what is asked only: a later run asks the same under the same id.
    """
    conflicts = with_columns(conflicts, ["path"])
    remembered = remembered or Remembered(empty_frame(AGAIN), pd.Series(dtype=object))
    former = former_texts(remembered.again)
    open_pairs = _open_pairs(pairs, former)
    struck = findings[findings["is_false_entry"].astype(bool) & findings["unique_id"].notna()]
    doubtful = classifications[classifications["primary_class"].isin(list(RISK_CLASS))]
    anchors = _anchors(records, links[links["person_id"].isin(doubtful["person_id"])]).reindex(doubtful["person_id"])
    doubts = doubtful_clusters(pairs, links)
    sides = [table[side] for table in (open_pairs, conflicts) for side in _SIDES] + [doubts.members["unique_id"]]
    on_paths = conflicts["path"].str.split().explode().dropna()
    known = _known(records, links, np.concatenate([*sides, on_paths, struck["unique_id"], anchors]))
    known["state"] = looked_up(pd.Series(known.index, known.index, dtype=object), remembered.states)
    items = pd.concat(
        [
            _match_items(open_pairs, known),
            _false_entry_items(struck, known),
            _conflict_items(_explained(conflicts, pairs, former, known), known),
            *([_cluster_items(doubts, known)] if len(doubts.links) else []),
            _classification_items(doubtful.assign(unique_id=anchors.to_numpy()), known),
        ],
        ignore_index=True,
    )
    return items.sort_values(["priority", "item_id"], ascending=[False, True], ignore_index=True)[_COLUMNS]


def _open_pairs(pairs: pd.DataFrame, former: pd.DataFrame) -> pd.DataFrame:
    """The possible pairs and those whose judgement was reopened, with their levels, former answer and why."""
    is_open = (pairs["grade"] == MatchGrade.POSSIBLE).to_numpy()
    if len(former):
        is_open |= pd.MultiIndex.from_frame(pairs[_SIDES]).isin(pd.MultiIndex.from_frame(former[_SIDES]))
    found = pairs[is_open]
    return found.assign(levels=level_texts(found)).merge(former, on=_SIDES, how="left")


def _known(records: pd.DataFrame, links: pd.DataFrame, needed: NDArray[np.object_]) -> pd.DataFrame:
    """The records that any question is about, with person_id and what is shown of them; index unique_id."""
    known = records[records["unique_id"].isin(needed)]
    linked = links.loc[links["unique_id"].isin(known["unique_id"]), ["unique_id", "person_id"]]
    known = known.merge(linked, on="unique_id", how="left")
    known["shown"] = shown(known).to_numpy()
    return known.set_index("unique_id")


def _anchors(records: pd.DataFrame, links: pd.DataFrame) -> pd.Series:
    """The record that stands for a person: of a roster before a claim, then the smallest id. Index: person_id."""
    is_asked = records["kind"].isin(list(MEMBER_SIDE)) & records["unique_id"].isin(links["unique_id"])
    members = records.loc[is_asked, ["unique_id", "kind"]].merge(links[["unique_id", "person_id"]], on="unique_id")
    members["is_claim"] = members["kind"] == FeedKind.CLAIMS
    return members.sort_values(["person_id", "is_claim", "unique_id"]).groupby("person_id")["unique_id"].first()


def _match_items(open_pairs: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    asked = _oriented(open_pairs, known)
    # Two records already of one person by another path leave nothing to ask, unless somebody's word is in question.
    person, other = asked["unique_id"].map(known["person_id"]), asked["other_id"].map(known["person_id"])
    asked = asked[person.isna() | (person != other) | asked["former"].notna()].copy()
    probability = asked["match_probability"].clip(1e-9, 1 - 1e-9)
    asked["odds"] = probability / (1 - probability)
    asked["is_first"] = asked["former"].isna()
    asked = asked.sort_values(
        ["unique_id", "is_first", "match_weight", "other_id"], ascending=[True, True, False, True]
    )
    by_record = asked.groupby("unique_id", sort=True)
    total = 1 + by_record["odds"].sum()
    share = asked["odds"] / asked["unique_id"].map(total)
    bits = (-share * np.log2(share)).groupby(asked["unique_id"]).sum() + np.log2(total) / total
    items = _with_candidates(asked)
    n_more = (by_record.size() - MOST_CANDIDATES).clip(lower=0).reindex(items["unique_id"]).tolist()
    records = items["unique_id"]
    items["priority"] = priority(
        records.map(known["kind"]).map(RISK_MATCH).astype(float),
        ambiguity(records.map(bits)),
        1 - 1 / records.map(total),
    )
    why = asked.dropna(subset="why").groupby("unique_id")["why"].agg(_distinct)
    whys = looked_up(records, why)
    items["reason"] = [_match_reason(*of) for of in zip(items["n_shown"], n_more, whys, strict=True)]
    return _finished(items, QueueKind.MATCH, known)


def _match_reason(n_shown: int, n_more: int, why: str | None) -> str:
    more = tr(f"，另有 {n_more} 个未列出", f", {n_more} more not shown") if n_more else ""
    again = tr(f"请重新判断：{why}。", f"Please judge anew: {why}. ") if why else ""
    return again + tr(f"有 {n_shown} 个可能的对应记录{more}", f"{n_shown} possible records{more}")


def _explained(conflicts: pd.DataFrame, pairs: pd.DataFrame, former: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Conflicts with the weight and the explanation of their pair, the reason in words with the records on the path."""
    told = pairs.merge(conflicts[_SIDES], on=_SIDES).merge(former, on=_SIDES, how="left")
    told = told.assign(levels=level_texts(told))[[*_SIDES, *_TOLD]]
    joined = conflicts[[*_SIDES, "reason", "path"]].merge(told, on=_SIDES, how="left")
    words = {code: tr(*reason) for code, reason in CONFLICT_REASONS.items()}
    labels = _labels(known)
    joined["reason"] = [
        words.get(reason, reason) + _path_words(path, labels)
        for reason, path in zip(joined["reason"], joined["path"], strict=True)
    ]
    nothing = {"match_key": "", "marks": "[]", "bars": "[]", "levels": "{}"}
    return joined.assign(**{name: joined[name].fillna(value) for name, value in nothing.items()})


def _labels(known: pd.DataFrame) -> pd.Series:
    """What a record on a path is called: name, file and row, by unique_id."""
    place = known["source_file"] + " " + known["source_row"].astype(str)
    return (masked(known["name"]).fillna("?") + "（" + place + "）").astype(object)


def _path_words(path: str | None, labels: pd.Series) -> str:
    if not path:
        return ""
    names = " — ".join(labels.get(unique_id, "?") for unique_id in path.split())
    return tr(f"：{names}", f": {names}")


def _conflict_items(conflicts: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    asked = _oriented(conflicts, known)
    asked = asked.sort_values(["unique_id", "other_id"])
    items = _with_candidates(asked)
    items["reason"] = looked_up(items["unique_id"], asked.groupby("unique_id")["reason"].agg(_distinct))
    items["priority"] = priority(*(pd.Series(value, items.index, dtype=float) for value in (RISK_CONFLICT, 1.0, 0.0)))
    return _finished(items, QueueKind.CONFLICT, known)


def _cluster_items(doubts: Doubts, known: pd.DataFrame) -> pd.DataFrame:
    """One a cluster: the two records of its weakest link, and who stands on either side."""
    weakest = doubts.links.assign(levels=level_texts(doubts.links), former=None, why=None)
    asked = _oriented(weakest, known)
    asked["is_left"] = asked["unique_id"] == asked["unique_id_l"]
    items = _with_candidates(asked).merge(asked[["unique_id", "person_id", "match_probability", "n_records"]])
    members = member_texts(doubts, asked[["person_id", "unique_id", "other_id", "is_left"]], known["shown"])
    items["candidates"] = items["candidates"].str[:-2] + ',"members":' + items["unique_id"].map(members) + "}]"
    sides = doubts.members.merge(asked[["person_id", "is_left"]], on="person_id", suffixes=("", "_asked"))
    n_left = sides[sides["is_left"] == sides["is_left_asked"]].groupby("person_id").size()
    probability = items["match_probability"]
    items["reason"] = cluster_reasons(items["n_records"], items["person_id"].map(n_left), probability)
    risk = pd.Series(RISK_CLUSTER, items.index)
    items["priority"] = priority(risk, 1 - probability, probability)
    return _finished(items.drop(columns="person_id"), QueueKind.CLUSTER, known)


def _oriented(pairs: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Both sides named by their part: unique_id is asked about, other_id is its candidate.

    A claim is asked about before a roster record, a roster record before a person at an enterprise; of two alike the
    smaller id, so that no pair is asked twice.
    """
    order = {str(FeedKind.CLAIMS): 0, str(FeedKind.MEMBER_ROSTER): 1}
    left, right = (pairs[side].map(known["kind"]).map(order).fillna(2) for side in ("unique_id_l", "unique_id_r"))
    asked = pairs.copy()
    asked["unique_id"] = chosen(left <= right, pairs["unique_id_l"], pairs["unique_id_r"])
    asked["other_id"] = chosen(left <= right, pairs["unique_id_r"], pairs["unique_id_l"])
    asked["marks"] = chosen(left <= right, pairs["marks"], turned_marks(pairs["marks"]))
    asked["other_shown"] = looked_up(asked["other_id"], known["shown"]).fillna("null")
    for side, name in (("unique_id", "state"), ("other_id", "other_state")):
        asked[name] = looked_up(asked[side], known["state"]).fillna("{}")
    return asked


def _with_candidates(asked: pd.DataFrame) -> pd.DataFrame:
    """One row a record asked about: `candidates` (JSON list, best first), `n_shown`, and `asks` to make the id from."""
    best = asked.groupby("unique_id").head(MOST_CANDIDATES)
    by_record = best.assign(text=candidate_json(best)).groupby("unique_id", sort=True)
    items = by_record["text"].agg(",".join).rename("candidates").astype(object).reset_index()
    items["candidates"] = "[" + items["candidates"] + "]"
    items["n_shown"] = by_record.size().to_numpy()
    items["evidence"] = looked_up(items["unique_id"], evidence_of(best))
    ids = asked.sort_values(["unique_id", "other_id"]).groupby("unique_id", sort=True)["other_id"]
    items["asks"] = items["unique_id"] + "," + ids.agg(",".join).astype(object).to_numpy()
    return items


def _false_entry_items(struck: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    struck = struck.sort_values(["unique_id", "evidence_grade", "rule_code", "finding_id"])
    by_entry = struck.assign(reason=struck["rule_code"] + " " + struck["message"]).groupby("unique_id", sort=True)
    items = by_entry.agg(
        reason=("reason", _distinct), grade=("evidence_grade", "first"), rules=("rule_code", _distinct)
    )
    items = items.reset_index()
    items["asks"] = items["unique_id"] + "," + items["rules"]
    weight = items["grade"].map(WEIGHT_OF_EVIDENCE).astype(float)
    items["priority"] = priority(items["grade"].map(RISK_FALSE_ENTRY).astype(float), 0 * weight, weight)
    return _finished(items, QueueKind.FALSE_ENTRY, known)


def _classification_items(doubtful: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    titles = {str(name): tr(title, str(name)) for name, title in CLASS_TITLES.items()}
    items = doubtful[["unique_id", "person_id", "primary_class", "reason"]].copy()
    items["reason"] = looked_up(items["primary_class"], pd.Series(titles)) + "：" + items["reason"]
    items["asks"] = items["person_id"] + "," + items["primary_class"]
    risk = items["primary_class"].map(RISK_CLASS).astype(float)
    items["priority"] = priority(risk, 0 * risk, 0 * risk)
    return _finished(items, QueueKind.CLASSIFICATION, known)


def _finished(items: pd.DataFrame, kind: QueueKind, known: pd.DataFrame) -> pd.DataFrame:
    """What every kind of item has: id, the record's person and place, and an empty list when nothing is to choose."""
    done = items.assign(kind=str(kind), item_id=items["asks"].map(_item_ids(kind)))
    if "candidates" not in done:
        done["candidates"] = "[]"
        done["evidence"] = None
    for name in ("person_id", "area", "township", "shown"):
        done[name] = looked_up(done["unique_id"], known[name])
    return done[_COLUMNS].astype({name: "int64" if name == "priority" else object for name in _COLUMNS})


def _item_ids(kind: QueueKind) -> Callable[[str], str]:
    return lambda asks: "Q" + spelled(hashlib.blake2b(f"{kind},{asks}".encode(), digest_size=8).hexdigest())


def _distinct(texts: pd.Series) -> str:
    return "；".join(dict.fromkeys(texts))

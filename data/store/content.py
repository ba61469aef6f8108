"""Has a question changed since it was answered? Hashes over what a reviewer judges, not over what a night recomputes.

Weights move a little whenever the model is trained, a file is handed in under another name, a message is worded
anew: if these counted, every decision would reopen every night. The records, the findings and the class count.
"""

from __future__ import annotations

import hashlib
import json

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.digests import spelled
from data.model import QueueKind
from data.store.guard import carries_number, masked, masked_json
from data.store.types import canonical_json


def finding_hashes(findings: pd.DataFrame) -> pd.Series:
    """One digest per finding over rule, grade, record, person and evidence; its wording may change."""
    strikes = findings["is_false_entry"].map({True: "1", False: "0"})
    texts = [findings[name] for name in ("rule_code", "evidence_grade", "unique_id", "person_id")]
    return _digests([*texts, strikes, findings["evidence"]])


def queue_hashes(queue: pd.DataFrame, findings: pd.DataFrame, classes: pd.DataFrame) -> pd.Series:
    """One digest per queue item over its kind, its record and the facts of its kind.

    Match and conflict: the candidates' unique_ids, which are hashes of content themselves. False entry: the findings
    that would strike the record out (`content_hash`). Classification: class and flags of the person.
    """
    strikes = findings[findings["is_false_entry"] & findings["unique_id"].notna()].sort_values("content_hash")
    by_record = strikes.groupby("unique_id")["content_hash"].agg(",".join)
    by_person = (classes["primary_class"] + "|" + classes["flags"]).set_axis(classes["person_id"])
    is_strike, is_class = (queue["kind"] == kind for kind in (QueueKind.FALSE_ENTRY, QueueKind.CLASSIFICATION))
    facts = [
        queue["candidates"].map(_candidate_ids),
        queue["unique_id"].map(by_record).where(is_strike).astype(object),
        queue["person_id"].map(by_person).where(is_class).astype(object),
    ]
    return _digests([queue["kind"], queue["unique_id"], *facts])


def _candidate_ids(text: str) -> str:
    return ",".join(sorted(candidate["unique_id"] for candidate in json.loads(text)))


def mask_columns(
    frame: pd.DataFrame, names: tuple[str, ...], json_names: tuple[str, ...] = ()
) -> tuple[pd.DataFrame, int]:
    """The frame with identity and mobile numbers masked in the named columns, and the number of cells that had one.

    Cells of `json_names` hold JSON text and still do afterwards.
    """
    n_masked = 0
    for name in (*names, *json_names):
        carries = _carries(frame[name])
        n_masked += int(carries.sum())
        clean = frame.loc[carries, name].map(_masked_text if name in json_names else masked)
        frame = frame.assign(**{name: frame[name].where(~carries, clean)})
    return frame, n_masked


def _carries(texts: pd.Series) -> pd.Series:
    """Cells with a number. Few hold eleven digits on end, the least that any number has: only those are looked into."""
    long = pc.match_substring_regex(pa.array(texts, pa.large_string(), from_pandas=True), "[0-9]{11}")
    asked = texts[pc.fill_null(long, fill_value=False).to_numpy(zero_copy_only=False)]
    found: pd.Series = asked.map(carries_number).reindex(texts.index, fill_value=False).astype(bool)
    return found


def _masked_text(text: str) -> str:
    return canonical_json(masked_json(json.loads(text)))


def _digests(columns: list[pd.Series]) -> pd.Series:
    rows = zip(*(column.fillna("").astype(str) for column in columns), strict=True)
    digests = [spelled(hashlib.blake2b("\x1f".join(row).encode(), digest_size=16).hexdigest()) for row in rows]
    return pd.Series(digests, index=columns[0].index, dtype=object)

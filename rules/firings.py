"""How is a firing written down? One row per subject, with evidence as JSON that points to rows and documents.

FIRING columns: unique_id (null: the person as such), person_id, evidence_grade, is_false_entry, message, evidence.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.compute as pc

from data.contracts.frames import stacked
from data.contracts.tables import PROVENANCE
from data.digests import spelled
from data.model import EvidenceGrade
from data.privacy import mask_text
from data.values.coded import text_array
from data.values.columns import spread

_ENCODER = json.JSONEncoder(ensure_ascii=False)
#: What every text has that is masked.
_LONG_NUMBER = r"\p{Nd}{10}"

Texts = str | pd.Series | Sequence[str] | npt.NDArray[np.object_]


def firings(
    subjects: pd.DataFrame,
    *,
    message: Texts,
    evidence: Texts = "[]",
    grade: EvidenceGrade | npt.NDArray[np.object_] = EvidenceGrade.C,
    is_false_entry: bool | npt.NDArray[np.bool_] = False,
) -> pd.DataFrame:
    """Firings for the rows of `subjects` (person_id, and unique_id when an entry is meant), in their order."""
    n_rows = len(subjects)
    unique_ids = subjects["unique_id"] if "unique_id" in subjects else [None] * n_rows
    return pd.DataFrame(
        {
            "unique_id": np.asarray(unique_ids, dtype=object),
            "person_id": subjects["person_id"].to_numpy(dtype=object),
            "evidence_grade": np.broadcast_to(np.asarray(grade, dtype=object), n_rows),
            "is_false_entry": np.broadcast_to(np.asarray(is_false_entry, dtype=bool), n_rows),
            "message": np.broadcast_to(np.asarray(message, dtype=object), n_rows),
            "evidence": np.broadcast_to(np.asarray(evidence, dtype=object), n_rows),
        }
    ).reset_index(drop=True)


def no_firings() -> pd.DataFrame:
    """A firings frame without rows."""
    return firings(pd.DataFrame({"unique_id": [], "person_id": []}, dtype=object), message="")


def strongest_per_subject(found: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """One firing per subject out of several lists: what strikes first, then the better grade."""
    frames = [frame for frame in found if len(frame)]
    if not frames:
        return no_firings()
    together = stacked(frames)
    order = together.assign(_kept=~together["is_false_entry"]).sort_values(
        ["_kept", "evidence_grade", "message", "evidence"], kind="stable"
    )
    first = order.drop_duplicates(["unique_id", "person_id"]).index
    return together.loc[first].sort_values(["unique_id", "person_id"], kind="stable").reset_index(drop=True)


def as_findings(rule_code: str, found: pd.DataFrame) -> pd.DataFrame:
    """FINDINGS rows of one rule: the id comes from rule and subject, numbers and phones in texts are masked."""
    subjects = found["unique_id"].where(found["unique_id"].notna(), found["person_id"])
    return pd.DataFrame(
        {
            "finding_id": finding_ids(rule_code, subjects),
            "rule_code": np.full(len(found), rule_code, dtype=object),
            "evidence_grade": found["evidence_grade"].astype(str).astype(object),
            "unique_id": found["unique_id"],
            "person_id": found["person_id"],
            "is_false_entry": found["is_false_entry"].to_numpy(dtype=bool),
            "message": _masked(found["message"]),
            "evidence": _masked(found["evidence"]),
        }
    ).astype({"finding_id": object})


def _masked(texts: pd.Series) -> npt.NDArray[np.object_]:
    """`mask_text` of each; only the few that have so many digits in a row, which Arrow sees, are gone through."""
    values = texts.to_numpy(dtype=object, copy=True)
    may_hold = pc.match_substring_regex(text_array(values), _LONG_NUMBER).fill_null(False)
    rows = np.flatnonzero(may_hold.to_numpy(zero_copy_only=False))
    values[rows] = [mask_text(text) for text in values[rows]]
    return values


def finding_ids(rule_code: str, subjects: pd.Series) -> npt.NDArray[np.object_]:
    """`F` and 16 hex digits of rule and subject: the same finding has the same id in every run."""
    digests = [hashlib.blake2b(f"{rule_code}\x1f{subject}".encode(), digest_size=8).hexdigest() for subject in subjects]
    # Spelled all at once: no run of digits goes beyond the F before each.
    lines = spelled("\n".join(f"F{digest}" for digest in digests))
    return np.array(lines.split("\n") if digests else [], dtype=object)


def fill(template: str, *pieces: object) -> npt.NDArray[np.object_]:
    """The template with each `{}` filled down columns: pieces are aligned object arrays, or one text for all rows.

    Column arithmetic instead of a format per row; at least one piece must be an array.
    """
    words = template.split("{}")
    text: object = words[0]
    for piece, word in zip(pieces, words[1:], strict=True):
        text = text + piece + word  # type: ignore[operator]
    return np.asarray(text, dtype=object)


def row_evidence(rows: pd.DataFrame, what: str) -> list[str]:
    """For each row (with provenance columns) a JSON object that points to it and says what it shows."""
    source, file, sheet = (_encoded(rows[name]) for name in PROVENANCE[:3])
    end = _ENCODER.encode(what)
    return [
        f'{{"source": {one}, "file": {two}, "sheet": {three}, "row": {int(row)}, "what": {end}}}'
        for one, two, three, row in zip(source, file, sheet, rows[PROVENANCE[3]], strict=True)
    ]


def record_evidence(unique_ids: pd.Series, whats: Texts) -> list[str]:
    """For each record named only by its unique_id a JSON object that says what it shows."""
    pairs = zip(_encoded(unique_ids), _encoded(whats), strict=True)
    return [f'{{"unique_id": {record}, "what": {what}}}' for record, what in pairs]


def document_evidence(documents: pd.Series, whats: Texts) -> list[str]:
    """For each event a JSON object with its document (null when none is named) and what it says."""
    pairs = zip(_encoded(documents), _encoded(whats), strict=True)
    return [f'{{"document": {document}, "what": {what}}}' for document, what in pairs]


def joined(*parts: Sequence[str]) -> list[str]:
    """JSON lists out of aligned lists of JSON objects; '' stands for no object."""
    if len(parts) == 1:
        return [f"[{part or ''}]" for part in parts[0]]
    return [f"[{', '.join(part for part in row if part)}]" for row in zip(*parts, strict=True)]


def _encoded(texts: Texts) -> npt.NDArray[np.object_]:
    """Each text as JSON, `null` for null; each distinct one is written once."""
    codes, distinct = pd.factorize(np.asarray(texts, dtype=object))
    return spread(np.array([_ENCODER.encode(text) for text in distinct], dtype=object), codes, "null")

"""What happened in a run, in one small document? The content of `summary.json`; keys sorted, volatile ones named."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from data.model import MatchGrade, QueueKind
from reports.class_table import TOTAL, class_table
from reports.outputs import OutputTables
from reports.staging import SEAL, staged

#: Keys, at any depth, that differ between two runs over the same input: clocks, and what depends on the night before.
VOLATILE_KEYS = frozenset(
    {
        *("run_id", "started_at", "finished_at", "seconds", "peak_mb"),
        *("checks", "differences", "reproduces", "night", "forecast"),
    }
)


@dataclass(frozen=True)
class SourceCounts:
    """What came out of one source. Rows: read = accepted + rejected; dropped are titles, blanks, repeated headers."""

    name: str
    kind: str
    files: tuple[str, ...]
    n_read: int
    n_accepted: int
    n_rejected: int
    n_dropped: int


@dataclass(frozen=True)
class StepTime:
    """Wall seconds of one step and the peak memory of the process at its end, in MiB."""

    name: str
    seconds: float
    peak_mb: float


@dataclass(frozen=True)
class RunFacts:
    """The run itself. Times are UTC. versions: at least `model`, `rules` and `code`."""

    run_id: str
    as_of: date
    area: str
    started_at: datetime
    finished_at: datetime
    versions: Mapping[str, str]
    steps: Sequence[StepTime]


def build_summary(
    run: RunFacts, sources: Sequence[SourceCounts], tables: OutputTables, n_pairs_by_rule: Mapping[str, int]
) -> dict[str, Any]:
    """The summary as plain JSON values, keys sorted at every depth; classes, grades and kinds are there even at 0."""
    struck = tables.findings[tables.findings["is_false_entry"].astype(bool)]
    by_grade = _counts(tables.pairs["grade"], [MatchGrade.CERTAIN, MatchGrade.POSSIBLE])
    summary = {
        "run_id": run.run_id,
        "as_of": run.as_of.isoformat(),
        "area": run.area,
        "started_at": run.started_at.isoformat(timespec="seconds"),
        "finished_at": run.finished_at.isoformat(timespec="seconds"),
        "counts": {source.name: _source_counts(source) for source in sources},
        "sources": {source.name: {"kind": source.kind, "files": sorted(source.files)} for source in sources},
        "classes": _classes(tables.classifications),
        "findings": _counts(tables.findings["rule_code"]),
        "false_entries": {str(code): int(n) for code, n in struck.groupby("rule_code")["unique_id"].nunique().items()},
        "n_false_entries": int(struck["unique_id"].nunique()),
        "n_members": len(tables.classifications),
        "queue": _counts(tables.review_queue["kind"], QueueKind),
        "pairs": {"by_grade": by_grade, "by_rule": {str(rule): int(n) for rule, n in n_pairs_by_rule.items()}},
        "versions": dict(run.versions),
        "steps": [
            {"name": step.name, "seconds": round(step.seconds, 3), "peak_mb": round(step.peak_mb, 1)}
            for step in run.steps
        ],
    }
    ordered: dict[str, Any] = json.loads(json.dumps(summary, sort_keys=True, ensure_ascii=False))
    return ordered


def write_summary(out: Path, summary: Mapping[str, Any]) -> Path:
    """Write `summary.json` into `out`: UTF-8, keys sorted, two spaces, a line end at the end."""
    with staged(out) as folder:
        text = json.dumps(summary, sort_keys=True, ensure_ascii=False, indent=2)
        (folder / SEAL).write_text(text + "\n", encoding="utf-8", newline="\n")
    return out / SEAL


def stable_part(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """The summary without VOLATILE_KEYS: equal for equal inputs and `as_of`."""
    if isinstance(value, Mapping):
        return {key: stable_part(part) for key, part in value.items() if key not in VOLATILE_KEYS}
    if isinstance(value, list):
        return [stable_part(part) for part in value]
    return value


def _source_counts(source: SourceCounts) -> dict[str, int]:
    return {
        "read": source.n_read,
        "accepted": source.n_accepted,
        "rejected": source.n_rejected,
        "dropped": source.n_dropped,
    }


def _classes(classifications: pd.DataFrame) -> dict[str, dict[str, int]]:
    table = class_table(classifications).drop(index=TOTAL, columns=TOTAL)
    return {str(row): {str(name): int(n) for name, n in cells.items()} for row, cells in table.iterrows()}


def _counts(values: pd.Series, always: Sequence[str] | type[QueueKind] = ()) -> dict[str, int]:
    found = {str(value): int(n) for value, n in values.value_counts().items()}
    return {**{str(value): 0 for value in always}, **found}

"""On what does a judgement rest? What the run stored with the question, copied when answered, never recomputed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from data.store.runs import RunInfo, current


@dataclass(frozen=True)
class Grounds:
    """The run that asked (null before the first publishing) and the `evidence` of the question (reports.evidence)."""

    run: RunInfo | None
    evidence: Mapping[str, Any]

    @property
    def run_id(self) -> str | None:
        """The run that asked."""
        return None if self.run is None else self.run.run_id

    def of_pair(self, unique_id: str, other: str) -> dict[str, Any]:
        """levels (comparison -> level), records (unique_id, which is a hash of the row's content -> its keys and keyed
        hashes of its fields), and the digests of the model, the rules and the code. Absent where nobody stored it."""
        states = self.evidence.get("records", {})
        records = {name: states[name] for name in (unique_id, other) if name in states}
        found = {"levels": self.evidence.get("levels", {}).get(other), "records": records or None}
        if self.run is not None:
            found |= {name: getattr(self.run, name) for name in ("model_digest", "rules_digest", "code_version")}
        return {name: value for name, value in found.items() if value is not None}


def grounds_of(connection: Connection, area: str, item: Mapping[str, Any]) -> Grounds:
    """What a judgement of the queue item rests on."""
    return Grounds(current(connection, area), json.loads(item["evidence"] or "{}"))

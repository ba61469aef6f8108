"""A queue item as the store holds it."""

from __future__ import annotations

from typing import Any

from tests.data.store.builders import candidate, item


def stored(*candidates: str, **changed: object) -> dict[str, Any]:
    """With candidates of these unique_ids."""
    decision = ("choice", "decided_by", "decided_at", "decision_reason", "leased_by", "leased_until")
    row = item("q1", *(candidate(unique_id) for unique_id in candidates))
    return {**row, "state": "open", "version": 1, **dict.fromkeys(decision), **changed}

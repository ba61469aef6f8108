"""What did the last runs take? Seconds by step, memory, rows and pairs; no audit row, nothing is decided by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, insert, select

from data.store.session import Store
from data.store.tables_measures import MEASURES


@dataclass(frozen=True)
class Measure:
    """One run; the fields as in data.store.tables_measures."""

    run_id: str
    area: str
    host: str
    ended_at: datetime
    n_rows: int
    n_pairs: int
    seconds: float
    peak_mb: float
    is_full: bool
    expected_seconds: float | None = None
    expected_mb: float | None = None
    steps: Mapping[str, float] = field(default_factory=dict)


def note_measure(store: Store, measure: Measure) -> None:
    """Keep it; of the same run the newest stays."""
    values = {("run_area" if name == "area" else name): value for name, value in vars(measure).items()}
    with store.write() as connection:
        connection.execute(delete(MEASURES).where(MEASURES.c.run_id == measure.run_id))
        connection.execute(insert(MEASURES).values(values | {"steps": dict(measure.steps)}))


def last_measures(store: Store, area: str | None = None, host: str | None = None, limit: int = 20) -> list[Measure]:
    """The newest first; of one area or all, of one machine or all."""
    query = select(MEASURES).order_by(MEASURES.c.ended_at.desc(), MEASURES.c.run_id).limit(limit)
    query = query if area is None else query.where(MEASURES.c.run_area == area)
    query = query if host is None else query.where(MEASURES.c.host == host)
    with store.read() as connection:
        rows = connection.execute(query).mappings().all()
    return [Measure(**{("area" if name == "run_area" else name): value for name, value in row.items()}) for row in rows]

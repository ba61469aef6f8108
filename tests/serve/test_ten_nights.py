"""Ten nights across a year's end, with files handed in, judgements and two failures: the state is that of one full run."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from data.errors import SourceFileError, StoreUnavailable
from data.model import Judgement
from data.settings import Settings
from data.store.frames import read_frame
from data.store.progress import AttemptState, last_attempts
from data.store.runs import current_run, list_runs
from data.store.session import Store
from data.store.tables import CLASSIFICATIONS, FINDINGS, LINKS, QUEUE_ITEMS
from data.store.transitions import UploadState
from data.store.uploads import list_uploads
from flows import scheduled, tasks
from flows.reconcile import reconcile
from reports.summary import stable_part
from tests.county import tables_of
from tests.serve.hands import AREA, FIRST, hand_in, judge_linked

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("no_engine"), pytest.mark.timeout(600)]

#: When and by which run; everything else must be the same.
_VOLATILE = ["run_id", "minted_run", "retired_run", "first_run_id", "decided_at"]


def at_night(number: int) -> datetime:
    """02:31 in Beijing of the n-th night."""
    day = FIRST + timedelta(days=number)
    return datetime(day.year, day.month, day.day, 18, 31, tzinfo=UTC) - timedelta(days=1)


def test_ten_nights_end_where_one_full_run_ends(
    small: Path, tmp_path: Path, settings: Settings, opened: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources, out = str(small / "sources.toml"), str(tmp_path / "out")
    roster, aside = next((small / "rosters").glob("*.xlsx")), tmp_path / "aside.xlsx"
    told = []
    for number in range(10):
        with time_machine.travel(at_night(number)), monkeypatch.context() as patched:
            if number in (1, 3, 6):
                hand_in(opened, settings, small, tmp_path, number)
            if number in (2, 5, 8):
                judge_linked(opened, Judgement.POSITIVE if number == 5 else Judgement.NEGATIVE, number)
            if number == 3:
                roster.rename(aside)
                roster.write_bytes(b"no workbook")
                with pytest.raises(SourceFileError):
                    scheduled.night(sources, out, FIRST + timedelta(days=number))
                aside.replace(roster)
                continue
            if number == 6:
                patched.setattr(tasks, "publish_run", _away)
                with pytest.raises(StoreUnavailable):
                    scheduled.night(sources, out, FIRST + timedelta(days=number))
                continue
            patched.setattr(scheduled, "_scheduled", lambda number=number: at_night(number))
            told.append(scheduled.night(sources, out))
    assert [one["night_on"] for one in told] == [
        (FIRST + timedelta(days=number)).isoformat() for number in (0, 1, 2, 4, 5, 7, 8, 9)
    ]
    assert all(one["state"] == "published" for one in told)
    shown = current_run(opened, AREA)
    assert shown is not None
    assert shown.as_of == date(2017, 1, 5)
    assert [one.state for one in list_uploads(opened, AREA)] == [UploadState.DONE] * 3
    states = [attempt.state for attempt in reversed(last_attempts(opened, AREA))]
    assert [number for number, state in enumerate(states) if state is AttemptState.FAILED] == [3, 6]
    files, state = _files(tmp_path / "out"), _state(opened)
    with time_machine.travel(at_night(9) + timedelta(hours=1)):
        whole = reconcile(sources, str(tmp_path / "whole"), as_of=shown.as_of, is_full=True)
    assert whole["state"] == "published"
    assert _files(tmp_path / "whole") == files
    assert _state(opened) == state
    assert len([run for run in list_runs(opened, AREA) if run.state == "published"]) == 9


def _away(*_arguments: object) -> None:
    raise StoreUnavailable("away")


def _files(folder: Path) -> dict[str, object]:
    """Tables byte by byte; of the summary what does not tell when."""
    tables = {name: content for name, content in tables_of(folder).items() if name.endswith(".csv")}
    # What changed against the run before: another run is before it.
    del tables["differences.csv"]
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return {**tables, "classes": summary["classes"], "sources": stable_part(summary)["sources"]}


def _state(store: Store) -> dict[str, str]:
    kept = {}
    for table in (LINKS, CLASSIFICATIONS, FINDINGS, QUEUE_ITEMS):
        with store.read() as connection:
            frame = read_frame(connection, select(table))
        frame = frame.drop(columns=[name for name in _VOLATILE if name in frame])
        kept[table.name] = frame.sort_values(list(frame.columns[:2]), ignore_index=True).astype(str).to_csv(index=False)
    return kept

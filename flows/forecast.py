"""What will a night take? Seconds by step and memory, from rows and pairs, corrected by what this machine needed.

The model is linear and small on purpose (`forecast.toml`): it answers “ten minutes or three hours?”, and a budget stops
a run that would not end before morning.
"""

from __future__ import annotations

import socket
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

from data.errors import DiskFull, LonglouError, StoreUnavailable
from data.settings import Settings
from data.store.clock import utc_now
from data.store.measures import Measure, last_measures, note_measure
from data.store.session import Store
from data.words import tr
from flows.measured import Step

_FILE = Path(__file__).with_name("forecast.toml")
_START = "prefect_start"
_ROWS, _PAIRS = 100_000, 1_000_000
#: Own runs that correct the forecast; more would keep a machine's past.
_RUNS = 5
#: No correction beyond this: something else was going on.
_MOST = 20.0


class OverBudget(LonglouError):
    """The run is expected to take more than the settings allow; it did not begin, nothing was written."""

    exit_code = 2

    def __init__(self, expected: str, budget: str) -> None:
        super().__init__(
            tr(
                f"预计需要{expected}，超过预算{budget}，未开始运行（明细见 longlou forecast）",
                f"expected to take {expected}, over the budget of {budget}: not begun (see longlou forecast)",
            )
        )


@dataclass(frozen=True)
class Forecast:
    """Of a whole night. n_pairs: of blocks, counted or estimated; n_runs: own runs that corrected it."""

    n_rows: int
    n_pairs: int
    is_counted: bool
    seconds: float
    peak_mb: float
    n_runs: int
    steps: Mapping[str, float] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """As JSON."""
        steps = {name: round(seconds, 1) for name, seconds in self.steps.items()}
        return {**vars(self), "seconds": round(self.seconds, 1), "peak_mb": round(self.peak_mb), "steps": steps}

    def beside(self, steps: Sequence[Step]) -> dict[str, Any]:
        """What was expected beside what it took, for `summary.json`; the steps stand there anyway."""
        told = {name: value for name, value in self.document().items() if name != "steps"}
        took = [step for step in steps if step.name != _START]
        peak = max((step.peak_mb for step in took), default=0.0)
        return told | {"took_seconds": round(sum(step.seconds for step in took), 1), "took_mb": round(peak)}


def forecast(store: Store, n_rows: int, n_pairs: int | None = None) -> Forecast:
    """What a night of so many accepted rows will take on this machine. n_pairs: of blocks, None where not counted."""
    past = last_measures(store, host=socket.gethostname(), limit=_RUNS * 4)
    whole = [measure for measure in past if measure.is_full and measure.n_rows][:_RUNS]
    return predict(n_rows, n_pairs, whole)


def predict(n_rows: int, n_pairs: int | None, past: Sequence[Measure]) -> Forecast:
    """As `forecast`, from runs of this machine that compared everything."""
    pairs = round(n_rows * _coefficients()["pairs_per_row"]) if n_pairs is None else n_pairs
    steps = _steps(n_rows, pairs)
    slower = _factor([run.seconds / sum(_steps(run.n_rows, None).values()) for run in past])
    larger = _factor([run.peak_mb / _memory(run.n_rows) for run in past])
    corrected = {name: seconds * slower for name, seconds in steps.items()}
    peak = _memory(n_rows) * larger
    return Forecast(n_rows, pairs, n_pairs is not None, sum(corrected.values()), peak, len(past), corrected)


def refuse_over(settings: Settings, expected: Forecast) -> None:
    """Raises OverBudget where the settings name a budget and the forecast is over it."""
    minutes, mb = expected.seconds / 60, expected.peak_mb
    if settings.budget_minutes is not None and minutes > settings.budget_minutes:
        raise OverBudget(_minutes(minutes), _minutes(settings.budget_minutes))
    if settings.budget_mb is not None and mb > settings.budget_mb:
        raise OverBudget(f" {mb:,.0f} MB", f" {settings.budget_mb:,} MB")


def note_run(store: Store, summary: Mapping[str, Any]) -> None:
    """Keep what a finished run took, from its summary, for the next forecasts and for who watches."""
    # Prefect's own start is not the night's; a run that the scheduler starts does not have it.
    steps = {step["name"]: float(step["seconds"]) for step in summary["steps"] if step["name"] != _START}
    expected = summary.get("forecast", {})
    measure = Measure(
        run_id=summary["run_id"],
        area=summary["area"],
        host=socket.gethostname(),
        ended_at=utc_now(),
        n_rows=sum(int(source["accepted"]) for source in summary["counts"].values()),
        n_pairs=sum(int(n) for n in summary["pairs"]["by_rule"].values()),
        seconds=round(sum(steps.values()), 3),
        peak_mb=max(float(step["peak_mb"]) for step in summary["steps"]),
        is_full=summary.get("night", {}).get("mode") == "full",
        expected_seconds=expected.get("seconds"),
        expected_mb=expected.get("peak_mb"),
        steps=steps,
    )
    # The run is published or held by now: whether its figures could be kept changes nothing about that.
    with suppress(StoreUnavailable, DiskFull):
        note_measure(store, measure)


def _steps(n_rows: int, n_pairs: int | None) -> dict[str, float]:
    told = _coefficients()
    pairs = n_rows * told["pairs_per_row"] if n_pairs is None else n_pairs
    return {
        name: of.get("fixed", 0.0) + of.get("rows", 0.0) * n_rows / _ROWS + of.get("pairs", 0.0) * pairs / _PAIRS
        for name, of in told["steps"].items()
    }


def _memory(n_rows: int) -> float:
    told = _coefficients()["memory"]
    return float(told["fixed_mb"] + told["mb_per_100k_rows"] * n_rows / _ROWS)


def _factor(ratios: Sequence[float]) -> float:
    return min(max(median(ratios), 1 / _MOST), _MOST) if ratios else 1.0


def _minutes(minutes: float) -> str:
    return tr(f" {minutes:.1f} 分钟", f" {minutes:.1f} minutes")


@cache
def _coefficients() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))

from __future__ import annotations

import pytest

from bench import answer
from bench.answer import Clock


def test_a_step_inside_another_stops_the_outer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([0.0, 1.0, 4.0, 5.0, 6.0, 8.0])
    monkeypatch.setattr(answer.time, "perf_counter", lambda: next(ticks))
    clock = Clock()
    with clock.step("outer"):
        assert clock.timed("inner", lambda x: x + 1)(1) == 2
    with clock.step("outer"):
        pass
    assert clock.steps == {"outer": 1.0 + 1.0 + 2.0, "inner": 3.0}

"""Log lines for machines: one object each, with the run it belongs to, and nothing of a member."""

from __future__ import annotations

import contextvars
import json
import logging
import sys

import pytest

from data.logs import bind, formatter

NUMBER = "469901198507011233"


def _record(message: str, *, is_error: bool = False) -> logging.LogRecord:
    found = None
    if is_error:
        try:
            raise ValueError(f"the value {NUMBER}")
        except ValueError:
            found = sys.exc_info()
    return logging.LogRecord("longlou.run", logging.WARNING, __file__, 1, "%s rows %s", (message, NUMBER), found)


def test_a_json_line_bears_its_run_and_masks_numbers() -> None:
    def line() -> dict[str, str]:
        bind(area="469005")
        bind(run_id="469005-1")
        told: dict[str, str] = json.loads(formatter("json", "").format(_record("三")))
        return told

    told = contextvars.Context().run(line)
    assert (told["run_id"], told["area"], told["level"], told["logger"]) == (
        "469005-1",
        "469005",
        "warning",
        "longlou.run",
    )
    assert told["message"].startswith("三 rows 469901")
    assert NUMBER not in str(told)
    # What was bound there does not stay here.
    assert "run_id" not in json.loads(formatter("json", "").format(_record("四")))


@pytest.mark.parametrize("kind", ["json", "text"])
def test_an_error_tells_no_value(kind: str) -> None:
    line = formatter(kind, "%(message)s").format(_record("x", is_error=True))  # type: ignore[arg-type]
    assert NUMBER not in line
    assert "ValueError" in line
    assert kind == "text" or "\n" not in line

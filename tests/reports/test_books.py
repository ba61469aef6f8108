"""All workbooks from one set of tables, handed over packed or not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from data.contracts.frames import empty_frame
from reports.books import Books
from reports.differences import COLUMNS
from tests.county import tables_of
from tests.reports.builders import AS_OF, classification, classifications, ledger_tables
from tests.reports.test_forming_tables import tables

BOOKS = {
    "党员信息台账",
    "发展党员台账",
    "党组织工作台账",
    "本支部联系任务",
    "组织关系台账",
    "党建统计表",
    "两次核对差异",
}


def books() -> Books:
    """Those of two members, one of them hidden, with nulls and numbers among the columns."""
    classified = classifications(classification("p1", township=None), classification("p2", "hidden", branch=None))
    ledgers = ledger_tables(classified)
    assert len(ledgers.org_life) == 1
    return Books(ledgers, tables(), empty_frame(COLUMNS), {"F": "批发和零售业"}, AS_OF, "文昌市")


def test_packed_tables_give_the_same_bytes(tmp_path: Path) -> None:
    for name, made in (("plain", books()), ("packed", books().packed().unpacked())):
        (tmp_path / name).mkdir()
        paths = made.write(tmp_path / name)
        assert {path.stem for path in paths} == BOOKS
    assert tables_of(tmp_path / "packed") == tables_of(tmp_path / "plain")


def test_unpacked_tables_are_what_was_packed() -> None:
    was, now = books(), books().packed().unpacked()
    for name in ("members", "classifications", "org_life"):
        pd.testing.assert_frame_equal(getattr(now.ledgers, name), getattr(was.ledgers, name), check_exact=True)
    pd.testing.assert_frame_equal(now.forming.parts, was.forming.parts, check_exact=True)
    assert now.forming.parts["covered"].dtype == np.int64

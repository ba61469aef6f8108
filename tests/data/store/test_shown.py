"""What the archive tells of a night gives the very tables that reading the book gives; a damaged one is not asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Table, event, select

from data.store import audit, findings, queue
from data.store.archive import Archive, Manifest
from data.store.frames import read_frame
from data.store.keyring import Keyring, new_keyring
from data.store.known_records import known_records
from data.store.publish import PublishTables, Ready, Terms, checked, publish
from data.store.runs import RunInfo, current_run
from data.store.sealing import ClearValues
from data.store.session import Store
from data.store.shown import STORE, Shown
from data.store.statistics import nights
from data.store.tables import CLASSIFICATIONS, FINDINGS, LINKS, PERSONS, QUEUE_ITEMS
from data.store.tables_persons import KNOWN_RECORDS, PERSON_CHANGES, PERSON_LINEAGE
from data.store.tables_readings import RECORD_CARDS
from data.store.tables_sealed import SEALED_VALUES
from data.store.transitions import FindingState
from tests.data.store.builders import AREA, NOW, candidate, finding, handed, item, run

BOOK = "46"
UPHELD = FindingState.UPHELD
OF_PERSONS = (PERSONS, LINKS, CLASSIFICATIONS, KNOWN_RECORDS, PERSON_CHANGES, PERSON_LINEAGE)
TABLES = (*OF_PERSONS, RECORD_CARDS, SEALED_VALUES, FINDINGS, QUEUE_ITEMS)
#: Differ between two books and two encryptions of a value.
_OWN = ["run_area", "run_id", "minted_run", "retired_run", "gone_run", "left_run", "sealed", "change_id", "lineage_id"]
_OWN += ["first_run_id"]
FIRST = {"a": "P1", "b": "P1", "c": "P2", "d": "P3"}
SECOND = {"a": "P1", "b": "P4", "c": "P2", "e": "P2"}
#: Between both nights people uphold and take back f2 and q2, and uphold f3; f2 is worded anew, f4 and q4 are asked no more.
FOUND = tuple(finding(name, person_id=None) for name in ("f1", "f2", "f3", "f4"))
ASKED = tuple(item(name, candidate("z"), person_id=None) for name in ("q1", "q2", "q3", "q4"))
FOUND_THEN = (*FOUND[:1], finding("f2", person_id=None, message="已除名"), FOUND[2], finding("f5", person_id=None))
ASKED_THEN = (*ASKED[:2], item("q3", candidate("y"), person_id=None), item("q5", candidate("z"), person_id=None))


def _night(of: dict[str, str], keyring: Keyring, class_of: str, is_second: bool = False) -> PublishTables:
    found, asked = (FOUND_THEN, ASKED_THEN) if is_second else (FOUND, ASKED)
    night = handed(of, classes=dict.fromkeys(sorted(set(of.values())), class_of), found=found, asked=asked)
    ids = list(of)
    cards = {"unique_id": ids, "name": [f"王{one}" for one in ids], "employer": None, "area": AREA, "shown": "{}"}
    numbers = {"unique_id": ids, "id_no": [f"4699011985070112{place:02}" for place in range(len(ids))], "mobile": None}
    clear = ClearValues(pd.DataFrame(numbers, dtype=object), keyring)
    return PublishTables(**{**vars(night), "cards": pd.DataFrame(cards, dtype=object), "clear": clear})


def _decide(store: Store, area: str) -> None:
    with audit.changing(store) as connection:
        for name, state in (("f2", UPHELD), ("f2", FindingState.PROPOSED), ("f3", UPHELD)):
            findings.decide(connection, area, name, state, "王复核", "已核实", NOW)
        queue.decide(connection, queue.item_for_change(connection, area, "q2"), "1", "王复核", "同一人", NOW)
        queue.reopen(connection, queue.item_for_change(connection, area, "q2"), "王复核", "看错了", NOW)


def _archived(archive: Archive, store: Store, of: RunInfo, ready: Ready) -> Manifest:
    tables = {f"{STORE}{name}": archive.put_table(frame) for name, frame in ready.frames().items()}
    return Manifest(of.run_id, of.area, {}, tables)


def _content(store: Store, area: str) -> dict[str, list[str]]:
    def rows(table: Table) -> list[str]:
        with store.read() as connection:
            frame = read_frame(connection, select(table).where(table.c.run_area == area))
        return sorted(map(str, frame.drop(columns=_OWN, errors="ignore").to_dict("records")))

    told = {table.name: rows(table) for table in TABLES if "run_area" in table.c}
    return told | {"numbers": sorted(map(str, nights(store, area)[-1].numbers.items()))}


def _two_nights(store: Store, archive: Archive, area: str, keyring: Keyring, shown: Callable[[Manifest], Any]) -> None:
    ready = checked(_night(FIRST, keyring, "normal"))
    publish(store, run(f"{area}-1", area), ready, NOW)
    manifest = _archived(archive, store, run(f"{area}-1", area), ready)
    _decide(store, area)
    terms = Terms((f"{area}-1",), shown=shown(manifest))
    publish(store, run(f"{area}-2", area), checked(_night(SECOND, keyring, "lost", is_second=True)), NOW, terms)


@pytest.mark.parametrize("damaged", [False, True])
def test_the_same_tables_as_read_from_the_book(store: Store, tmp_path: Path, damaged: bool) -> None:
    archive, keyring = Archive(tmp_path), new_keyring()

    def kept(manifest: Manifest) -> Shown:
        if damaged:
            for path in (tmp_path / "blobs").glob("*/*"):
                path.write_bytes(b"")
        return Shown(archive, manifest, known_records(store, AREA))

    _two_nights(store, archive, BOOK, keyring, lambda _manifest: None)
    said: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *call: said.append(" ".join(call[2].split())))
    _two_nights(store, archive, AREA, keyring, kept)
    n_read = sum(text.startswith("SELECT record_cards.") for text in said)
    n_whole = sum(text.startswith("SELECT findings.") and " AND " not in text for text in said)
    assert _content(store, AREA) == _content(store, BOOK)
    assert (n_read, n_whole) == ((2, 2) if damaged else (1, 1)), "the first night has nothing to compare with"


def test_a_question_that_differs_from_what_was_published_is_read_from_the_book(store: Store, tmp_path: Path) -> None:
    archive, keyring = Archive(tmp_path), new_keyring()

    def kept(manifest: Manifest) -> Shown:
        with store.write() as connection:
            connection.execute(FINDINGS.delete().where(FINDINGS.c.finding_id == "f1"))
        return Shown(archive, manifest, known_records(store, AREA))

    _two_nights(store, archive, AREA, keyring, kept)
    with store.read() as connection:
        there = read_frame(connection, select(FINDINGS).order_by(FINDINGS.c.finding_id))
    assert dict(zip(there["finding_id"], there["first_run_id"], strict=True))["f1"] == f"{AREA}-2"


def test_numbers_removed_since_are_encrypted_again(store: Store, tmp_path: Path) -> None:
    archive, keyring = Archive(tmp_path), new_keyring()

    def kept(manifest: Manifest) -> Shown:
        with store.write() as connection:
            connection.execute(SEALED_VALUES.delete())
        return Shown(archive, manifest, known_records(store, AREA))

    _two_nights(store, archive, AREA, keyring, kept)
    with store.read() as connection:
        there = read_frame(connection, select(SEALED_VALUES))
    assert sorted(there["unique_id"]) == sorted(SECOND)
    assert there["left_run"].isna().all()


def test_without_an_archive_the_store_is_asked(store: Store, tmp_path: Path) -> None:
    publish(store, run(), handed(), NOW)
    known = known_records(store, AREA)
    assert Shown.of(Archive(tmp_path), None, known) is None
    assert Shown.of(Archive(tmp_path), current_run(store, AREA), known) is None

"""A province's book with rows of two counties: what is ours, and what a clerk of ours must never meet."""

from __future__ import annotations

import json

import pandas as pd
from sqlalchemy import Table, select

from data.model import FeedKind
from data.settings import Settings
from data.store.asides import add_note, assign, write_guidance
from data.store.cases import open_item
from data.store.content import canonical_json
from data.store.keyring import open_keyring
from data.store.publish import PublishTables, publish
from data.store.queue import QueueFilter
from data.store.scope import Scope
from data.store.sealing import ClearValues
from data.store.session import Store
from data.store.tables import FINDINGS, JUDGEMENTS, QUEUE_ITEMS
from data.store.tables_desk import REVEALS
from data.store.tables_readings import ASSIGNMENTS, GOLD_ASKED, GUIDANCE, NOTES, READING_STAGES, READINGS, SKIPS
from data.store.tables_uploads import UPLOADS
from data.store.tables_verification import CASES, STEPS
from data.store.transitions import UploadState
from data.store.uploads import NewUpload, add_upload, move_upload
from review.readings import Given, answer
from tests.data.store.builders import NOW, candidate, classifications, finding, handed, item, run

BOOK, OURS, THEIRS = "46", "469005", "469021"
#: In a text of the other county, and the name of a colleague there: on no page of a clerk of ours.
FOREIGN, COLLEAGUE = "外县", "waixian"
ID_NO = "46002519850707123X"
PATTERN = "+姓名(音同)+身份证"
_ANSWER = {
    **dict.fromkeys(("n_read", "n_accepted", "n_to_check", "n_rejected", "n_dropped", "n_problems"), 1),
    "mapping": [],
    "reasons": [],
    "problems": [],
    "refused": None,
}


def _shown(text: str, area: str) -> dict[str, object]:
    file = f"{text}名册.xlsx"
    return {"name": f"{text}王", "id": "460025********123X", "area": area, "employer": f"{text}店", "source_file": file}


def _question(name: str, text: str, area: str, *candidates: dict[str, object], **changed: object) -> dict[str, object]:
    shown = json.dumps(_shown(text, area), ensure_ascii=False)
    values = {"unique_id": f"r-{name}", "person_id": None, "shown": shown, "reason": f"{text}原因", "area": area}
    return item(name, *candidates, **{**values, "township": f"{text}镇", **changed})


def two_counties(store: Store, settings: Settings) -> None:
    """Items `ours` and `theirs`, `class-ours` and `class-theirs`, and so on; person P1 has a record in each county."""
    asked = []
    for side, text, area in (("ours", "本县", OURS), ("theirs", FOREIGN, THEIRS)):
        far = candidate(f"far-{side}", shown=_shown("邻县", THEIRS), match_key=PATTERN)
        near = candidate(f"near-{side}", shown=_shown(text, area), match_key=PATTERN)
        asked += [
            _question(side, text, area, near, far),
            _question(f"bulk-{side}", text, area, near),
            _question(f"given-{side}", text, area, near, priority=900),
            _question(f"class-{side}", text, area, kind="classification", candidates="[]", person_id=f"P-{side}"),
        ]
    of = {"a": "P1", "b": "P1", "r-class-ours": "P-ours", "r-class-theirs": "P-theirs", "r-ours": "P1"}
    tables = handed(of, asked=tuple(asked), found=(finding("f1", unique_id="b", message=f"{FOREIGN}已去世"),))
    classes = classifications({"P1": "normal", "P-ours": "lost", "P-theirs": "lost"})
    classes["area"] = [THEIRS, OURS, THEIRS]
    classes["branch"] = [f"{FOREIGN}支部", "本县支部", f"{FOREIGN}支部"]
    records = {"a": OURS, "r-ours": OURS, "near-ours": OURS, "b": THEIRS, "r-theirs": THEIRS, "far-ours": THEIRS}
    texts = {OURS: "本县", THEIRS: FOREIGN}
    cards = [
        {"unique_id": name, "name": f"王{texts[area]}", "employer": f"{texts[area]}店", "area": area}
        | {"shown": json.dumps(_shown(texts[area], area), ensure_ascii=False)}
        for name, area in records.items()
    ]
    clear = pd.DataFrame({"unique_id": list(records), "id_no": ID_NO, "mobile": None}, dtype=object)
    whole = {
        **vars(tables),
        "classifications": classes,
        "cards": pd.DataFrame(cards, dtype=object),
        "clear": ClearValues(clear, open_keyring(settings.keyring_file)),
    }
    publish(store, run("46-1", BOOK), PublishTables(**whole), NOW)
    _worked_on(store)


def _worked_on(store: Store) -> None:
    """What colleagues of the other county did."""
    add_note(store, BOOK, "theirs", COLLEAGUE, f"{FOREIGN}备注")
    theirs = QueueFilter(scope=Scope.of([THEIRS]), area=THEIRS)
    assign(store, BOOK, theirs, COLLEAGUE, 1, "root")
    for reader in (COLLEAGUE, f"{COLLEAGUE}2"):
        answer(store, BOOK, "class-theirs", Given("unsure", reader, f"{FOREIGN}理由"))
    for side, area, text in (("ours", OURS, "本县"), ("theirs", THEIRS, FOREIGN)):
        open_item(store, BOOK, f"class-{side}", "root" if side == "ours" else COLLEAGUE)
        new = NewUpload(f"upload-{side}", BOOK, area, FeedKind.MEMBER_ROSTER, f"{text}.csv", side, 1)
        add_upload(store, new, "clerk" if side == "ours" else COLLEAGUE)
        move_upload(store, new.upload_id, UploadState.CHECKED, "longlou", answer=_ANSWER)
    write_guidance(store, BOOK, "全省提示", "root")


def case_ids(store: Store) -> dict[str, str]:
    """The case of either county."""
    with store.read() as connection:
        found = dict(connection.execute(select(CASES.c.area, CASES.c.case_id)).tuples().all())
    return {"ours": found[OURS], "theirs": found[THEIRS]}


#: Rows that a person of the desk may change, with the column that says which question or case they belong to.
_CHANGEABLE: tuple[tuple[Table, str], ...] = (
    *((table, "item_id") for table in (QUEUE_ITEMS, READINGS, READING_STAGES, ASSIGNMENTS, NOTES, SKIPS, GOLD_ASKED)),
    *((table, "case_id") for table in (CASES, STEPS)),
    *((table, "unique_id") for table in (FINDINGS, REVEALS)),
    *((JUDGEMENTS, side) for side in ("unique_id_l", "unique_id_r")),
    (UPLOADS, "upload_id"),
    (GUIDANCE, "author"),
)
_THEIR_RECORDS = ("b", "r-theirs", "near-theirs", "far-theirs")


def rows_of_others(store: Store) -> list[str]:
    """Everything about the other county that somebody could have changed, as text to compare."""
    case = case_ids(store)["theirs"]
    found = []
    with store.read() as connection:
        for table, column in _CHANGEABLE:
            rows = connection.execute(select(table)).mappings()
            for row in rows:
                key = str(row[column])
                if "theirs" in key or key in (case, *_THEIR_RECORDS, "root"):
                    found.append(canonical_json([table.name, {name: str(value) for name, value in row.items()}]))
    return sorted(found)

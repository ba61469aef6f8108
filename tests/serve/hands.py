"""What people do between two nights: hand a file in, answer about two records."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pandas as pd
from sqlalchemy import select

from data.model import FeedKind, Judgement
from data.settings import Settings
from data.store.ledger import Statement, append_judgement
from data.store.session import Store
from data.store.tables import LINKS
from data.store.uploads import Upload
from review.uploads import accept_upload, check, take_in

AREA = "469005"
FIRST = date(2016, 12, 27)


def hand_in(store: Store, settings: Settings, sources: Path, folder: Path, number: int) -> Upload:
    """One person of the county's own roster without numbers, so that somebody has to look."""
    (place,) = (sources / "rosters").glob("*.csv")
    with place.open(encoding="gb18030", newline="") as file:
        rows = list(csv.DictReader(file))
    row = {name: "" if "身份" in name or "手机" in name else value for name, value in rows[number].items()}
    path = folder / f"补充{number}.xlsx"
    pd.DataFrame([row]).to_excel(path, index=False)
    with path.open("rb") as content:
        taken = take_in(store, settings, content, path.name, book=AREA, area=AREA, kind=FeedKind.MEMBER_ROSTER, by="王")
    return accept_upload(store, check(store, settings, taken.upload), "王")


def judge_linked(store: Store, judgement: Judgement, number: int) -> None:
    """Somebody answers about the first two records of the n-th person who has several."""
    linked = select(LINKS.c.person_id, LINKS.c.unique_id).order_by(LINKS.c.person_id, LINKS.c.unique_id)
    with store.read() as connection:
        links = pd.DataFrame(connection.execute(linked).mappings().all())
    several = links.groupby("person_id")["unique_id"].agg(list).loc[lambda ids: ids.str.len() > 1]
    left, right = several.iloc[number][:2]
    append_judgement(store, AREA, Statement(left, right, judgement, {}), "王复核", "")

"""Publishing what is shown of the records that belong to a person, for the desk to search (see data.store.cards)."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection

from data.store.renewing import renew
from data.store.tables_readings import RECORD_CARDS


def replace_cards(connection: Connection, book: str, cards: pd.DataFrame, was: pa.Table | None = None) -> int:
    """Bring a book's cards to these: [unique_id, name, employer, area, shown (JSON text)]; returns their number.

    was: the book's cards as Arrow has them, where they are known without asking."""
    renew(connection, RECORD_CARDS, book, "unique_id", cards, was)
    return len(cards)

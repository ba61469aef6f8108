"""Publishing what is shown of the records that belong to a person, for the desk to search (see data.store.cards)."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection, delete

from data.store.frames import write_frame
from data.store.tables_readings import RECORD_CARDS


def replace_cards(connection: Connection, book: str, cards: pd.DataFrame) -> int:
    """Bring a book's cards to these: [unique_id, name, employer, area, shown (JSON text)]; returns their number."""
    connection.execute(delete(RECORD_CARDS).where(RECORD_CARDS.c.run_area == book))
    wanted = ["unique_id", "name", "employer", "area", "shown"]
    return write_frame(connection, RECORD_CARDS, cards[wanted].sort_values("unique_id").assign(run_area=book))

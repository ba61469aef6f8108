"""Numbers are masked in whatever is published, and only what held one counts."""

from __future__ import annotations

import pandas as pd

from data.store.content import mask_columns
from data.store.guard import carries_number, masked

TEXTS = [
    None,
    "",
    "王明",
    "电话13900001234",
    "电话 13900001234，又 13900001235",
    "460022190001010010",
    "(460022190001010010)",
    "91460022190001010010",
    "12345678901234567890",
    "1390000123",
]


def test_cells_are_masked_as_each_alone_would_be() -> None:
    frame = pd.DataFrame({"text": TEXTS, "other": "13900001234"}, index=range(5, 5 + len(TEXTS)), dtype=object)
    clean, n_masked = mask_columns(frame, ("text",))
    assert clean["text"].to_list() == [None if text is None else masked(text) for text in TEXTS]
    assert n_masked == sum(carries_number(text) for text in TEXTS if text) > 2
    assert (clean["other"] == frame["other"]).all()


def test_json_stays_json() -> None:
    frame = pd.DataFrame({"shown": ['{"mobile":"13900001234"}', '{"row":13900001234}', "{}"]}, dtype=object)
    clean, n_masked = mask_columns(frame, (), ("shown",))
    assert clean["shown"].to_list() == ['{"mobile":"139****1234"}', '{"row":"139****1234"}', "{}"]
    assert n_masked == 2
    assert mask_columns(frame[:0], (), ("shown",))[1] == 0

"""What does an analyst see of a candidate? JSON of masked values, built column by column, never an unmasked number."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from json.encoder import encode_basestring
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.model import IdStatus
from data.privacy import mask_id, mask_phone, mask_text
from data.values.coded import TEXT
from data.values.columns import Objects, map_unique
from data.values.lines import texts_of
from reports.columns import chosen, first_known
from reports.masking import masked

#: What a mark says seen from the other side.
_TURNED = {"缺字": "多字", "多字": "缺字", "缺一位": "多一位", "多一位": "缺一位", "l": "r", "r": "l"}


def shown(records: pd.DataFrame) -> pd.Series:
    """One JSON object a record (index: unique_id): name, id (masked), birth (year-month), mobile (masked), employer,
    area (code), township, source_file, sheet, row. `records` are PERSON_RECORDS; nulls stay null."""
    parts = {
        "name": _json_text(records["name"], mask_text),
        "id": _json_text(records["id_no"], mask_id),
        "birth": _json_text(_birth_months(records)),
        "mobile": _json_text(records["mobile"], mask_phone),
        "employer": _json_text(records["employer"], mask_text),
        "area": _json_text(records["area"]),
        "township": _json_text(records["township"]),
        "source_file": _json_text(records["source_file"]),
        "sheet": _json_text(records["source_sheet"]),
        "row": pa.array(records["source_row"].to_numpy()).cast(TEXT),
    }
    return pd.Series(_json_objects(parts), index=records["unique_id"].to_numpy(), dtype=object)


def record_cards(records: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """What the desk may search: [unique_id, name, employer, area, shown] of the records that belong to a person.

    Records of the enterprise side that belong to nobody are left out (guard-rail 2).
    """
    linked = records[records["unique_id"].isin(links["unique_id"])]
    cards = linked[["unique_id", "area"]].reset_index(drop=True)
    for name in ("name", "employer"):
        cards[name] = masked(linked[name]).to_numpy()
    return cards.assign(shown=shown(linked).to_numpy())


def candidate_json(candidates: pd.DataFrame) -> pd.Series:
    """One JSON object a row of a frame: other_id, match_weight, match_probability, match_key, marks, bars, former,
    other_shown.

    former: the answer given before a record was edited, null when there is none. bars: [title, word, bits] each, adding
    up to the weight. marks: places where the record asked about (l) and this candidate (r) differ, for the desk to
    mark; places in the masked values, never a digit.
    """
    parts = {
        "unique_id": _json_text(candidates["other_id"]),
        "weight": _number(candidates["match_weight"]),
        "probability": _number(candidates["match_probability"]),
        "match_key": _json_text(candidates["match_key"]),
        "marks": texts_of(candidates["marks"]),
        "bars": texts_of(candidates["bars"]),
        "former": texts_of(candidates["former"].astype(object)).fill_null(pa.scalar("null", TEXT)),
        "shown": texts_of(candidates["other_shown"]),
    }
    return pd.Series(_json_objects(parts), index=candidates.index, dtype=object)


def candidate_ids(candidates: pd.Series) -> pd.Series:
    """The unique_id of every candidate in texts made of `candidate_json`; in a value of a cell its mark is escaped."""
    pieces = pc.split_pattern(pa.array(candidates, pa.large_string(), from_pandas=True), '"unique_id":"')
    after = pc.list_flatten(pc.list_slice(pieces, 1))
    return pd.Series(pc.list_element(pc.split_pattern(after, '"', max_splits=1), 0).to_pylist(), dtype=object)


def turned_marks(marks: pd.Series) -> pd.Series:
    """Marks of pairs (JSON: [comparison, place l, place r, relation, mistaken side] each) with their sides changed."""
    return map_unique(marks, _turned)


def _turned(text: str) -> str:
    marks = [
        [name, right, left, _TURNED.get(said, said), _TURNED.get(wrong, wrong)]
        for name, left, right, said, wrong in json.loads(text)
    ]
    return json.dumps(marks, ensure_ascii=False, separators=(",", ":"))


def _birth_months(records: pd.DataFrame) -> pd.Series:
    """Year and month of birth as stated, else from a valid identity number."""
    valid = chosen(records["id_status"] == IdStatus.VALID, records["id_no"], None)
    from_id = map_unique(valid, lambda number: f"{number[6:10]}-{number[10:12]}" if len(number) == 18 else None)
    return first_known(map_unique(records["birth"], lambda iso: iso[:7]), from_id)


def _json_objects(parts: Mapping[str, pa.Array]) -> Objects:
    """One object a row, of the JSON texts of each of its parts."""
    pieces: list[pa.Array | pa.Scalar] = []
    for name, texts in parts.items():
        pieces += [pa.scalar(f"{',' if pieces else '{'}{json.dumps(name)}:", TEXT), texts]
    joined = pc.binary_join_element_wise(*pieces, pa.scalar("}", TEXT), pa.scalar("", TEXT))
    return np.asarray(joined.to_numpy(zero_copy_only=False), dtype=object)


def _json_text(values: pd.Series, mask: Callable[[str], str] = str) -> pa.Array:
    """JSON text of every value, masked and encoded once per distinct value; null gives `null`."""
    return _each(values, lambda value: encode_basestring(mask(value)))


def _number(values: pd.Series) -> pa.Array:
    """Four decimals, no minus zero; null gives `null`."""
    return _each(values, lambda value: f"{round(value, 4) + 0.0:.4f}")


def _each(values: pd.Series, text: Callable[[Any], str]) -> pa.Array:
    codes, distinct = pd.factorize(values, use_na_sentinel=True)
    texts = pa.array([*map(text, distinct), "null"], TEXT)
    return texts.take(pa.array(np.where(codes < 0, len(distinct), codes)))

"""Which enterprises, households and markets are on the register? One row each, and a crosswalk of their numbers.

Types and the non-public filter: domain §4.2; what the digits of a registration number say: §5.3; numbers before and
after the credit code came: §4.3. Closed entities stay, with their status.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from data.contracts.frames import without_nan
from data.contracts.tables import ENTITIES
from data.model import EntityStatus, Population
from data.reference.divisions import current_code
from data.values.coded import text_array
from data.values.columns import map_unique, none_for_null

_COLUMNS = list(ENTITIES.columns)
_DERIVED = ("entity_id", "population", "is_non_public", "status")
#: Columns of a registration feed that `entities` reads.
REGISTERED = ("entity_type", "reg_status", *(name for name in _COLUMNS if name not in _DERIVED))
#: State and collective types: outside 非公 (domain §4.2, a design decision there).
_PUBLIC_CODES = frozenset(
    (
        *("1110", "1140", "1213", "1223", "2110", "2140", "2213", "2223", "3100", "3200"),
        *("4110", "4120", "4210", "4220", "4310", "4320", "4410", "4420"),
    )
)
_PUBLIC_WORDS = ("国有", "全民所有", "集体所有", "事业单位", "机关")
_HOUSEHOLD_CODE = "9500"
_HOUSEHOLD_WORDS = ("个体",)
_MARKET_WORDS = ("专业市场", "商品交易市场", "农贸市场", "集贸市场", "批发市场")


def entities(accepted_frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """ENTITIES from the accepted rows of registration feeds, sorted by entity_id, one row an entity.

    entity_id is the credit code, else the registration number; a row with one number alone joins the row that has
    both. Of several rows of one entity the active one stays, then the latest established, then the smallest text.
    """
    frames = [frame for frame in accepted_frames if len(frame)]
    if not frames:
        return ENTITIES.validate(_empty())
    rows = _with_numbers(pd.concat(frames, ignore_index=True))
    kinds = _kinds(rows)
    rows = rows.assign(
        population=np.where(kinds == "public", Population.ELSEWHERE.value, kinds).astype(object),
        is_non_public=kinds != "public",
        status=rows["reg_status"].fillna(EntityStatus.UNKNOWN.value),
        area=rows["area"].where(rows["area"].notna(), _area_by_number(rows[rows["area"].isna()])),
    )
    best = _one_row_each(rows[_COLUMNS])
    return ENTITIES.validate(without_nan(best), inplace=True)


def entity_ids(entity_no: pd.Series, entities: pd.DataFrame) -> pd.Series:
    """The entity of each credit code or registration number (None if it is on no register), index as `entity_no`."""
    numbers, ids = entity_no.to_numpy(dtype=object), entities["entity_id"].to_numpy(dtype=object)
    found = np.full(len(numbers), None, dtype=object)
    left = np.flatnonzero(entity_no.notna())
    # Of a number that two columns hold, the identifier's entity counts; nearly every number is one.
    for name in ("entity_id", "uscc", "reg_no"):
        if len(left):
            known = entities[name].reset_index(drop=True).dropna().drop_duplicates(keep="last")
            place = pd.Index(known).get_indexer(pd.Index(numbers[left]))
            found[left[place >= 0]] = ids[known.index.to_numpy()[place[place >= 0]]]
            left = left[place < 0]
    return pd.Series(found, index=entity_no.index, name="entity_id", dtype=object)


def _empty() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=bool if name == "is_non_public" else object) for name in _COLUMNS})


def _with_numbers(rows: pd.DataFrame) -> pd.DataFrame:
    """Numbers in the column of their length, each known from the other where some row has both, and the entity_id."""
    uscc, reg_no = rows["uscc"], rows["reg_no"]
    swapped_in = _length(reg_no).eq(18) & uscc.isna()
    swapped_out = _length(uscc).eq(15) & reg_no.isna()
    uscc, reg_no = (
        uscc.mask(swapped_in, reg_no).mask(swapped_out, None),
        reg_no.mask(swapped_out, uscc).mask(swapped_in, None),
    )
    both = pd.DataFrame({"uscc": uscc, "reg_no": reg_no}).dropna().sort_values(["reg_no", "uscc"])
    by_reg_no = both.drop_duplicates("reg_no").set_index("reg_no")["uscc"]
    uscc = uscc.where(uscc.notna(), reg_no.map(by_reg_no))
    by_uscc = both.drop_duplicates("uscc").set_index("uscc")["reg_no"]
    reg_no = reg_no.where(reg_no.notna(), uscc.map(by_uscc))
    numbered = rows.assign(uscc=none_for_null(uscc), reg_no=none_for_null(reg_no))
    return numbered.assign(entity_id=numbered["uscc"].where(numbered["uscc"].notna(), numbered["reg_no"]))


def _length(texts: pd.Series) -> pd.Series:
    """Characters of each text, 0 for null."""
    lengths = pc.utf8_length(text_array(texts.to_numpy(dtype=object))).fill_null(0)
    return pd.Series(lengths.to_numpy(), index=texts.index)


def _kinds(rows: pd.DataFrame) -> pd.Series:
    """Population of each row, or `public`. A household is one by its type, its credit code (92) or digit 7 (6-9)."""
    by_type = map_unique(rows["entity_type"], _kind_of_type)
    uscc, reg_no = (text_array(rows[name].to_numpy(dtype=object)) for name in ("uscc", "reg_no"))
    is_household = pc.or_(
        pc.starts_with(uscc, "92").fill_null(False),
        pc.match_substring_regex(reg_no, r"^[0-9]{6}[6-9][0-9]{8}$").fill_null(False),
    )
    by_number = pd.Series(
        np.where(
            is_household.to_numpy(zero_copy_only=False),
            Population.HOUSEHOLD_BUSINESS.value,
            Population.SMALL_ENTERPRISE.value,
        ),
        index=rows.index,
    )
    return by_type.where(by_type.notna(), by_number)


def _kind_of_type(text: str) -> str | None:
    """`public`, or a population that the type settles, from a code (1130), a label, or both; None: the number says."""
    code, words = text[:4], text.replace("非国有", "")
    if code in _PUBLIC_CODES or any(word in words for word in _PUBLIC_WORDS):
        return "public"
    if any(word in words for word in _MARKET_WORDS):
        return Population.MARKET.value
    if code == _HOUSEHOLD_CODE or any(word in words for word in _HOUSEHOLD_WORDS):
        return Population.HOUSEHOLD_BUSINESS.value
    return None


def _area_by_number(rows: pd.DataFrame) -> pd.Series:
    """County of first registration, where the number names a known one: for feeds of a whole province."""
    digits = rows["uscc"].str[2:8].where(rows["uscc"].notna(), rows["reg_no"].str[:6])
    return map_unique(digits, current_code)


def _one_row_each(rows: pd.DataFrame) -> pd.DataFrame:
    is_repeated = rows["entity_id"].duplicated(keep=False)
    many = rows[is_repeated].assign(is_closed=lambda frame: frame["status"] != EntityStatus.ACTIVE.value)
    rest = [name for name in _COLUMNS if name not in ("entity_id", "established_on")]
    by = ["entity_id", "is_closed", "established_on", *rest]
    best = many.sort_values(by, ascending=[name != "established_on" for name in by]).drop_duplicates("entity_id")
    return pd.concat([rows[~is_repeated], best[_COLUMNS]]).sort_values("entity_id", ignore_index=True)

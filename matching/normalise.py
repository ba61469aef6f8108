"""Step 3: what does a person record say in a form that can be compared? Same rows, same order, more columns.

Derived columns hold text or None; a value function runs once per distinct value.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.model import IdStatus
from data.values.columns import Objects, map_unique, none_for_null, spread
from matching.arrays import Mask
from matching.characters import MISSING, name_reading, near_name_reading, surname_length
from matching.enterprise_columns import parse_names
from matching.enterprise_names import core_of, normalise_text
from matching.number_columns import NumberColumns, number_columns
from matching.spellings import canonical_name, other_forms

#: A number that this many differently read names give is an agent's, a shop's or a filler: it tells nobody apart
#: (domain §5.7).
SHARED_NAMES = 3

#: Columns that `normalise` adds. id_shown: 18 characters with * for each digit that is not known.
DERIVED = (
    "name_key",
    "surname",
    "name_reading",
    "id_written",
    "id18",
    "id_shown",
    "id_head",
    "id_body",
    "id_ends",
    "id_settles",
    "sex_settled",
    "birth_best",
    "birth_day",
    "birth_year",
    "sex_best",
    "mobile_own",
    "township_key",
    "employer_key",
    "employer_brand",
    "name_parts",
    "name_near",
)

_ID_LENGTH = 18
_LOST_DIGITS = 3
#: Keys of one name at most: its own, of four characters four more, and one or two of other forms.
_MOST_PARTS = 7


def normalise(records: pd.DataFrame) -> pd.DataFrame:
    """PERSON_RECORDS with the columns of DERIVED; never drops, adds or reorders a row, and may be applied twice."""
    kept = [str(name) for name in records.columns if name not in DERIVED]
    # The values of a province's records are there once.
    out = pd.DataFrame({name: records[name] for name in kept}, index=records.index, copy=False)
    _add_names(out)
    _add_identity_number(out)
    out["mobile_own"] = _own_mobiles(out)
    out["township_key"] = _joined(out["area"], out["township"])
    _add_employers(out)
    return out


def name_parts(name: str) -> str:
    """A name and, of three or four characters, what is left when one is deleted, as keys separated by `|`.

    Two names that differ by a character lost, inserted or replaced have a key in common. Names of two characters keep
    only themselves: one character is a surname and finds half the county.
    """
    shorter = [name[:i] + name[i + 1 :] for i in range(len(name))] if 3 <= len(name) <= 4 else []
    return "|".join(dict.fromkeys([name, *shorter]))


def _add_names(out: pd.DataFrame) -> None:
    """Names are read once each, in one go: what is made of a name begins with the same canonical form."""
    codes, names = pd.factorize(out["name"], use_na_sentinel=True)
    told = np.empty((len(names), 3), dtype=object)
    for place, name in enumerate(names):
        told[place] = _told(name)
    columns = dict(zip(("name_key", "surname", "name_parts"), told.T, strict=True))
    key = pd.Series(columns["name_key"], dtype=object)
    for column, read in (("name_reading", name_reading), ("name_near", near_name_reading)):
        columns[column] = map_unique(key, read).to_numpy()
    for column, values in columns.items():
        out[column] = spread(values, codes)


def _add_identity_number(out: pd.DataFrame) -> None:
    # Of the numbers that a spreadsheet cut to 15 digits and three zeros one in eleven passes the check; of true ones
    # one in 1,100 ends so. Neither tells its last three digits for sure.
    ends_in_zeros = map_unique(out["id_no"], _ends_in_zeros).notna().to_numpy()
    is_lost = _equals(out["id_status"], IdStatus.PRECISION_LOSS) | ends_in_zeros
    written = _own_numbers(out)
    is_whole = ~is_lost & ~_equals(out["id_status"], IdStatus.MASKED)
    number = number_columns(written, is_lost, is_whole)
    out["id_written"], out["id18"], out["id_shown"] = written, number.id18, number.shown
    out["id_head"], out["id_body"], out["id_ends"] = number.head, number.body, number.ends
    is_valid = _equals(out["id_status"], IdStatus.VALID) & pd.notna(number.id18)
    is_partial = ~is_whole & pd.notna(number.head)
    out["id_settles"] = _yes(is_valid | is_partial, out.index)
    out["sex_settled"] = _yes(is_valid, out.index)
    _add_birth_and_sex(out, number, is_valid)


def _add_birth_and_sex(out: pd.DataFrame, number: NumberColumns, is_valid: Mask) -> None:
    """A valid number before what the row states, and that before what an incomplete or failing number shows."""
    born, sex = (_where(is_valid, values) for values in (number.born, number.counted_sex))
    out["birth_best"] = _first_known(born, out["birth"].to_numpy(dtype=object), number.shown_birth)
    out["birth_day"] = map_unique(out["birth_best"], lambda iso: iso if len(iso) == 10 else None)
    out["birth_year"] = map_unique(out["birth_best"], lambda iso: iso[:4])
    out["sex_best"] = _first_known(sex, out["sex"].to_numpy(dtype=object), number.counted_sex)


def _where(mask: Mask, values: Objects) -> Objects:
    """The values where the mask holds, None elsewhere."""
    chosen = values.copy()
    chosen[~mask] = None
    return chosen


def _first_known(first: Objects, *others: Objects) -> Objects:
    """The first of several columns that is not null; None where none is."""
    found = _where(np.asarray(pd.notna(first)), first)
    for other in others:
        open_rows = np.flatnonzero(pd.isna(found) & pd.notna(other))
        found[open_rows] = other[open_rows]
    return found


def _own_mobiles(out: pd.DataFrame) -> pd.Series:
    return none_for_null(out["mobile"].where(~_is_shared(out, "mobile")))


def _own_numbers(out: pd.DataFrame) -> pd.Series:
    """The identity number as written, unless it fails its checks and several names give it: a filler such as 111111…"""
    is_filler = _is_shared(out, "id_no") & ~_equals(out["id_status"], IdStatus.VALID)
    return none_for_null(out["id_no"].where(~is_filler))


def _is_shared(out: pd.DataFrame, column: str) -> Mask:
    """Rows whose value SHARED_NAMES or more names give; names by reading, so that typing errors make no new name."""
    codes, reading = (pd.factorize(out[name], use_na_sentinel=True)[0] for name in (column, "name_reading"))
    both = (codes >= 0) & (reading >= 0)
    n_readings = int(reading.max(initial=0)) + 1
    named = pd.unique(codes[both].astype(np.int64) * n_readings + reading[both]) // n_readings
    # Null has the code -1: the last slot, which nobody counts in.
    n_names = np.bincount(named, minlength=int(codes.max(initial=-1)) + 2)
    return np.asarray(n_names[codes] >= SHARED_NAMES, dtype=bool)


def _told(name: str) -> tuple[str | None, str | None, str | None]:
    """Of a name as written: canonical without dots, which offices leave out; the surname; keys of `name_parts`, and of
    what else the name may stand as: former, in parts, cut at a dot. None when no character of it can be read."""
    canonical = canonical_name(name)
    key = canonical.replace("·", "")
    if not key.strip(MISSING):
        return None, None, None
    forms = other_forms(name)
    others = [form.replace("·", "") for form in (*forms.former, *forms.joined, *forms.cut)]
    parts = list(dict.fromkeys([*name_parts(key).split("|"), *others]))[:_MOST_PARTS]
    return key, canonical[: surname_length(canonical)], "|".join(parts)


def _ends_in_zeros(number: str) -> str | None:
    return number if len(number) == _ID_LENGTH and number.endswith("0" * _LOST_DIGITS) else None


def _equals(column: pd.Series, value: str) -> Mask:
    return np.asarray(column.to_numpy(dtype=object) == value, dtype=bool)


def _yes(mask: Mask, index: pd.Index) -> pd.Series:
    return pd.Series(np.array([None, "yes"], dtype=object)[mask.astype(np.int64)], index=index, dtype=object)


def _joined(first: pd.Series, second: pd.Series) -> Objects:
    """Area and township as one text; None without a township."""
    (codes, areas), (of_town, towns) = (pd.factorize(column, use_na_sentinel=True) for column in (first, second))
    both, pairs = pd.factorize(np.where(of_town < 0, -1, of_town * (len(areas) + 1) + codes + 1))
    # Null has the code -1: the last place, or none.
    named = [*areas, ""]
    texts = [
        None if pair < 0 else f"{named[pair % len(named) - 1]}/{towns[pair // len(named)]}" for pair in pairs.tolist()
    ]
    return spread(np.array(texts, dtype=object), both)


def _add_employers(out: pd.DataFrame) -> None:
    """employer_key: the whole text in normal spelling. employer_brand: what stays of a name when people shorten it; the
    whole when its brand says too little."""
    codes, texts = pd.factorize(out["employer"], use_na_sentinel=True)
    employers = parse_names(pd.Series(texts, dtype=object))
    brand, core = (employers[name].to_numpy(dtype=object) for name in ("brand", "core"))
    told = np.where(employers["brand"].str.len() > 1, brand, core)
    told[(told == "") | ~employers["is_employer"].to_numpy()] = None
    out["employer_brand"] = spread(told, codes)
    out["employer_key"] = spread(map_unique(pd.Series(texts, dtype=object), _employer_core).to_numpy(), codes)


def _employer_core(text: str) -> str | None:
    return core_of(normalise_text(text)) or None

"""Step 3: what does a person record say in a form that can be compared? Same rows, same order, more columns.

Derived columns hold text or None; a value function runs once per distinct value.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.model import IdStatus
from data.values.columns import map_unique, none_for_null
from data.values.identifiers import birth_of, sex_of, to_id18
from matching.arrays import Mask
from matching.characters import MISSING, name_reading, near_name_reading, surname_length
from matching.enterprise_names import core_of, normalise_text, parse_name
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

_ID_LENGTH, _OLD_LENGTH = 18, 15
_LOST_DIGITS = 3
#: Keys of one name at most: its own, of four characters four more, and one or two of other forms.
_MOST_PARTS = 7


def normalise(records: pd.DataFrame) -> pd.DataFrame:
    """PERSON_RECORDS with the columns of DERIVED; never drops, adds or reorders a row, and may be applied twice."""
    out = records.drop(columns=[column for column in DERIVED if column in records.columns])
    out["name_key"] = map_unique(out["name"], _readable_name)
    out["surname"] = map_unique(out["name"], _surname)
    out["name_parts"] = map_unique(out["name"], _parts_as_written)
    out["name_reading"] = map_unique(out["name_key"], name_reading)
    out["name_near"] = map_unique(out["name_key"], near_name_reading)
    _add_identity_number(out)
    _add_birth_and_sex(out)
    out["mobile_own"] = _own_mobiles(out)
    out["township_key"] = _joined(out["area"], out["township"])
    out["employer_key"] = map_unique(out["employer"], _employer_core)
    out["employer_brand"] = map_unique(out["employer"], _employer_brand)
    return out


def id_shown(text: str) -> str | None:
    """An identity number as 18 characters with `*` for unknown digits; None when it cannot be laid out so.

    A masked or damaged number keeps the digits it shows; 15 digits get the century and leave the check digit open.
    """
    if len(text) == _OLD_LENGTH:
        text = (to_id18(text) or f"{text[:6]}19{text[6:]}*")[:-1] + "*"
    if len(text) != _ID_LENGTH:
        return None
    digits = "".join(c if c.isdigit() else "*" for c in text[:-1])
    return digits + (text[-1] if text[-1].isdigit() or text[-1] == "X" else "*")


def name_parts(name: str) -> str:
    """A name and, of three or four characters, what is left when one is deleted, as keys separated by `|`.

    Two names that differ by a character lost, inserted or replaced have a key in common. Names of two characters keep
    only themselves: one character is a surname and finds half the county.
    """
    shorter = [name[:i] + name[i + 1 :] for i in range(len(name))] if 3 <= len(name) <= 4 else []
    return "|".join(dict.fromkeys([name, *shorter]))


def _add_identity_number(out: pd.DataFrame) -> None:
    is_lost = _equals(out["id_status"], IdStatus.PRECISION_LOSS)
    written = _own_numbers(out)
    is_whole = ~is_lost & ~_equals(out["id_status"], IdStatus.MASKED)
    out["id_written"] = written
    out["id18"] = none_for_null(map_unique(written, to_id18).where(is_whole))
    shown = map_unique(written, id_shown)
    # A spreadsheet's damage is behind the fifteenth digit, whatever stands there now.
    damaged = map_unique(shown, lambda digits: digits[:-_LOST_DIGITS] + "*" * _LOST_DIGITS)
    out["id_shown"] = none_for_null(shown.where(~is_lost, damaged))
    # One wrong digit spoils only one of three parts: any two parts make a blocking key that survives it.
    out["id_head"] = map_unique(out["id_shown"], lambda shown: _if_known(shown[:14]))
    out["id_body"] = map_unique(out["id_shown"], lambda shown: _if_known(shown[6:17]))
    out["id_ends"] = map_unique(out["id_shown"], lambda shown: _if_known(shown[:6] + shown[14:17]))
    is_valid = _equals(out["id_status"], IdStatus.VALID) & out["id18"].notna().to_numpy()
    is_partial = ~is_whole & out["id_head"].notna().to_numpy()
    out["id_settles"] = _yes(is_valid | is_partial, out.index)
    out["sex_settled"] = _yes(is_valid, out.index)


def _add_birth_and_sex(out: pd.DataFrame) -> None:
    valid = out["id18"].where(out["sex_settled"].notna())
    by_number = map_unique(valid, birth_of)
    by_digits = map_unique(out["id_shown"], _shown_birth)
    out["birth_best"] = none_for_null(
        by_number.where(by_number.notna(), out["birth"].where(out["birth"].notna(), by_digits))
    )
    out["birth_day"] = map_unique(out["birth_best"], lambda iso: iso if len(iso) == 10 else None)
    out["birth_year"] = map_unique(out["birth_best"], lambda iso: iso[:4])
    stated, counted = out["sex"], map_unique(out["id18"], sex_of)
    settled = map_unique(valid, sex_of)
    out["sex_best"] = none_for_null(settled.where(settled.notna(), stated.where(stated.notna(), counted)))


def _own_mobiles(out: pd.DataFrame) -> pd.Series:
    return none_for_null(out["mobile"].where(~_is_shared(out, "mobile")))


def _own_numbers(out: pd.DataFrame) -> pd.Series:
    """The identity number as written, unless it fails its checks and several names give it: a filler such as 111111…"""
    is_filler = _is_shared(out, "id_no") & ~_equals(out["id_status"], IdStatus.VALID)
    return none_for_null(out["id_no"].where(~is_filler))


def _is_shared(out: pd.DataFrame, column: str) -> Mask:
    """Rows whose value SHARED_NAMES or more names give; names by reading, so that typing errors make no new name."""
    named = out[[column, "name_reading"]].dropna().drop_duplicates()
    n_names = named[column].value_counts(sort=False)
    return np.asarray(out[column].isin(n_names.index[n_names.to_numpy() >= SHARED_NAMES]), dtype=bool)


def _readable_name(name: str) -> str | None:
    """Canonical name without dots, which offices leave out; None when no character of it can be read."""
    canonical = canonical_name(name).replace("·", "")
    return canonical if canonical.strip(MISSING) else None


def _surname(name: str) -> str | None:
    canonical = canonical_name(name)
    return canonical[: surname_length(canonical)] if _readable_name(name) else None


def _parts_as_written(name: str) -> str | None:
    """Keys of `name_parts`, and what else the name may stand as: former, in parts, cut at a dot."""
    key = _readable_name(name)
    if key is None:
        return None
    forms = other_forms(name)
    others = [form.replace("·", "") for form in (*forms.former, *forms.joined, *forms.cut)]
    return "|".join(list(dict.fromkeys([*name_parts(key).split("|"), *others]))[:_MOST_PARTS])


def _shown_birth(shown: str) -> str | None:
    """The birth that the digits of an incomplete or failing number show, by day or by month or by year."""
    digits = shown[6:14]
    day = birth_of(f"{shown[:14]}0000".replace("*", "0")) if "*" not in digits else None
    if day is not None:
        return day
    if "*" in digits[:6] or not "01" <= digits[4:6] <= "12":
        return digits[:4] if digits[:4].isdigit() and "1880" <= digits[:4] <= "2099" else None
    return f"{digits[:4]}-{digits[4:6]}" if "1880" <= digits[:4] <= "2099" else None


def _if_known(part: str) -> str | None:
    return None if "*" in part else part


def _equals(column: pd.Series, value: str) -> Mask:
    return np.asarray(column.to_numpy(dtype=object) == value, dtype=bool)


def _yes(mask: Mask, index: pd.Index) -> pd.Series:
    return pd.Series(np.array([None, "yes"], dtype=object)[mask.astype(np.int64)], index=index, dtype=object)


def _joined(first: pd.Series, second: pd.Series) -> pd.Series:
    """Area and township as one text; None without a township."""
    joined = first.fillna("").astype(str) + "/" + second.fillna("").astype(str)
    return none_for_null(joined.astype(object).where(second.notna()))


def _employer_core(text: str) -> str | None:
    return core_of(normalise_text(text)) or None


def _employer_brand(text: str) -> str | None:
    """What stays of an employer's name when people shorten it; the whole when its brand says too little."""
    parsed = parse_name(text)
    return (parsed.brand if len(parsed.brand) > 1 else parsed.core) or None if parsed.is_employer else None

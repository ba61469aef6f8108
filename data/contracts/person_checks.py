"""Do sex and birth agree with the identity number? Column by column over its digits; only valid numbers speak."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import IdStatus
from data.reference.divisions import was_abolished_before
from data.values.columns import map_unique
from data.values.identifiers import CENTENARIAN, birth_of, sex_of, with_slip_undone

Mask = npt.NDArray[np.bool_]
_Bytes = npt.NDArray[np.bytes_]
_LENGTH = 18
_FIRST_YEAR, _NO_YEAR = 1900, 2200


def is_sex_against_id(rows: pd.DataFrame) -> Mask:
    """Rows whose valid number has another sex (parity of its sequence) than the row states; columns sex, id_no,
    id_status."""
    asked = _speaks(rows) & rows["sex"].notna().to_numpy()
    digits = _digits(rows["id_no"][asked])
    sequence = np.where(_is_old(digits), digits[:, 14], digits[:, 16])
    says_male = sequence.view(np.uint8) % 2 == 1
    return _spread(asked, says_male != (rows["sex"][asked] == "男").to_numpy(dtype=bool))


def is_birth_against_id(rows: pd.DataFrame) -> Mask:
    """Rows whose valid number has another birth than the row states, as far as it is stated (year, month, day)."""
    asked = _speaks(rows) & rows["birth"].notna().to_numpy()
    compact = map_unique(rows["birth"][asked], lambda iso: iso.replace("-", ""))
    stated = compact.to_numpy(dtype="S8").view("S1").reshape(-1, 8)
    said = _birth_digits(_digits(rows["id_no"][asked]))
    return _spread(asked, ((stated != b"") & (stated != said)).any(axis=1))


def born_by_id(rows: pd.DataFrame) -> pd.Series:
    """ISO day of birth in each valid number, None for the others; index of `rows`."""
    asked = _speaks(rows)
    said = _birth_digits(_digits(rows["id_no"][asked]))
    days = np.full((len(said), 10), b"-", dtype="S1")
    days[:, [0, 1, 2, 3, 5, 6, 8, 9]] = said
    born = np.full(len(rows), None, dtype=object)
    born[asked] = np.ascontiguousarray(days).view("S10").ravel().astype("U10")
    return pd.Series(born, index=rows.index, dtype=object)


def is_area_out_of_date(rows: pd.DataFrame) -> Mask:
    """Rows whose valid number begins with a division code abolished long before the birth (domain rules §5.4)."""
    asked = _speaks(rows)
    digits = _digits(rows["id_no"][asked])
    areas, place = np.unique(np.ascontiguousarray(digits[:, :6]).view("S6").ravel(), return_inverse=True)
    years = np.ascontiguousarray(_birth_digits(digits)[:, :4]).view("S4").ravel().astype(np.int64)
    last = np.array([_last_birth_year(area.decode()) for area in areas], dtype=np.int64)
    return _spread(asked, years > last[place] if len(areas) else np.zeros(0, dtype=bool))


def is_one_letter_off(rows: pd.DataFrame, as_of: date) -> Mask:
    """Rows whose number has one letter for a digit, and with that digit agrees with the stated birth and sex."""
    odd = (rows["id_status"] == IdStatus.CHARSET).to_numpy(dtype=bool)
    found = np.zeros(len(rows), dtype=bool)
    if not odd.any():
        return found
    candidates = map_unique(rows["id_no"][odd], lambda text: with_slip_undone(text, as_of))
    blank = np.full(len(candidates), None, dtype=object)
    stated = {name: rows[name][odd] if name in rows else blank for name in ("birth", "sex")}
    found[odd] = [_agrees(*cells) for cells in zip(candidates, stated["birth"], stated["sex"], strict=True)]
    return found


def _agrees(candidate: str | None, birth: str | None, sex: str | None) -> bool:
    """Something is stated beside the number, and all that is stated agrees with it."""
    if candidate is None or (birth is None and sex is None):
        return False
    born = birth_of(candidate) or ""
    return (birth is None or born.startswith(birth)) and (sex is None or sex == sex_of(candidate))


@lru_cache
def _last_birth_year(area: str) -> int:
    """The last year of birth in which the area's code cannot surprise; far ahead where it is in force or unknown."""
    return next((year for year in range(_FIRST_YEAR, _NO_YEAR) if was_abolished_before(area, year + 1)), _NO_YEAR)


def _speaks(rows: pd.DataFrame) -> Mask:
    return (rows["id_status"] == IdStatus.VALID).to_numpy(dtype=bool)


def _digits(numbers: pd.Series) -> _Bytes:
    """The characters of valid numbers, one row each, 18 wide; b'' fills up numbers of 15 digits."""
    return numbers.to_numpy(dtype=f"S{_LENGTH}").view("S1").reshape(-1, _LENGTH)


def _is_old(digits: _Bytes) -> Mask:
    """Numbers of 15 digits."""
    return np.asarray(digits[:, 15] == b"", dtype=bool)


def _birth_digits(digits: _Bytes) -> _Bytes:
    """Eight digits of birth; numbers of 15 digits leave the century out (domain rules §5.1)."""
    said = digits[:, 6:14].copy()
    old = _is_old(digits)
    sequence = np.ascontiguousarray(digits[old, 12:15]).view("S3").ravel()
    said[old, 0] = b"1"
    said[old, 1] = np.where(np.isin(sequence, np.array(CENTENARIAN, dtype="S3")), b"8", b"9")
    said[old, 2:] = digits[old, 6:12]
    return said


def _spread(asked: Mask, found: Mask) -> Mask:
    mask = np.zeros(len(asked), dtype=bool)
    mask[asked] = found
    return mask

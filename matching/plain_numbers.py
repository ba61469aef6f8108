"""Which identity numbers of eighteen places pass their checks? All at once; they say what `id_status` says of each."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from data.values.identifiers import birth_of
from matching.arrays import Mask

#: Texts that are eighteen places: seventeen digits and the check character.
PLAIN = "^[0-9]{17}[0-9X]$"
WIDTH = 18

#: ISO 7064 MOD 11-2: 2 to the power of the places that follow, modulo 11; the check character by remainder.
_WEIGHTS = tuple(pow(2, WIDTH - 1 - place, 11) for place in range(WIDTH - 1))
_CHECKS = np.frombuffer(b"10X98765432", dtype=np.uint8)
_BIRTH = slice(6, 14)
_ZERO = ord("0")
_NOBODY = "000000"


def pass_checks(numbers: npt.NDArray[np.uint8], last_birth: date) -> Mask:
    """Check character and day of birth of plain numbers, a row of eighteen character codes each."""
    total = np.zeros(len(numbers), dtype=np.uint16)
    for place, weight in enumerate(_WEIGHTS):
        total += (numbers[:, place] - _ZERO).astype(np.uint16) * np.uint16(weight)
    is_right = _CHECKS[total % 11] == numbers[:, WIDTH - 1]
    return np.asarray(is_right & _are_born(numbers[:, _BIRTH], last_birth))


def _are_born(births: npt.NDArray[np.uint8], last_birth: date) -> Mask:
    """Is it a day, and not after the last? Each distinct one is looked at once."""
    value = np.zeros(len(births), dtype=np.int32)
    for place in range(births.shape[1]):
        value = value * np.int32(10) + (births[:, place] - _ZERO)
    days, which = np.unique(value, return_inverse=True)
    last = last_birth.isoformat()
    born = [birth_of(f"{_NOBODY}{day:08d}0000") for day in days.tolist()]
    return np.array([day is not None and day <= last for day in born], dtype=bool)[which]

"""Which identity numbers of eighteen places pass their checks? All at once; they say what `id_status` says of each."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.values.identifiers import birth_of
from matching.arrays import Mask, chunks

#: Texts that are eighteen places: seventeen digits and the check character.
PLAIN = "^[0-9]{17}[0-9X]$"
WIDTH = 18

#: ISO 7064 MOD 11-2: 2 to the power of the places that follow, modulo 11; the check character by remainder.
_WEIGHTS = np.array([pow(2, WIDTH - 1 - place, 11) for place in range(WIDTH - 1)], dtype=np.float32)
_CHECKS = np.frombuffer(b"10X98765432", dtype=np.uint8)
_BIRTH = slice(6, 14)
#: Eight digits as one number: exact in eight bytes.
_TENS = 10.0 ** np.arange(7, -1, -1)
_ZERO = ord("0")
_NOBODY = "000000"


def pass_checks(numbers: npt.NDArray[np.uint8], last_birth: date) -> Mask:
    """Check character and day of birth of plain numbers, a row of eighteen character codes each."""
    is_right = np.zeros(len(numbers), dtype=bool)
    births = np.zeros(len(numbers), dtype=np.int32)
    for part in chunks(len(numbers)):
        # A product of whole numbers, small enough to be exact.
        digits = numbers[part].astype(np.float32) - _ZERO
        total = (digits[:, : WIDTH - 1] @ _WEIGHTS).astype(np.int16)
        is_right[part] = _CHECKS[total % 11] == numbers[part, WIDTH - 1]
        births[part] = digits[:, _BIRTH].astype(np.float64) @ _TENS
    return np.asarray(is_right & _are_born(births, last_birth))


def _are_born(births: npt.NDArray[np.int32], last_birth: date) -> Mask:
    """Is it a day, and not after the last? Each distinct one is looked at once."""
    which, days = pd.factorize(births)
    last = last_birth.isoformat()
    born = [birth_of(f"{_NOBODY}{day:08d}0000") for day in days.tolist()]
    return np.array([day is not None and day <= last for day in born], dtype=bool)[which]

"""Is the organisation code inside a credit code right? A second check, independent of the code's own (domain §5.2)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

#: GB 11714: weights of eight characters, and the check character by 11 minus their sum modulo 11.
_WEIGHTS = np.array((3, 7, 9, 10, 5, 8, 4, 2))
_CHECKS = np.frombuffer(b"?123456789X0", dtype=np.uint8)
_FIRST, _END = 8, 17


def is_org_code_wrong(codes: pd.Series) -> npt.NDArray[np.bool_]:
    """Credit codes of 18 characters whose characters 9 to 17 are no organisation code; all else is not wrong here."""
    asked = codes.str.fullmatch("[0-9A-Z]{18}").eq(True).to_numpy(dtype=bool)
    whole = codes[asked].to_numpy(dtype="S18").view(np.uint8).reshape(-1, 18)
    code = whole[:, _FIRST:_END].astype(np.int64)
    values = np.where(code >= ord("A"), code - ord("A") + 10, code - ord("0"))
    wrong = np.zeros(len(codes), dtype=bool)
    wrong[asked] = _CHECKS[11 - values[:, :-1] @ _WEIGHTS % 11] != code[:, -1]
    return wrong

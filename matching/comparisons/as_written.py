"""The person model's comparisons for tables that nobody normalised: they derive what they need from one column."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.model import IdStatus
from data.values.columns import map_unique, none_for_null
from data.values.identifiers import clean_id, id_status, sex_of, to_id18
from matching.arrays import Codes, Levels, Positions
from matching.comparisons.base import LevelComparison
from matching.comparisons.identity_number import IdentityNumberComparison, IdLevel, Numbers
from matching.comparisons.simple import PlaceComparison, PlaceLevel
from matching.normalise import id_shown

#: Births after this day fail the checks of a number; a table tells no date of its own, so any past birth is allowed.
_LAST_BIRTH = date(2099, 12, 31)


class WrittenIdentityNumberComparison(LevelComparison[Numbers]):
    """A citizen identity number as written: 15 or 18 places, masked, with slips. Levels of IdentityNumberComparison."""

    LEVELS = IdLevel

    def prepare(self, *columns: pd.Series) -> Numbers:
        """The four columns that the comparison of the person model reads."""
        written = map_unique(columns[0], clean_id)
        status = map_unique(written, lambda text: id_status(text, _LAST_BIRTH))
        is_masked = (status == IdStatus.MASKED).to_numpy(dtype=bool)
        whole = none_for_null(map_unique(written, to_id18).where(~is_masked))
        is_valid = (status == IdStatus.VALID).to_numpy(dtype=bool)
        valid = none_for_null(map_unique(whole, sex_of).where(is_valid))
        return self._inner().prepare(written, map_unique(written, id_shown), whole, valid)

    def levels(self, prepared: Numbers, left: Positions, right: Positions) -> Levels:
        """As the person model grades them."""
        return self._inner().levels(prepared, left, right)

    def _inner(self) -> IdentityNumberComparison:
        columns = ["written", "shown", "whole", "valid"]
        return IdentityNumberComparison(columns, columns)


class WrittenPlaceComparison(LevelComparison[tuple[Codes, Codes]]):
    """Columns: county and township as written; a township is compared within its county."""

    LEVELS = PlaceLevel

    def prepare(self, *columns: pd.Series) -> tuple[Codes, Codes]:
        """Codes of the county and of county and township together."""
        area, township = columns
        key = area.astype(str) + "/" + township.astype(str)
        known = np.asarray(area.notna() & township.notna(), dtype=bool)
        return PlaceComparison(["a", "b"], ["a", "b"]).prepare(area, none_for_null(key.astype(object).where(known)))

    def levels(self, prepared: tuple[Codes, Codes], left: Positions, right: Positions) -> Levels:
        """As the person model grades them."""
        return PlaceComparison(["a", "b"], ["a", "b"]).levels(prepared, left, right)

"""The comparisons that a model can name, in one list to read."""

from __future__ import annotations

from typing import Any

from matching.comparisons.address import AddressComparison
from matching.comparisons.base import LevelComparison
from matching.comparisons.dates import DateComparison
from matching.comparisons.employer import EmployerComparison
from matching.comparisons.identity_number import IdentityNumberComparison
from matching.comparisons.name import NameComparison
from matching.comparisons.owner import OwnerComparison
from matching.comparisons.simple import MobileComparison, PlaceComparison, SexComparison

COMPARISONS: dict[str, type[LevelComparison[Any]]] = {
    "name": NameComparison,
    "identity_number": IdentityNumberComparison,
    "owner": OwnerComparison,
    "date": DateComparison,
    "sex": SexComparison,
    "mobile": MobileComparison,
    "place": PlaceComparison,
    "employer": EmployerComparison,
    "address": AddressComparison,
}

__all__ = ["COMPARISONS", "LevelComparison"]

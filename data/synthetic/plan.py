"""How many of everything has a county? The report's figures, exact at scale 1.0, and shares for the other counties.

Report (domain rules §1.5, §9.1): Wenchang 4,181 small enterprises with 186 members and 20,034 household businesses
with 328; the province 160,214 and 364,120, 892 markets, 1,317,850 persons, 26,509 members who work there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from data.model import Population, PrimaryClass
from data.synthetic.words_places import COUNTIES

PROVINCE = "46"
WENCHANG = "469005"
Quotas = dict[tuple[Population, PrimaryClass], int]
_Key = TypeVar("_Key", bound=str)

_SMALL, _HOUSEHOLD, _MARKET = Population.SMALL_ENTERPRISE, Population.HOUSEHOLD_BUSINESS, Population.MARKET
_LOST, _POCKET, _FLOATING = PrimaryClass.LOST, PrimaryClass.POCKET, PrimaryClass.FLOATING
_HIDDEN, _NORMAL, _UNKNOWN = PrimaryClass.HIDDEN, PrimaryClass.NORMAL, PrimaryClass.UNKNOWN

N_SMALL, N_HOUSEHOLD, N_MARKET, N_PUBLIC, N_PERSON_ROWS = 160_214, 364_120, 892, 1_300, 1_317_850
N_MEMBERS, N_WORKING = 400_000, 26_509
_WENCHANG_ENTITIES = (4_181, 20_034)
#: Members on the rosters of Wenchang, and the working members of the three counties whose figures the report gives.
_ROSTERS = {WENCHANG: 7_800}
_WORKING = {WENCHANG: 514, "469021": 333, "469027": 282}
#: Weights by which the other counties share what is left; set by hand, roughly by population.
_WEIGHTS = {
    "460100": 400,
    "460200": 150,
    "460300": 1,
    "460400": 95,
    "469001": 14,
    "469002": 62,
    "469006": 58,
    "469007": 42,
    "469021": 30,
    "469022": 28,
    "469023": 58,
    "469024": 44,
    "469025": 18,
    "469026": 26,
    "469027": 46,
    "469028": 38,
    "469029": 17,
    "469030": 19,
}
#: Wenchang's partition, exact (domain rules §1.5).
_WENCHANG_QUOTAS: Quotas = {
    (_SMALL, _POCKET): 5,
    (_SMALL, _FLOATING): 48,
    (_SMALL, _LOST): 6,
    (_SMALL, _NORMAL): 127,
    (_HOUSEHOLD, _FLOATING): 51,
    (_HOUSEHOLD, _LOST): 4,
    (_HOUSEHOLD, _NORMAL): 273,
}
#: Ledong: 136 of 282 floating, pocket or hidden (domain rules §9.1); per mille elsewhere in the province.
_LEDONG_MIX = {_FLOATING: 300, _POCKET: 50, _HIDDEN: 132, _LOST: 28, _NORMAL: 490}
_COUNTY_MIX = {_FLOATING: 190, _POCKET: 20, _HIDDEN: 30, _LOST: 20, _NORMAL: 740}
_WORKPLACES = {_SMALL: 360, _HOUSEHOLD: 600, _MARKET: 40}
_ELSEWHERE_MIX = {_FLOATING: 90, _POCKET: 6, _LOST: 9, _UNKNOWN: 80, _NORMAL: 815}
#: Rows of people who are no longer, or never were, members, and second rows, per thousand members.
_STALE = {"F01": 1.2, "F03": 3.0, "F04": 4.0, "F05": 1.0, "F06": 0.5, "F08": 3.5}
_MIN_STALE = 4
#: Entities of a kind that even the smallest county keeps: hidden members need their own, the Longlou list many.
_FEWEST, _FEWEST_IN_WENCHANG = 4, 60
#: The Longlou list needs enough members in that town, however small the county is made.
_LONGLOU_NEEDS = {(_SMALL, _NORMAL): 16, (_HOUSEHOLD, _NORMAL): 16, (Population.ELSEWHERE, _NORMAL): 90}


@dataclass(frozen=True)
class CountyPlan:
    """Sizes of one county. `quotas`: members by population and class; `stale`: false roster rows by reason."""

    area: str
    n_small: int
    n_household: int
    n_market: int
    n_public: int
    n_person_rows: int
    quotas: Quotas
    stale: dict[str, int]
    n_claims: int

    @property
    def n_entities(self) -> int:
        """All entities of the register."""
        return self.n_small + self.n_household + self.n_market + self.n_public

    @property
    def n_members(self) -> int:
        """Members, each counted once."""
        return sum(self.quotas.values())


def areas_of(area: str) -> tuple[str, ...]:
    """The counties a run makes: all nineteen for the province, else the one."""
    return tuple(COUNTIES) if area == PROVINCE else (area,)


def county_plan(area: str, scale: float) -> CountyPlan:
    """The plan of a county, whether alone or inside the province."""
    n_small, n_household = _shared(N_SMALL, 0)[area], _shared(N_HOUSEHOLD, 1)[area]
    weights = {a: _shared(N_SMALL, 0)[a] + _shared(N_HOUSEHOLD, 1)[a] for a in COUNTIES}
    n_rows = apportion(N_PERSON_ROWS, weights)[area]
    quotas = {key: _scaled(n, scale) for key, n in _quotas(area, weights).items()}
    if area == WENCHANG:
        quotas = {key: max(n, _LONGLOU_NEEDS.get(key, 0)) for key, n in quotas.items()}
    n_members = sum(quotas.values())
    fewest = _FEWEST_IN_WENCHANG if area == WENCHANG else _FEWEST
    n_entities = (_scaled(n_small, scale, fewest), _scaled(n_household, scale, fewest))
    return CountyPlan(
        area,
        *n_entities,
        _scaled(apportion(N_MARKET, weights)[area], scale, _FEWEST),
        max(_scaled(apportion(N_PUBLIC, weights)[area], scale), 4),
        max(_scaled(n_rows, scale), (sum(n_entities) + _FEWEST) * 2),
        quotas,
        {code: max(round(rate * n_members / 1000), _MIN_STALE) for code, rate in _STALE.items()},
        50 if area == WENCHANG else 0,
    )


def apportion(total: int, weights: dict[_Key, int]) -> dict[_Key, int]:
    """Whole shares of `total` by weight that sum to it exactly (largest remainder, ties by order)."""
    whole = sum(weights.values())
    floors = {key: total * weight // whole for key, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda key: -(total * weights[key] % whole))
    for key in by_remainder[: total - sum(floors.values())]:
        floors[key] += 1
    return floors


def _shared(total: int, place: int) -> dict[str, int]:
    own = _WENCHANG_ENTITIES[place]
    return {**apportion(total - own, _WEIGHTS), WENCHANG: own}


def _quotas(area: str, weights: dict[str, int]) -> Quotas:
    others = {a: n for a, n in weights.items() if a not in _WORKING}
    working = _WORKING.get(area) or apportion(N_WORKING - sum(_WORKING.values()), others)[area]
    rest = {a: n for a, n in weights.items() if a not in _ROSTERS}
    n_roster = _ROSTERS.get(area) or apportion(N_MEMBERS - sum(_ROSTERS.values()), rest)[area]
    elsewhere = apportion(n_roster - working, _ELSEWHERE_MIX)
    quotas: Quotas = {(Population.ELSEWHERE, klass): n for klass, n in elsewhere.items()}
    if area == WENCHANG:
        return {**_WENCHANG_QUOTAS, **quotas}
    mix = apportion(working, _LEDONG_MIX if area == "469027" else _COUNTY_MIX)
    for klass, n in mix.items():
        for population, share in apportion(n, _WORKPLACES).items():
            quotas[population, klass] = share
    return quotas


def _scaled(n: int, scale: float, fewest: int = 1) -> int:
    return n if scale == 1 else max(round(n * scale), min(n, fewest))

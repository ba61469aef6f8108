"""Which branches are there? Villages, communities, schools, offices and the branches of firms and shops of each town.

Branches under the county itself have no town; silent branches are those that keep no record of organisation life.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from data.model import PrimaryClass
from data.synthetic import words_business, words_places
from data.synthetic.people import N_VILLAGES
from data.synthetic.plan import CountyPlan
from data.synthetic.streams import stream

Branch = tuple[str, str, str, int, int, str]
NON_PUBLIC, VILLAGE = "非公有制企业", "农村"
COUNTY_LEVEL = -1
#: Wenchang had 30 branches of small enterprises and 26 of household businesses (domain rules §9.1).
_NON_PUBLIC_PER_TOWN = (2, 2)
_SILENT_SIZE = 45


def make_organizations(plan: CountyPlan, seed: int, as_of: date) -> pd.DataFrame:
    """One row a branch: name, kind, parent, town (-1: county level), village, unit, founded, is_silent."""
    rng = stream(seed, plan.area, "organizations")
    rows = [row for town in range(len(words_places.townships(plan.area))) for row in _town_branches(plan, town)]
    rows += _county_branches(plan)
    organizations = pd.DataFrame(rows, columns=["name", "kind", "parent", "town", "village", "unit"])
    n = len(organizations)
    organizations["founded"] = np.datetime64(as_of, "D") - rng.integers(400, 9000, n).astype("timedelta64[D]")
    n_unknown = sum(count for (_, klass), count in plan.quotas.items() if klass == PrimaryClass.UNKNOWN)
    villages = np.flatnonzero(organizations["kind"] == VILLAGE)
    # At most every third village is silent: the others must be able to show their life.
    n_silent = min(-(-n_unknown // _SILENT_SIZE), len(villages) // 3)
    organizations["is_silent"] = np.isin(np.arange(n), rng.permutation(villages)[:n_silent])
    return organizations


def _town_branches(plan: CountyPlan, town: int) -> list[Branch]:
    name, short = words_places.townships(plan.area)[town], words_places.short_name(plan.area)
    parent = f"中共{short}{name}委员会"
    rows = [
        (f"{short}{name}{words_places.village(town, v)}党支部", VILLAGE, f"{words_places.village(town, v)}民委员会")
        for v in range(N_VILLAGES)
    ]
    rows += [
        (f"{short}{name}墟社区党支部", "街道社区", f"{name}墟社区居民委员会"),
        (f"{short}{name}机关党支部", "党政机关", f"{short}{name}人民政府"),
        (f"{short}{name}中心学校党支部", "学校", f"{short}{name}中心学校"),
    ]
    n_firms, n_shops = _NON_PUBLIC_PER_TOWN
    # Four towns have fewer, thirteen have two of each: 30 and 26 in a county of seventeen towns.
    n_firms, n_shops = (n_firms if town < 13 else 1), (n_shops if town < 9 else 1)
    rows += [(f"{short}{name}小微企业第{k + 1}联合党支部", NON_PUBLIC, "") for k in range(n_firms)]
    rows += [(f"{short}{name}个体工商户第{k + 1}联合党支部", NON_PUBLIC, "") for k in range(n_shops)]
    return [
        (branch, kind, parent, town, v if v < N_VILLAGES else -1, unit) for v, (branch, kind, unit) in enumerate(rows)
    ]


def _county_branches(plan: CountyPlan) -> list[Branch]:
    short = words_places.short_name(plan.area)
    parent = f"中共{short}直属机关工作委员会"
    return [
        (f"{short}{office}党支部", kind, parent, COUNTY_LEVEL, -1, f"{short}{office}")
        for office, kind in words_business.COUNTY_OFFICES
    ]

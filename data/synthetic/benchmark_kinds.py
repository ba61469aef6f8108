"""Which errors are made in the benchmark, and how often in each tier? The one table of kinds and rates.

At most one kind of a group is made in a record. A rate marked `of_able` is of the records that can have the kind.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.synthetic import benchmark_characters as characters
from data.synthetic import benchmark_slips as slips
from data.synthetic.benchmark_characters import Change
from data.synthetic.errors import Objects

TIERS = ("easy", "medium", "hard")


@dataclass(frozen=True)
class Kind:
    """One kind of error in `column`, with its rate in each tier.

    change: what it does to a text; or take: the column whose value stands there instead ('' there: not possible);
    neither: the cell is left empty.
    """

    name: str
    group: str
    column: str
    rates: tuple[float, float, float]
    change: Change | None = None
    take: str | None = None
    of_able: bool = False


KINDS: tuple[Kind, ...] = (
    Kind("rare_mark", "name", "name", (0.2, 0.25, 0.25), characters.rare_mark, of_able=True),
    Kind("rare_pinyin", "name", "name", (0.1, 0.15, 0.2), characters.rare_pinyin, of_able=True),
    Kind("rare_split", "name", "name", (0.05, 0.1, 0.15), characters.rare_split, of_able=True),
    Kind("dot_form", "name", "name", (0.3, 0.5, 0.6), characters.dot_form, of_able=True),
    Kind("homophone", "name", "name", (0.015, 0.035, 0.07), characters.homophone),
    Kind("near_sound", "name", "name", (0.005, 0.015, 0.035), characters.near_sound),
    Kind("glyph", "name", "name", (0.008, 0.02, 0.045), characters.glyph),
    Kind("traditional", "name", "name", (0.01, 0.025, 0.04), characters.traditional),
    Kind("variant", "name", "name", (0.005, 0.015, 0.03), characters.variant),
    Kind("name_order", "name", "name", (0.003, 0.01, 0.02), characters.swapped),
    Kind("char_missing", "name", "name", (0.003, 0.01, 0.025), characters.missing),
    Kind("char_inserted", "name", "name", (0.002, 0.006, 0.015), characters.inserted),
    Kind("former_name", "name", "name", (0.0, 0.005, 0.015), take="former_name"),
    Kind("id_slip", "id", "id_no", (0.01, 0.03, 0.05), slips.wrong_digit),
    Kind("id_swap", "id", "id_no", (0.005, 0.015, 0.03), slips.swapped_digits),
    Kind("id_masked", "id", "id_no", (0.01, 0.04, 0.08), slips.masked),
    Kind("id_precision_loss", "id", "id_no", (0.01, 0.03, 0.05), slips.precision_loss),
    Kind("id_old15", "id", "id_no", (0.01, 0.04, 0.06), slips.fifteen_digits),
    Kind("id_missing", "id", "id_no", (0.03, 0.15, 0.40)),
    Kind("birth_month_only", "birth", "birth", (0.05, 0.2, 0.35), slips.month_only),
    Kind("birth_day_month", "birth", "birth", (0.005, 0.015, 0.03), slips.day_and_month),
    Kind("birth_lunar", "birth", "birth", (0.003, 0.01, 0.03), slips.lunar),
    Kind("birth_missing", "birth", "birth", (0.02, 0.1, 0.2)),
    Kind("phone_household", "phone", "mobile", (0.2, 0.3, 0.4), take="household_mobile", of_able=True),
    Kind("phone_changed", "phone", "mobile", (0.04, 0.12, 0.22), take="new_mobile"),
    Kind("phone_agent", "phone", "mobile", (0.005, 0.02, 0.05), take="agent_mobile"),
    Kind("phone_slip", "phone", "mobile", (0.005, 0.01, 0.02), slips.phone_digit),
    Kind("phone_missing", "phone", "mobile", (0.05, 0.15, 0.30)),
    Kind("region_old", "place", "township", (0.05, 0.1, 0.15), take="old_township", of_able=True),
    Kind("region_wrong", "place", "township", (0.01, 0.04, 0.08), take="other_township"),
    Kind("region_missing", "place", "township", (0.03, 0.1, 0.2)),
    Kind("home_old_county", "home", "home", (0.02, 0.05, 0.1), slips.old_county),
    Kind("home_moved", "home", "home", (0.02, 0.08, 0.15), take="other_home"),
    Kind("home_missing", "home", "home", (0.1, 0.25, 0.4)),
)

#: How an employer is called: kind -> rates; what each does is in `benchmark_entities.called`.
EMPLOYER_KINDS: dict[str, tuple[float, float, float]] = {
    "employer_short": (0.15, 0.25, 0.30),
    "employer_region_missing": (0.10, 0.10, 0.10),
    "employer_form_missing": (0.10, 0.10, 0.10),
    "employer_former": (0.01, 0.04, 0.06),
    "employer_old_township": (0.0, 0.01, 0.02),
    "employer_homophone": (0.01, 0.03, 0.06),
    "employer_glyph": (0.005, 0.015, 0.03),
    "employer_missing": (0.002, 0.005, 0.01),
    "employer_inserted": (0.002, 0.005, 0.01),
}
#: Shares of employer texts that mean no entity of the register: same brand in another county; a name nobody has.
EMPLOYER_WRONG_REGION, EMPLOYER_UNKNOWN = (0.03, 0.05, 0.08), (0.05, 0.08, 0.10)


def draw_one(rng: np.random.Generator, n: int, rates: dict[str, float]) -> Objects:
    """At most one of several kinds for each of n rows, '' for none."""
    kinds = np.full(n, "", dtype=object)
    free, low = rng.random(n), 0.0
    for name, rate in rates.items():
        kinds[(free >= low) & (free < low + rate)] = name
        low += rate
    return kinds

"""What do the fifty claimed members of Longlou claim? 31 claims that stand, 19 that are false."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from data.synthetic import numbers
from data.synthetic.county import County
from data.synthetic.entities import LONGLOU_TOWN
from data.synthetic.longlou_cast import OUTSIDERS, Cast
from data.synthetic.office_dates import ISO, written

_NOWHERE_FIRM = "海南翡翠珊瑚深海牧场有限公司"
#: Slips in claims that stand: place among the clean claims -> (group, kind).
_SLIPS = {
    0: ("id", "id_old15"),
    1: ("phone", "phone_style"),
    3: ("id", "id_full_width"),
    4: ("name", "traditional"),
    5: ("name", "homophone"),
    6: ("id", "id_wrong_digit"),
    7: ("id", "id_missing"),
    8: ("id", "id_spaced"),
    9: ("phone", "phone_changed"),
    10: ("name", "name_spaced"),
    11: ("id", "id_old15"),
}


@dataclass(frozen=True)
class Claim:
    """One row to be keyed in. person: whom it is about in truth; values: texts that differ from that person's own."""

    person: int
    entity: int = -1
    reason: str = ""
    decoy: str = ""
    slip: tuple[str, str] = ("", "")
    values: dict[str, str] = field(default_factory=dict)


def claims_of(county: County, cast: Cast) -> list[Claim]:
    """The fifty claims in the order of the list."""
    return _in_order(county, [*_standing(county, cast), *_of_members(county, cast), *_of_outsiders(county, cast)])


def _standing(county: County, cast: Cast) -> list[Claim]:
    """31 claims that stand, the decoys among them."""
    entity = county.members["entity"].to_numpy()
    closed = _closed_firms(county)
    claims = [
        Claim(int(person), int(entity[person]), slip=_SLIPS.get(number, ("", "")))
        for number, person in enumerate(cast.clean)
    ]
    claims += [Claim(int(p), int(entity[p]), decoy="F10", slip=("id", "id_numeric")) for p in cast.numeric]
    claims += [Claim(int(p), int(entity[p]), decoy="F07") for p in cast.suspended]
    claims += [Claim(int(p), closed[0], decoy="F15") for p in cast.closed_decoy]
    return [*claims, Claim(int(cast.outsiders[0]), _open_firms(county)[0], decoy="F02")]


def _of_members(county: County, cast: Cast) -> list[Claim]:
    """False claims about people whom a roster knows: twice on the list, dead, expelled, moved, of a state unit."""
    entity, firms = county.members["entity"].to_numpy(), _open_firms(county)
    unit = county.organizations["unit"].to_numpy()[county.members["branch"].to_numpy()]
    public = int(np.flatnonzero(county.entities["kind"] == "public")[0])
    twice = [
        Claim(int(p), int(entity[p]), "F03", slip=slip)
        for p, slip in zip(cast.clean[:2], (("", ""), ("id", "id_old15")), strict=True)
    ]
    gone = [("F04", cast.dead), ("F05", cast.expelled), ("F08", cast.moved), ("F01", cast.applicant)]
    claims = [Claim(int(p), firms[1 + n % 4], code) for code, persons in gone for n, p in enumerate(persons)]
    # The applicant is claimed as a full member: only the roster knows better.
    claims[-1] = replace(claims[-1], values={"category": "正式党员"})
    office, school = (int(p) for p in cast.state)
    return [*twice, *claims, Claim(office, public, "F17"), Claim(school, -1, "F17", values={"employer": unit[school]})]


def _of_outsiders(county: County, cast: Cast) -> list[Claim]:
    """False claims about people on no roster."""
    firms, closed = _open_firms(county), _closed_firms(county)
    claims = []
    for n, (code, person) in enumerate(list(zip(OUTSIDERS, cast.outsiders.tolist(), strict=True))[1:]):
        claims.append(Claim(person, firms[5 + n % 6], code, values=_own_values(county, cast, code, person)))
    by_code = [claim.reason for claim in claims]
    for n, member in enumerate(cast.namesakes):
        branch = county.organizations["name"].iloc[county.members["branch"].iloc[member]]
        at = by_code.index("F13") + n
        claims[at] = replace(claims[at], values={"branch": branch})
    at = by_code.index("F14")
    unknown = numbers.registration_numbers(numbers.synthetic_area(county.area), np.array([9_876_543]), 0)[0]
    claims[at] = replace(claims[at], entity=-1, values={"employer": _NOWHERE_FIRM, "entity_no": unknown})
    at = by_code.index("F15")
    claims[at] = replace(claims[at], entity=closed[1])
    return claims


def _own_values(county: County, cast: Cast, code: str, person: int) -> dict[str, str]:
    """What such a claim says that is not so."""
    people = county.people
    birth = people.birth[[person]]
    if code == "F01":
        return {"category": "入党积极分子", "full_on": ""}
    if code == "F09":
        number = str(numbers.texts(people.identity[[person]])[0])
        return {"id_no": number[:17] + str((int(number[17].replace("X", "0")) + 1) % 10)}
    if code == "F11":
        victim = int(cast.impersonated[0])
        return {
            "id_no": str(numbers.texts(people.identity[[victim]])[0]),
            "sex": "女" if people.is_male[victim] else "男",
        }
    if code == "F12":
        other = birth + np.timedelta64(2600, "D")
        return {"sex": "女" if people.is_male[person] else "男", "birth": str(written(other, ISO)[0])}
    if code == "F19":
        joined = birth + np.timedelta64(16 * 365, "D")
        full = joined + np.timedelta64(365, "D")
        return {"join_on": str(written(joined, ISO)[0]), "full_on": str(written(full, ISO)[0])}
    return {}


def _open_firms(county: County) -> list[int]:
    """Firms of the town that are open and have nobody of any roster, in the order of the register."""
    table = county.entities
    is_firm = (table["kind"] == "small_enterprise") & (table["town"] == LONGLOU_TOWN) & table["ended"].isna()
    free = is_firm.to_numpy() & ~np.isin(np.arange(len(table)), county.members["entity"].to_numpy())
    return [int(row) for row in np.flatnonzero(free)]


def _closed_firms(county: County) -> list[int]:
    table = county.entities
    is_firm = (table["kind"] == "small_enterprise") & (table["town"] == LONGLOU_TOWN) & table["ended"].notna()
    return [int(row) for row in np.flatnonzero(is_firm)]


def _in_order(county: County, claims: list[Claim]) -> list[Claim]:
    """The order of the list; the second row about a person comes after the first."""
    shuffled = [claims[place] for place in county.stream("claims order").permutation(len(claims))]
    for second in [place for place, claim in enumerate(shuffled) if claim.reason == "F03"]:
        first = next(p for p, c in enumerate(shuffled) if c.person == shuffled[second].person and c.reason == "")
        if first > second:
            shuffled[first], shuffled[second] = shuffled[second], shuffled[first]
    return shuffled

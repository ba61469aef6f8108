"""Writes the list of fifty claimed members of Longlou, row by row as the township office keyed it in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

import numpy as np

from data.synthetic import damage, numbers
from data.synthetic.county import County
from data.synthetic.damage import Written
from data.synthetic.entities import LONGLOU_TOWN
from data.synthetic.errors import Drawn
from data.synthetic.feeds import CLAIMS, CLAIMS_FILE, Located, Place
from data.synthetic.longlou_cast import OUTSIDERS, Cast
from data.synthetic.office_dates import DAY_STYLES, written
from data.synthetic.office_files import Sheet, write_workbook
from data.synthetic.organizations import VILLAGE
from data.synthetic.truth import Truth

_SHEET = "摸底名单"
_TITLES = ("龙楼工商所“小个专”党员摸底名单", "填报单位：龙楼工商所        填报日期：{day}")
_HEADERS = {
    **{
        "seq": "序号",
        "name": "姓名",
        "sex": "性别",
        "id_no": "身份证号码",
        "birth": "出生日期",
        "category": "人员类别",
    },
    **{"branch": "所在党支部", "join_on": "入党时间", "full_on": "转正时间", "employer": "工作单位"},
    **{
        "entity_no": "注册号/信用代码",
        "mobile": "联系电话",
        "home": "家庭住址",
        "claimed_on": "登记日期",
        "remark": "备注",
    },
}
_NOWHERE_FIRM = "海南翡翠珊瑚深海牧场有限公司"
#: Slips in claims that stand: place among the clean claims -> (group, kind).
_SLIPS = {
    **{0: ("id", "id_old15"), 1: ("phone", "phone_style"), 3: ("id", "id_full_width"), 4: ("name", "traditional")},
    **{5: ("name", "homophone"), 6: ("id", "id_wrong_digit"), 7: ("id", "id_missing"), 8: ("id", "id_spaced")},
    **{9: ("phone", "phone_changed"), 10: ("name", "name_spaced"), 11: ("id", "id_old15")},
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


def write_claims(county: County, cast: Cast, place: Place, truth: Truth) -> None:
    """The workbook of fifty claims and its truth."""
    claims = _in_order(county, [*_standing(county, cast), *_of_members(county, cast), *_of_outsiders(county, cast)])
    texts = _slips(county, claims)
    columns = _columns(county, claims, texts)
    titles = tuple(line.format(day=f"{county.as_of.year}年{county.as_of.month}月1日") for line in _TITLES)
    id_place = list(_HEADERS).index("id_no")
    sheet = Sheet(
        _SHEET, titles, tuple(_HEADERS.values()), [columns[name] for name in _HEADERS], {id_place: texts.is_number}
    )
    write_workbook(place.path(CLAIMS_FILE), [sheet])
    place.wrote(CLAIMS_FILE, len(claims))
    located = Located.in_one_file(place, CLAIMS, CLAIMS_FILE, _SHEET, sheet.source_rows())
    truth.persons(located, county.true_persons(np.array([claim.person for claim in claims])), texts.errors)
    truth.coded("false_entries", located, np.array([claim.reason for claim in claims], dtype=object))
    truth.coded("decoys", located, np.array([claim.decoy for claim in claims], dtype=object))


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
    firms, closed, people = _open_firms(county), _closed_firms(county), county.people
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
    assert len(people) > int(cast.outsiders.max())
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
        return {"sex": "女" if people.is_male[person] else "男", "birth": str(written(other, DAY_STYLES[0])[0])}
    if code == "F19":
        joined = birth + np.timedelta64(16 * 365, "D")
        full = joined + np.timedelta64(365, "D")
        return {"join_on": str(written(joined, DAY_STYLES[0])[0]), "full_on": str(written(full, DAY_STYLES[0])[0])}
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


def _slips(county: County, claims: list[Claim]) -> Written:
    who = np.array([claim.person for claim in claims])
    kinds = {
        group: np.array([claim.slip[1] if claim.slip[0] == group else "" for claim in claims], dtype=object)
        for group in ("name", "id", "phone")
    }
    can = damage.can_have(county.people, who)
    kinds["name"][(kinds["name"] == "name_spaced") & ~can["name_spaced"]] = ""
    cells = np.ones(len(claims), dtype=bool)
    return damage.write(county.people, who, Drawn(kinds), county.stream("claims"), has_number_cells=cells)


def _columns(county: County, claims: list[Claim], texts: Written) -> dict[str, np.ndarray]:
    """The texts of every column: the person's own, overridden by what the claim says."""
    who = np.array([claim.person for claim in claims])
    entity = np.array([claim.entity for claim in claims])
    n = len(claims)
    is_known = who < county.n_on_rosters
    row = np.where(is_known, who, 0)
    rng = county.stream("claims cells")
    organizations = county.organizations
    villages = organizations.index[
        (organizations["town"] == LONGLOU_TOWN) & (organizations["kind"] == VILLAGE)
    ].to_numpy()
    branch = np.where(is_known, county.members["branch"].to_numpy()[row], villages[np.arange(n) % len(villages)])
    adult = county.people.birth[who] + np.timedelta64(24 * 365, "D")
    days = {}
    for name, later in (("join_on", 0), ("full_on", 365)):
        own = county.members[name].to_numpy(dtype="datetime64[ns]").astype("datetime64[D]")[row]
        days[name] = written(np.where(is_known, own, adult + np.timedelta64(later, "D")), DAY_STYLES[1])
    claimed = np.datetime64(county.as_of - timedelta(days=23), "D") + rng.integers(0, 3, n).astype("timedelta64[D]")
    columns: dict[str, np.ndarray] = {
        "seq": (np.arange(n) + 1).astype("U3").astype(object),
        "name": texts.name,
        "sex": county.people.sexes(who),
        "id_no": texts.id_no,
        "birth": written(county.people.birth[who], DAY_STYLES[0]),
        "category": np.where(is_known, county.members["category"].to_numpy()[row], "正式党员").astype(object),
        "branch": organizations["name"].to_numpy(dtype=object)[branch],
        **days,
        "employer": np.where(entity >= 0, county.entities["name"].to_numpy()[entity], "").astype(object),
        "entity_no": np.where(entity >= 0, county.entity_id[entity], "").astype(object),
        "mobile": texts.mobile,
        "home": county.people.homes(who),
        "claimed_on": written(claimed, DAY_STYLES[0]),
        "remark": np.full(n, "", dtype=object),
    }
    for place, claim in enumerate(claims):
        for name, text in claim.values.items():
            columns[name][place] = text
    return columns

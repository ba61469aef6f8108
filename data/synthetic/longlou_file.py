"""Writes the list of fifty claims as the township office keyed it in, and its truth."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from data.synthetic import damage
from data.synthetic.county import County
from data.synthetic.damage import Written
from data.synthetic.entities import LONGLOU_TOWN
from data.synthetic.errors import GROUPS, Drawn, Objects
from data.synthetic.feeds import CLAIMS, CLAIMS_FILE, Located, Place
from data.synthetic.longlou import Claim, claims_of
from data.synthetic.longlou_cast import Cast
from data.synthetic.office_dates import DAY_STYLES, ISO, written
from data.synthetic.office_files import Sheet, write_workbook
from data.synthetic.organizations import VILLAGE
from data.synthetic.truth import Truth

_SHEET = "摸底名单"
_TITLES = ("龙楼工商所“小个专”党员摸底名单", "填报单位：龙楼工商所        填报日期：{day}")
_HEADERS = {
    "seq": "序号",
    "name": "姓名",
    "sex": "性别",
    "id_no": "身份证号码",
    "birth": "出生日期",
    "category": "人员类别",
    "branch": "所在党支部",
    "join_on": "入党时间",
    "full_on": "转正时间",
    "employer": "工作单位",
    "entity_no": "注册号/信用代码",
    "mobile": "联系电话",
    "home": "家庭住址",
    "claimed_on": "登记日期",
    "remark": "备注",
}


def write_claims(county: County, cast: Cast, place: Place, truth: Truth) -> None:
    """The workbook of fifty claims and its truth."""
    claims = claims_of(county, cast)
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


def _slips(county: County, claims: list[Claim]) -> Written:
    who = np.array([claim.person for claim in claims])
    kinds = {
        group: np.array([claim.slip[1] if claim.slip[0] == group else "" for claim in claims], dtype=object)
        for group in GROUPS
    }
    can = damage.can_have(county.people, who)
    kinds["name"][(kinds["name"] == "name_spaced") & ~can["name_spaced"]] = ""
    cells = np.ones(len(claims), dtype=bool)
    return damage.write(county.people, who, Drawn(kinds), county.stream("claims"), has_number_cells=cells)


def _columns(county: County, claims: list[Claim], texts: Written) -> dict[str, Objects]:
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
    columns: dict[str, Objects] = {
        "seq": (np.arange(n) + 1).astype("U3").astype(object),
        "name": texts.name,
        "sex": county.people.sexes(who),
        "id_no": texts.id_no,
        "birth": written(county.people.birth[who], ISO),
        "category": np.where(is_known, county.members["category"].to_numpy()[row], "正式党员").astype(object),
        "branch": organizations["name"].to_numpy(dtype=object)[branch],
        **days,
        "employer": np.where(entity >= 0, county.entities["name"].to_numpy()[entity], "").astype(object),
        "entity_no": np.where(entity >= 0, county.entity_id[entity], "").astype(object),
        "mobile": texts.mobile,
        "home": county.people.homes(who),
        "claimed_on": written(claimed, ISO),
        "remark": np.full(n, "", dtype=object),
    }
    for place, claim in enumerate(claims):
        for name, text in claim.values.items():
            columns[name][place] = text
    return columns

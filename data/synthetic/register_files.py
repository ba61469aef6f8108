"""Writes what the registration office delivers: entities, persons at entities, and last year's annual reports."""

from __future__ import annotations

import numpy as np

from data.model import Population, PrimaryClass
from data.synthetic import numbers
from data.synthetic.cases import Case
from data.synthetic.county import County
from data.synthetic.damage import Written
from data.synthetic.errors import Objects
from data.synthetic.feeds import PERSONS, Located, Place
from data.synthetic.numbers import Ints
from data.synthetic.office_dates import ISO, written
from data.synthetic.office_files import GB18030, UTF8, UTF8_BOM, write_csv
from data.synthetic.people import PERSONS_PER_COUNTY, mobile_order
from data.synthetic.placement import NOWHERE
from data.synthetic.situation import reported_day

_OWN_PHONE, _AGENT_PHONE, _N_AGENTS = 0.7, 0.05, 12
_REPORT_SHARE = {Population.SMALL_ENTERPRISE: 0.72, Population.HOUSEHOLD_BUSINESS: 0.6, Population.MARKET: 0.8}
_INSTRUCTOR_SHARE = 0.004
_BLOCK_SHARE, _CLAIMS_MEMBERS_SHARE = 0.5, 0.01


def write_entities(county: County, place: Place) -> None:
    """One row an entity, with the person in charge as registered."""
    table, rng = county.entities, county.stream("entity file")
    chief = county.staff.person[county.staff.first]
    phone = np.where(rng.random(len(table)) < _OWN_PHONE, county.people.mobile[chief], "")
    agents = np.flatnonzero(rng.random(len(table)) < _AGENT_PHONE)
    first = mobile_order(county.area) + PERSONS_PER_COUNTY * 3 // 4
    phone[agents] = numbers.mobile_numbers(first + rng.integers(0, _N_AGENTS, len(agents)))
    columns = {
        "统一社会信用代码": table["uscc"],
        "注册号": table["reg_no"],
        "企业名称": table["name"],
        "曾用名": table["former"],
        "类型代码": table["type"],
        "登记状态": table["status"],
        "法定代表人(经营者)": county.people.names(chief),
        "经营场所": table["address"],
        "所在乡镇": table["township"],
        "行业门类": table["section"],
        "成立日期": written(table["established"].to_numpy(), ISO),
        "注销/吊销日期": written(table["ended"].to_numpy(), ISO),
        "联系电话": phone,
        "所属市场": table["market"],
        **_party_building(county),
    }
    write_csv(
        place.path(place.registration), list(columns), [np.asarray(c, dtype=object) for c in columns.values()], UTF8_BOM
    )
    place.wrote(place.registration, len(table))


def _party_building(county: County) -> dict[str, Objects]:
    """What the office noted beside the register: an instructor was sent, a branch may meet here."""
    rng, n = county.stream("party building"), len(county.entities)
    answers = np.array(["是", "否", ""], dtype=object)
    return {
        "党建指导员": np.where(rng.random(n) < _INSTRUCTOR_SHARE, "是", "").astype(object),
        "是否同意建立党组织": rng.choice(answers, n, p=[0.05, 0.01, 0.94]),
    }


def _accounts(county: County) -> dict[str, Objects]:
    """Revenue and assets in ten thousand yuan; many do not say."""
    rng, size = county.stream("accounts"), np.maximum(county.staff.size, 1)
    columns = {}
    for title, per_head, share in (("营业总收入", 12.0, 0.6), ("资产总额", 15.0, 0.5)):
        sums = size * per_head * np.exp(rng.normal(0, 0.9, len(size)))
        texts = np.round(sums, 2).astype("U16").astype(object)
        columns[title] = np.where(rng.random(len(size)) < share, texts, "").astype(object)
    return columns


def write_persons(county: County, texts: Written, place: Place) -> tuple[Located, Objects]:
    """One row a person at an entity. Returns where each row stands and the structural kinds of errors."""
    staff, rng = county.staff, county.stream("person file")
    order = rng.permutation(len(staff))
    reg_no = county.entities["reg_no"].to_numpy()[staff.entity]
    uscc = county.entities["uscc"].to_numpy()[staff.entity]
    by_code = (uscc != "") & ((reg_no == "") | (rng.random(len(staff)) < 0.5))
    columns = {
        "姓名": texts.name,
        "性别": county.people.sexes(staff.person),
        "身份证号": texts.id_no,
        "联系电话": texts.mobile,
        "注册号/信用代码": np.where(by_code, uscc, reg_no),
        "人员身份": staff.role,
        "任职日期": written(staff.since, ISO),
        "离职日期": written(staff.until, ISO),
        "住址": county.people.homes(staff.person),
    }
    write_csv(place.path(place.persons), list(columns), [column[order] for column in columns.values()], GB18030)
    place.wrote(place.persons, len(staff))
    row = np.empty(len(staff), dtype=np.int64)
    row[order] = np.arange(len(staff)) + 2
    made = np.where(staff.is_family, "family", np.where(county.is_namesake[staff.person], "namesake", ""))
    return Located.in_one_file(place, PERSONS, place.persons, "", row), made.astype(object)


def write_annual_reports(county: County, place: Place) -> None:
    """Reports of the year before, party block in the national codes; hidden members' employers deny them."""
    table, rng = county.entities, county.stream("annual reports")
    n = len(table)
    share = table["kind"].map(_REPORT_SHARE).fillna(0.9).to_numpy(dtype=float)
    year = county.as_of.year - 1
    is_due = table["established"].to_numpy() < reported_day(county.as_of)
    reports = is_due & table["ended"].isna().to_numpy() & (rng.random(n) < share)
    count, chief = _party_block(county, rng)
    denies = _hidden_entities(county)
    reports[denies] = True
    body = np.where(count == "", "", np.where(np.isin(count, list("3456789")), "3", "9")).astype(object)
    filed = np.datetime64(f"{year + 1}-01-04") + rng.integers(0, 150, n).astype("timedelta64[D]")
    filed = np.minimum(filed, np.datetime64(county.as_of, "D") - np.timedelta64(1, "D"))
    by_code = ((table["uscc"] != "") & ((table["reg_no"] == "") | (rng.random(n) < 0.5))).to_numpy()
    columns = {
        "注册号": np.where(by_code, table["uscc"], table["reg_no"]),
        "年度": np.full(n, str(year), dtype=object),
        "从业人数": (np.maximum(county.staff.size, 1) + rng.integers(0, 4, n)).astype("U6").astype(object),
        **_accounts(county),
        "党员人数": count,
        "党组织建制": body,
        "法定代表人是否党员": chief,
        "填报日期": written(filed, ISO),
    }
    write_csv(place.path(place.annual_reports), list(columns), [column[reports] for column in columns.values()], UTF8)
    place.wrote(place.annual_reports, int(reports.sum()))


def _hidden_entities(county: County) -> Ints:
    hidden = county.members["klass"].eq(PrimaryClass.HIDDEN)
    return county.members.loc[hidden, "entity"].to_numpy(dtype=np.int64)


def _party_block(county: County, rng: np.random.Generator) -> tuple[Objects, Objects]:
    """Number of members reported, and whether the representative is one: codes 1 yes, 2 no, '' not filled in."""
    n, members = len(county.entities), county.members
    is_filled = rng.random(n) < _BLOCK_SHARE
    says_more = rng.random(n) < _CLAIMS_MEMBERS_SHARE
    count = np.where(is_filled, np.where(says_more, "1", "0"), "").astype(object)
    chief = np.where(is_filled, "2", "").astype(object)
    works = members[members["entity"] != NOWHERE]
    entity = works["entity"].to_numpy(dtype=np.int64)
    n_working = np.bincount(entity, minlength=n)
    told = (n_working > 0) & is_filled
    count[told] = np.minimum(n_working[told], 9).astype("U1").astype(object)
    leads = works[works["staff_row"] == county.staff.first[entity]]["entity"].to_numpy(dtype=np.int64)
    # The person in charge may be a member known to the roster by the employer's name only: then nothing is said.
    chief[n_working > 0] = ""
    chief[leads[is_filled[leads]]] = "1"
    for case, number, sign in ((Case.HIDDEN_ZERO, "0", ""), (Case.HIDDEN_CHIEF, "", "2")):
        denied = works.loc[works["case"] == case, "entity"].to_numpy(dtype=np.int64)
        count[denied], chief[denied] = number, sign
    return count, chief

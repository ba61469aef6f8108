"""Writes the list of branches and the feeds of events: letters, organisation life, searches, decisions."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.synthetic import events, numbers, words_places
from data.synthetic.cases import Case
from data.synthetic.county import County
from data.synthetic.errors import Bools, Objects
from data.synthetic.feeds import Place
from data.synthetic.numbers import Ints
from data.synthetic.office_dates import DAY_STYLES, ISO, written
from data.synthetic.office_files import UTF8, Sheet, write_csv, write_workbook
from data.synthetic.organizations import COUNTY_LEVEL

_NO_NUMBER_SHARE = 0.1
_VISITORS = ("陈所长", "林指导员", "符联络员", "黄干事")


def write_organizations(county: County, place: Place) -> None:
    """The list of branches, and the association of small businesses, to which nobody belongs yet."""
    short = words_places.short_name(county.area)
    association = pd.DataFrame(
        {
            "name": [f"{short}个体私营企业协会党支部"],
            "kind": ["社会组织"],
            "parent": [f"中共{short}直属机关工作委员会"],
            "town": [COUNTY_LEVEL],
            "unit": [f"{short}个体私营企业协会"],
            "founded": [np.datetime64(county.as_of, "D") - np.timedelta64(700, "D")],
        }
    )
    table = pd.concat([county.organizations, association], ignore_index=True)
    towns = np.array([*words_places.townships(county.area), ""], dtype=object)[table["town"].to_numpy()]
    secretary = county.people.names(county.stream("secretaries").integers(0, county.n_on_rosters, len(table)))
    venue = county.stream("venues").choice(np.array(["有", "无", ""], dtype=object), len(table), p=[0.6, 0.3, 0.1])
    columns = {
        "序号": (np.arange(len(table)) + 1).astype("U6").astype(object),
        "党组织名称": table["name"].to_numpy(dtype=object),
        "组织类别": table["kind"].to_numpy(dtype=object),
        "上级党组织": table["parent"].to_numpy(dtype=object),
        "所在乡镇": towns,
        "党组织所在单位": table["unit"].to_numpy(dtype=object),
        "书记": secretary,
        "成立日期": written(table["founded"].to_numpy(), DAY_STYLES[2]),
        "有无活动场所": venue,
    }
    title = f"{words_places.short_name(county.area)}党组织名册"
    _write(place, place.organizations, "党组织名册", title, columns)


def write_events(county: County, is_clean: Bools, place: Place) -> None:
    """The four feeds. `is_clean`: by person, whether the roster has name and number right, so that a name finds it."""
    members, seed, as_of = county.members, county.seed, county.as_of
    branches = county.organizations["name"].to_numpy(dtype=object)
    life = events.org_life(members, county.area, seed, as_of)
    if len(life):
        _write_life(county, life, branches, is_clean, place)
    tries = events.contact_log(members, county.area, seed, as_of)
    if len(tries):
        _write_contacts(county, tries, branches, is_clean, place)
    letters = events.transfers(members, branches, county.area, seed, as_of)
    if len(letters):
        _write_letters(county, letters, place)
    decisions = events.status_events(
        members, letters["person"].to_numpy(), _applicants(county), county.area, seed, as_of
    )
    if len(decisions):
        _write_decisions(county, decisions, branches, place)


def _applicants(county: County) -> Ints:
    """Applicants declared in writing never to have been admitted: a third of them, and the one who is claimed."""
    applicants = county.members.loc[county.members["case"] == Case.F01, "person"].to_numpy()
    return np.union1d(applicants[::3], [] if county.cast is None else county.cast.applicant).astype(np.int64)


def _who(county: County, person: Ints, branch: Ints, is_clean: Bools, part: str) -> tuple[Objects, Objects]:
    """Names and numbers of events; a few carry no number where name and branch tell the person."""
    rng = county.stream(f"who {part}")
    name, id_no = county.people.names(person), numbers.texts(county.people.identity[person])
    roster = pd.DataFrame(
        {"name": county.people.names(np.arange(county.n_on_rosters)), "branch": county.members["branch"]}
    )
    is_unique = ~roster.duplicated(keep=False).to_numpy() & is_clean
    is_home = county.members["branch"].to_numpy()[person] == branch
    id_no[is_unique[person] & is_home & (rng.random(len(person)) < _NO_NUMBER_SHARE)] = ""
    return name, id_no


def _write_life(county: County, life: pd.DataFrame, branches: Objects, is_clean: Bools, place: Place) -> None:
    branch = life["branch"].to_numpy()
    name, id_no = _who(county, life["person"].to_numpy(), branch, is_clean, "org_life")
    columns = {
        "姓名": name,
        "身份证号": id_no,
        "所在党支部": branches[branch],
        "活动日期": written(life["day"].to_numpy(), ISO),
        "活动类型": life["event"].to_numpy(dtype=object),
        "是否参加": life["is_present"].to_numpy(dtype=object),
    }
    write_csv(place.path(place.org_life), list(columns), list(columns.values()), UTF8)
    place.wrote(place.org_life, len(life))


def _write_contacts(county: County, tries: pd.DataFrame, branches: Objects, is_clean: Bools, place: Place) -> None:
    branch = tries["branch"].to_numpy()
    name, id_no = _who(county, tries["person"].to_numpy(), branch, is_clean, "contacts")
    columns = {
        "序号": (np.arange(len(tries)) + 1).astype("U6").astype(object),
        "姓名": name,
        "公民身份号码": id_no,
        "所在党支部": branches[branch],
        "联系日期": written(tries["day"].to_numpy(), DAY_STYLES[1]),
        "联系方式": tries["channel"].to_numpy(dtype=object),
        "联系人": county.stream("visitors").choice(np.array(_VISITORS, dtype=object), len(tries)),
        "联系结果": tries["outcome"].to_numpy(dtype=object),
    }
    _write(place, place.contact_log, "联系记录", "党员联系查找记录", columns)


def _write_letters(county: County, letters: pd.DataFrame, place: Place) -> None:
    person, n = letters["person"].to_numpy(), len(letters)
    issued = letters["issued_on"].to_numpy().astype("datetime64[D]")
    year = (issued.astype("datetime64[Y]").astype(np.int64) + 1970).astype("U4").astype(object)
    columns = {
        "介绍信编号": year + "-" + (np.arange(n) + 1).astype("U6").astype(object),
        "姓名": county.people.names(person),
        "性别": county.people.sexes(person),
        "身份证号码": numbers.texts(county.people.identity[person]),
        "联系电话": county.people.mobile[person],
        "转出党组织": letters["from_org"].to_numpy(dtype=object),
        "转入党组织": letters["to_org"].to_numpy(dtype=object),
        "开具日期": written(issued, DAY_STYLES[2]),
        "有效期（天）": letters["valid_days"].to_numpy(dtype=object),
        "接收日期": written(letters["received_on"].to_numpy(), DAY_STYLES[2]),
        "回执日期": written(letters["receipt_on"].to_numpy(), DAY_STYLES[2]),
        "本人持有介绍信": letters["in_hand"].to_numpy(dtype=object),
    }
    _write(place, place.transfers, "介绍信登记", "党员组织关系介绍信登记簿", columns)


def _write_decisions(county: County, decisions: pd.DataFrame, branches: Objects, place: Place) -> None:
    person = decisions["person"].to_numpy(dtype=np.int64)
    branch = decisions["branch"].to_numpy(dtype=np.int64)
    columns = {
        "序号": (np.arange(len(decisions)) + 1).astype("U6").astype(object),
        "姓名": county.people.names(person),
        "身份证号": numbers.texts(county.people.identity[person]),
        "所在党支部": np.where(branch == COUNTY_LEVEL, "", branches[branch]),
        "变动类型": decisions["event"].to_numpy(dtype=object),
        "批准日期": written(decisions["day"].to_numpy(dtype="datetime64[ns]").astype("datetime64[D]"), DAY_STYLES[0]),
        "依据文件": decisions["document"].to_numpy(dtype=object),
    }
    _write(place, place.status_events, "身份变动", "党员身份变动情况", columns)


def _write(place: Place, file: str, sheet: str, title: str, columns: dict[str, Objects]) -> None:
    write_workbook(place.path(file), [Sheet(sheet, (title,), tuple(columns), list(columns.values()), {})])
    place.wrote(file, len(next(iter(columns.values()))))

"""Writes the register of leads: who was found in which of the six ways, over which channel, and what came of it.

Every outcome agrees with the truth: the confirmed are members, the excluded are on no roster or mere applicants, the
lost were not reached. Nobody hidden is in it: nobody has told of them yet.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.synthetic import numbers, words_places
from data.synthetic.cases import Case
from data.synthetic.county import N_OUTSIDERS, County
from data.synthetic.feeds import Place
from data.synthetic.numbers import Objects
from data.synthetic.office_dates import DAY_STYLES, written
from data.synthetic.office_files import Sheet, write_workbook
from data.synthetic.placement import NOWHERE

#: Way, channel and who told; all six ways and all five channels.
STORIES = (
    ("企业登记找", "注册登记平台", "登记人员"),
    ("年报工作找", "注册登记平台", "年报资料"),
    ("市场监管找", "逐户访问", "执法人员"),
    ("电话联系找", "电话联系", "本人"),
    ("走访上门找", "走访上门", "经营者"),
    ("走访上门找", "征询组织部门", "党支部"),
    ("党员互动找", "流动党员联络站", "本人"),
    ("党员互动找", "宣传发动", "党员"),
)
_BY_PHONE, _REFERRAL = 3, "党员互动找"
_MEMBER_SHARE, _OTHERS_PER_MEMBER = 0.4, 0.5
_FEWEST_OTHERS = 4
_CAMPAIGN_DAYS = 25
_NUMBER_SHARE, _PHONE_SHARE = 0.35, 0.6
_LOST = (Case.LOST, Case.LOST_BOUNDARY, Case.LOST_SUSPENDED)
_HIDDEN = (Case.HIDDEN_ZERO, Case.HIDDEN_CHIEF)
_GONE = (Case.F04, Case.F05, Case.F06, Case.F08)


def write_leads(county: County, place: Place) -> None:
    """The workbook of leads; a county where nobody works has none."""
    found = _leads(county)
    if found.empty:
        return
    rng = county.stream("lead cells")
    person, entity = found["person"].to_numpy(), found["entity"].to_numpy()
    has_number, has_phone = rng.random(len(found)) < _NUMBER_SHARE, rng.random(len(found)) < _PHONE_SHARE
    way, channel, informant = (np.array(words, dtype=object) for words in zip(*STORIES, strict=True))
    story = found["story"].to_numpy()
    columns = {
        "线索编号": (np.arange(len(found)) + 1).astype("U6").astype(object),
        "找寻方式": way[story],
        "渠道": channel[story],
        "发现日期": written(found["day"].to_numpy(), DAY_STYLES[1]),
        "提供人身份": informant[story],
        "姓名": county.people.names(person),
        "身份证号": np.where(has_number, numbers.texts(county.people.identity[person]), "").astype(object),
        "联系电话": np.where(has_phone, county.people.mobile[person], "").astype(object),
        "注册号/信用代码": _of(county.entity_id, entity),
        "市场主体名称": _of(county.entities["name"].to_numpy(dtype=object), entity),
        "所在乡镇": _of(county.entities["township"].to_numpy(dtype=object), entity),
        "本人是否同意": np.where(way[story] == _REFERRAL, "是", "").astype(object),
        "核实结果": found["outcome"].to_numpy(dtype=object),
    }
    title = f"{words_places.short_name(county.area)}“小个专”党员线索登记表"
    write_workbook(place.path(place.leads), [Sheet("线索登记", (title,), tuple(columns), list(columns.values()), {})])
    place.wrote(place.leads, len(found))


def _leads(county: County) -> pd.DataFrame:
    """person, entity, outcome, story (place in STORIES), day; in order of the day."""
    rng, members = county.stream("leads"), county.members
    cases = members["case"]
    known = members[members["entity"].ne(NOWHERE) & ~cases.isin((*_HIDDEN, *_GONE))]
    known = known[rng.random(len(known)) < _MEMBER_SHARE]
    of_members = pd.DataFrame({"person": known["person"], "entity": known["entity"], "outcome": _outcomes(known)})
    staff = county.staff
    strangers = np.flatnonzero(staff.person >= county.n_on_rosters + N_OUTSIDERS)
    n_others = min(max(round(len(known) * _OTHERS_PER_MEMBER), _FEWEST_OTHERS), len(strangers))
    rows = rng.choice(strangers, n_others, replace=False)
    answers = rng.choice(np.array(["本人否认", "经核实不是党员", "待核实"], dtype=object), n_others)
    others = pd.DataFrame({"person": staff.person[rows], "entity": staff.entity[rows], "outcome": answers})
    found = pd.concat([of_members, others], ignore_index=True)
    story = rng.integers(0, len(STORIES), len(found))
    is_lost = found["outcome"].eq("未联系上").to_numpy()
    ago = rng.integers(3, _CAMPAIGN_DAYS, len(found)).astype("timedelta64[D]")
    found = found.assign(story=np.where(is_lost, _BY_PHONE, story), day=np.datetime64(county.as_of, "D") - ago)
    return found.sort_values(["day", "person"], kind="stable", ignore_index=True)


def _outcomes(members: pd.DataFrame) -> Objects:
    cases = members["case"]
    answers = [cases.isin(_LOST), cases == Case.UNKNOWN_OVERDUE, cases == Case.F01]
    return np.select(answers, ["未联系上", "待核实", "经核实不是党员"], "已确认").astype(object)


def _of(texts: Objects, entity: np.ndarray) -> Objects:
    return np.asarray(texts[entity], dtype=object)

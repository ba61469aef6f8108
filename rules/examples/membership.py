"""Examples of MS1-MS4, judged on 2016-06-16 unless they say otherwise. The subject of MS1 and MS4 is the person."""

from __future__ import annotations

from datetime import date

from rules.examples.build import MAN_1900, Row, fires, holds_back, lacks_data, roster


def _event(event: str, on: str | None = "2015-03-02", number: int = 1) -> Row:
    who = {"person_id": "p1", "unique_id": f"s{number}", "name": "符一心", "id_no": MAN_1900}
    return {**who, "event": event, "decided_on": on, "document": f"文组〔2015〕{number}号"}


_MEMBER = roster(id_no=MAN_1900, join_on="1990-07-01", full_on="1991-07-01")

STEPS = (
    fires("除名之后恢复党籍：只能重新入党", "restored after a removal: only a new admission can follow", {"p1": False},
          entries=(_MEMBER,), status_events=(_event("removed"), _event("restored", "2015-09-01", 2))),
    fires("预备党员停止党籍", "a probationary member suspended", {"p1": False},
          entries=(roster(id_no=MAN_1900, category="probationary"),), status_events=(_event("suspended"),)),
    fires("去世之后除名", "removed after the death", {"p1": False}, entries=(_MEMBER,),
          status_events=(_event("deceased"), _event("removed", "2015-09-01", 2))),
    fires("积极分子停止党籍", "an activist suspended", {"p1": False},
          entries=(roster(id_no=MAN_1900, category="activist"),), status_events=(_event("suspended"),)),
    holds_back("停止后恢复", "suspended, then restored", entries=(_MEMBER,),
               status_events=(_event("restored", "2015-09-01", 2), _event("suspended"))),
    holds_back("除名后重新入党", "removed, then admitted again", entries=(_MEMBER,),
               status_events=(_event("removed"), _event("readmitted", "2016-01-05", 2))),
    holds_back("入党早于决定，转正日期没有填", "admitted before, the conversion is not filled in",
               entries=(roster(id_no=MAN_1900, join_on="1990-07-01"),), status_events=(_event("suspended"),)),
    holds_back("同一决定登记两次", "one decision entered twice", entries=(_MEMBER,),
               status_events=(_event("suspended"), _event("suspended", number=2))),
    holds_back("延长预备期后转正", "extended, then converted",
               entries=(roster(id_no=MAN_1900, join_on="2013-07-01", full_on="2015-03-01"),),
               status_events=(_event("probation_extended", "2014-07-01"),)),
    lacks_data("决定没有日期", "decisions without dates", entries=(_MEMBER,),
               status_events=(_event("removed", None), _event("restored", None, 2))),
    lacks_data("名册没有写人员类别", "the roster states no category",
               entries=(roster(id_no=MAN_1900, category=None),), status_events=(_event("restored"),)),
)  # fmt: skip

CONVERSION_GAP = (
    fires("不满一年转正", "converted within the year", {"e1": False},
          entries=(roster(join_on="2010-07-01", full_on="2011-06-30"),)),
    fires("两年零一天", "two years and a day", {"e1": False},
          entries=(roster(join_on="2010-07-01", full_on="2012-07-02"),)),
    fires("差一个月满一年", "a month short of the year", {"e1": False},
          entries=(roster(join_on="2010-07-01", full_on="2011-06-01"),)),
    fires("两年零一个月", "two years and a month", {"e1": False},
          entries=(roster(join_on="2010-07-01", full_on="2012-08-01"),)),
    holds_back("满一年当日", "a year to the day", entries=(roster(join_on="2010-07-01", full_on="2011-07-01"),)),
    holds_back("延长一年", "extended by a year", entries=(roster(join_on="2010-07-01", full_on="2012-07-01"),)),
    holds_back("只写年份", "years only", entries=(roster(join_on="2010", full_on="2011"),)),
    holds_back("1970年入党，没有预备期", "admitted in 1970: no probation",
               entries=(roster(join_on="1970-07-01", full_on="1970-07-01"),)),
    lacks_data("没有转正日期", "no conversion", entries=(roster(join_on="2010-07-01"),)),
)  # fmt: skip

STALE_PROBATION = (
    fires("届满一年零一天", "a year and a day after its end", {"e1": False},
          entries=(roster(category="probationary", join_on="2014-06-15"),)),
    fires("延长的，届满一年零一天", "extended: a year and a day after the later end", {"e1": False},
          entries=(roster(id_no=MAN_1900, category="probationary", join_on="2013-06-15"),),
          status_events=(_event("probation_extended", "2014-06-20"),)),
    holds_back("届满一年当日", "a year after its end", entries=(roster(category="probationary",
        join_on="2014-06-16"),)),
    holds_back("延长过预备期", "extended", entries=(roster(id_no=MAN_1900, category="probationary",
        join_on="2013-06-16"),),
               status_events=(_event("probation_extended", "2014-06-20"),)),
    holds_back("已取消资格", "cancelled", entries=(roster(id_no=MAN_1900, category="probationary",
        join_on="2013-01-05"),),
               status_events=(_event("probation_cancelled", "2014-06-20"),)),
    lacks_data("没有入党日期", "no date of admission", entries=(roster(category="probationary"),)),
)  # fmt: skip

_LATER = date(2020, 3, 2)

LONG_SUSPENSION = (
    fires("满两年当日", "two years to the day", {"p1": False}, as_of=_LATER, entries=(_MEMBER,),
          status_events=(_event("suspended", "2018-03-02"),)),
    holds_back("差一天满两年", "a day short of two years", as_of=_LATER, entries=(_MEMBER,),
               status_events=(_event("suspended", "2018-03-03"),)),
    holds_back("已恢复", "restored", as_of=_LATER, entries=(_MEMBER,),
               status_events=(_event("suspended", "2017-01-05"), _event("restored", "2017-09-01", 2))),
    lacks_data("停止党籍没有日期", "the suspension is not dated", as_of=_LATER, entries=(_MEMBER,),
               status_events=(_event("suspended", None),)),
)  # fmt: skip

"""Examples of REMARK, all judged on 2016-06-16. Records are named e1, e2 ... in order."""

from __future__ import annotations

from rules.examples.build import fires, holds_back, lacks_data, member, roster

REMARK = (
    fires("写明长期外出", "away for long", {"e1": False}, entries=(roster(remark="2014年起外出务工"),)),
    fires("联系不上，另有查找记录", "out of contact, and a search failed", {"e1": False},
          entries=(roster(remark="多次联系不上"),), members=(member(),),
          contacts=({"person_id": "p1", "tried_on": "2016-03-01", "channel": "phone", "outcome": "not_reached"},)),
    fires("已转出而未落实", "transferred out and not received", {"e1": False},
          entries=(roster(remark="已转出，未落实"),)),
    holds_back("现已返乡", "back by now", entries=(roster(remark="2013年外出务工，现已返乡"),)),
    holds_back("说的是别人", "about somebody else", entries=(roster(remark="其子外出务工"),)),
    holds_back("尚未到的日期", "a date still to come", entries=(roster(remark="2017年外出务工"),)),
    lacks_data("没有备注", "no remark", entries=(roster(),)),
)  # fmt: skip

"""Examples of TR1-TR9, judged on 2016-06-16. The subject of TR8 is the member, of the others the letter."""

from __future__ import annotations

from data.model import FeedKind
from rules.examples.build import ALL_FEEDS, MAN_1900, Row, fires, holds_back, lacks_data, roster


def _letter(number: int = 1, **known: object) -> Row:
    base = {"person_id": "p1", "unique_id": f"t{number}", "letter_no": f"2016-{number}", "issued_on": "2016-03-01"}
    return {**base, "from_org": "红海村党支部", "to_org": "中共海口市委组织部", "valid_days": "30", **known}


def _received(number: int = 1, **known: object) -> Row:
    return _letter(number, received_on="2016-03-20", **known)


STEPS = (
    fires("先退回后接收", "received after it was sent back", {"t1": False},
          transfers=(_received(rejected_on="2016-03-10", reject_reason="用语不全"),)),
    fires("没有接收就有回执", "a receipt without a reception", {"t1": False},
          transfers=(_letter(receipt_on="2016-03-25"),)),
    fires("接收早于开具", "received before it was issued", {"t1": False},
          transfers=(_letter(received_on="2016-02-29"),)),
    fires("补开之后又接收旧信", "the old letter received after a new one was issued", {"t1": False},
          transfers=(_received(), _letter(2, issued_on="2016-03-15", replaces_no="2016-1"))),
    holds_back("开具、接收、编入支部、回执、归档", "issue, reception, branch, receipt, filing",
               transfers=(_received(assigned_on="2016-03-21", receipt_on="2016-03-25", filed_on="2016-04-01"),)),
    holds_back("只写月份，可以是同一天之后", "a month only: it may be later",
               transfers=(_letter(received_on="2016-03"),)),
    holds_back("遗失后补开，新信被接收", "lost, issued anew, the new one received",
               transfers=(_letter(lost_on="2016-03-05"),
                          _received(2, issued_on="2016-03-08", replaces_no="2016-1"))),
    holds_back("退回日期在核对之后", "sent back after the day of the check",
               transfers=(_received(rejected_on="2016-07-01"),)),
    lacks_data("没有日期的步骤", "steps without dates", transfers=(_letter(issued_on=None, remark="已作废"),)),
)  # fmt: skip

_WITH_RECEIPT = _received(2, receipt_on="2016-03-30", person_id="p2")

RECEIPT_OVERDUE = (
    fires("接收后一个月没有回执", "no receipt a month after the reception", {"t1": False},
          transfers=(_letter(received_on="2016-05-15"), _WITH_RECEIPT)),
    fires("回执晚了一天", "the receipt came a day late", {"t1": False},
          transfers=(_received(receipt_on="2016-04-21"),)),
    holds_back("满月当日寄回", "sent on the last day", transfers=(_received(receipt_on="2016-04-20"),)),
    holds_back("还在一个月内", "still within the month",
               transfers=(_letter(received_on="2016-05-16"), _WITH_RECEIPT)),
    fires("接收两个月没有回执", "no receipt two months after the reception", {"t1": False},
          transfers=(_letter(received_on="2016-04-15"), _WITH_RECEIPT)),
    holds_back("省内网上转接没有纸质回执", "an electronic transfer has no paper receipt",
               transfers=(_received(mode="electronic"), _WITH_RECEIPT)),
    lacks_data("登记簿从不记回执", "the register never records receipts", transfers=(_received(),)),
)  # fmt: skip

VALIDITY = (
    fires("有效期91天", "valid for 91 days", {"t1": False}, transfers=(_letter(valid_days="91"),)),
    fires("有效期0天", "valid for 0 days", {"t1": False}, transfers=(_letter(valid_days="0"),)),
    holds_back("最长90天", "90 days at most", transfers=(_letter(valid_days="90"),)),
    holds_back("1天", "one day", transfers=(_letter(valid_days="1"),)),
    lacks_data("没有写有效期", "no validity stated", transfers=(_letter(valid_days=None),)),
)  # fmt: skip

SAME_ORGANISATION = (
    fires("转出转入是同一支部", "one branch at both ends", {"t1": False},
          transfers=(_letter(from_org="龙楼镇红海村党支部", to_org="中共文昌市龙楼镇红海村支部委员会"),)),
    holds_back("不同镇的同名支部", "branches of one name in two townships",
               transfers=(_letter(from_org="龙楼镇红海村党支部", to_org="文城镇红海村党支部"),)),
    lacks_data("没有写转出方", "no sender", transfers=(_letter(from_org=None),)),
)  # fmt: skip

SEVERAL_OPEN = (
    fires("两份介绍信都未接收", "two letters, neither received", {"t1": False},
          transfers=(_letter(), _letter(2, issued_on="2016-05-01"))),
    holds_back("前一份已作废", "the earlier one was revoked",
               transfers=(_letter(voided_on="2016-04-30"), _letter(2, issued_on="2016-05-01"))),
    holds_back("同一份登记了两次", "one letter entered twice", transfers=(_letter(), {**_letter(), "unique_id": "t2"})),
    holds_back("后一份已接收", "the later one was received",
               transfers=(_letter(), _received(2, issued_on="2016-03-05"))),
    lacks_data("不知是谁的介绍信", "whose letters they are is not known",
               transfers=(_letter(person_id=None), _letter(2, person_id=None))),
)  # fmt: skip

REJECTED_WITHOUT_REASON = (
    fires("退回而没有原因", "sent back without a reason", {"t1": False},
        transfers=(_letter(rejected_on="2016-03-10"),)),
    holds_back("写明了原因", "the reason is written",
               transfers=(_letter(rejected_on="2016-03-10", reject_reason="去向单位名称不符"),)),
    holds_back("没有退回", "not sent back", transfers=(_received(),)),
    lacks_data("只在备注里提到退回", "only a remark tells of it", transfers=(_letter(remark="已退回"),)),
)  # fmt: skip

LATE_RECEPTION = (
    fires("有效期满后第二天接收", "received the day after", {"t1": False},
        transfers=(_letter(received_on="2016-04-01"),)),
    holds_back("有效期最后一天接收", "received on the last day", transfers=(_letter(received_on="2016-03-31"),)),
    holds_back("没有写有效期，按最长的算", "no validity stated: the longest",
               transfers=(_letter(received_on="2016-05-30", valid_days=None),)),
    lacks_data("没有开具日期", "no day of issue", transfers=(_received(issued_on=None),)),
)  # fmt: skip

DOUBLE_COUNTED = (
    fires("两个支部的名册都有此人", "on the rosters of two branches", {"p1": False},
          entries=(roster(id_no=MAN_1900), roster(id_no=MAN_1900, branch="文建市场党支部"))),
    holds_back("一行是流入登记", "one row registers an incoming floating member",
               entries=(roster(), roster(branch="文建市场党支部", remark="流入党员"))),
    holds_back("一行写明已转出", "one row says transferred out",
               entries=(roster(party_status="transferred_out"), roster(branch="文建市场党支部"))),
    lacks_data("名册没有写支部", "a roster that names no branch", entries=(roster(), roster(branch=None))),
)  # fmt: skip

_OTHER = roster("p9", name="韩三木")

UNCOUNTED = (
    fires("已接收，名册没有补登", "received, and not entered on the roster", {"t1": False},
          entries=(_OTHER,), transfers=(_received(from_org="海口市某街道党工委", to_org="红海村党支部"),)),
    fires("未接收，转出方已除去", "not received, and the sender has dropped him", {"t1": False},
          entries=(_OTHER,), transfers=(_letter(),)),
    fires("不知是谁，介绍信仍是线索", "nobody was found for it: the letter itself stands", {"t1": False},
          entries=(_OTHER,), transfers=(_letter(person_id=None),)),
    holds_back("未接收，仍在转出方名册", "not received, still on the sender's roster", entries=(_OTHER, roster()),
               transfers=(_letter(),)),
    holds_back("已被外地接收", "received outside", entries=(_OTHER,), transfers=(_received(),)),
    holds_back("已去世", "deceased since", entries=(_OTHER,), transfers=(_letter(),),
               status_events=({"person_id": "p1", "unique_id": "s1", "event": "deceased"},)),
    lacks_data("没有提供名册", "no roster was supplied", feeds=ALL_FEEDS - {FeedKind.MEMBER_ROSTER},
               transfers=(_letter(),)),
)  # fmt: skip

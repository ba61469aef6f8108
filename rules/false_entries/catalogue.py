"""F16, F18, F20-F23 and COMBINED: what does not strike by itself, with their words and examples."""

from __future__ import annotations

from data.model import EvidenceGrade
from rules.examples import anomalies as examples
from rules.false_entries import branches, clusters, collection, combined, working
from rules.rule import Rule, RuleLevel, Text

_A, _B, _C = EvidenceGrade.A, EvidenceGrade.B, EvidenceGrade.C
_CIRCULAR = "2016年龙楼核对办法；"

ANOMALY_RULES: tuple[Rule, ...] = (
    Rule(
        "F16", Text("不在所填单位从业", "not working there"), RuleLevel.ENTRY, _B,
        "市场主体人员登记；走访记录；年报从业人数", "RS-2006",
        Text("从业关系已经结束，或单位人数容不下名单上的人",
            "the employment is over, or the entity has too few employees"),
        Text("党员身份不受影响", "nothing about the membership"),
        Text("走访单位，核实现工作单位", "visit the employer, ask for the present workplace"), working.find,
        examples.NOT_WORKING_THERE,
    ),
    Rule(
        "F18", Text("疑似编造", "perhaps invented"), RuleLevel.ENTRY, _B, _CIRCULAR + "单项迹象C级，聚集为B级",
            "RS-2006",
        Text("同批登记有两种以上异常迹象", "several kinds of sign in one batch"),
        Text("不证明编造：代办、同住、双胞胎都会留下迹象",
            "no invention: agents, households and twins leave such signs too"),
        Text("逐人全面核对，请本人到场确认", "review each person, who confirms in person"), clusters.find,
        examples.FABRICATED,
    ),
    Rule(
        "F20", Text("违规入党", "irregular admission"), RuleLevel.ENTRY, _A, "纪检或组织部门的结论", "RS-2006",
        Text("有结论不予承认党员身份", "a decision does not recognise the membership"),
        Text("核查表上的勾选不是结论", "a tick in a check table is no decision"),
        Text("调阅结论文件", "read the decision"), collection.find_irregular, examples.IRREGULAR,
    ),
    Rule(
        "F21", Text("联系方式失效", "stale contact"), RuleLevel.ENTRY, _C, "本项目口径；民主评议每年一次", "RS-2006",
        Text("没有本人电话，一年以上没有确认", "no phone of his own, nothing confirmed for a year"),
        Text("不是虚假信息，也不是失联", "no false entry, and no lost member"),
        Text("由支部联系本人，补填电话", "the branch contacts the person and enters a phone"),
        collection.find_stale_contact, examples.STALE_CONTACT,
    ),
    Rule(
        "F22", Text("没有签字确认", "unsigned"), RuleLevel.ENTRY, _C, "《党员基本信息采集表》须本人、采集人、书记签字",
        "RS-2006",
        Text("采集手续不全", "the collection is incomplete"), Text("不证明信息不实", "not that anything is untrue"),
        Text("重新采集并请本人签字", "collect again, signed by the person"), collection.find_unsigned,
        examples.UNSIGNED,
    ),
    Rule(
        "F23", Text("党支部不存在", "no such branch"), RuleLevel.ENTRY, _B, "党组织名册", "RS-2006",
        Text("党组织名册没有该支部，或已撤销",
            "the list of organisations does not know the branch, or it was dissolved"),
        Text("不证明不是党员；外地支部不在此列", "nothing about the membership, nor about branches elsewhere"),
        Text("对应到现有支部", "map it to a present branch"), branches.find, examples.BRANCH_NONEXISTENT,
    ),
    Rule(
        "COMBINED", Text("独立证据相互印证", "independent evidence agrees"), RuleLevel.ENTRY, _A,
        _CIRCULAR + "B级证据需要另一项独立的证据", "RS-2006",
        Text("互不相干的两项B级证据同时成立", "two independent items of grade B hold at once"),
        Text("同一号码的两处矛盾只算一项；名册确认的人只更正",
            "two faults of one number are one item; a listed person is corrected"),
        Text("逐项核对后由复核人员决定", "a reviewer looks at each item and decides"), combined.find,
        examples.COMBINED,
    ),
)  # fmt: skip

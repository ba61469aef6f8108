"""TR1-TR9: the rules about letters of introduction, with their words and examples."""

from __future__ import annotations

from data.model import EvidenceGrade
from rules.examples import transfers as examples
from rules.rule import Rule, RuleLevel, Text
from rules.transfers import findings, formal

_B, _C = EvidenceGrade.B, EvidenceGrade.C
_FORM = "组通字〔2006〕45号：介绍信三联单及说明"
_COUNTING = "《中国共产党党员教育管理工作条例》第25条；党内统计以正式组织关系为依据"

TRANSFER_RULES: tuple[Rule, ...] = (
    Rule(
        "TR1", Text("转接步骤不合规", "a step that cannot be"), RuleLevel.LETTER, _B, _FORM + "；转接状态表", "RS-2006",
        Text("登记有误或手续不全", "an error of the register, or a step left out"),
        Text("不证明党员有过错", "no fault of the member"),
        Text("对照介绍信三联核实并更正登记", "compare the three parts of the letter and correct the register"),
        findings.find_steps, examples.STEPS,
    ),
    Rule(
        "TR2", Text("回执逾期", "receipt overdue"), RuleLevel.LETTER, _C, _FORM + "：一个月内寄回回执", "RS-2006",
        Text("登记的接收没有按期回执", "the register has a reception without its receipt"),
        Text("不证明没有接收", "not that nobody received the relation"),
        Text("向接收方催要回执", "ask the receiver for it"), findings.find_receipt_overdue, examples.RECEIPT_OVERDUE,
    ),
    Rule(
        "TR3", Text("有效期超出范围", "validity out of range"), RuleLevel.LETTER, _C,
        "组织关系介绍信有效期最长3个月（地方说明）", "RS-2006",
        Text("有效期写错，或超过最长期限", "a slip, or longer than a letter may be valid"),
        Text("不证明介绍信无效", "not that the letter is void"),
        Text("核对存根", "look at the stub"), findings.find_validity, examples.VALIDITY,
    ),
    Rule(
        "TR4", Text("转出转入同一党组织", "one organisation at both ends"), RuleLevel.LETTER, _B, _FORM, "RS-2006",
        Text("转出方或转入方写错", "one of the two is written wrongly"),
        Text("不证明没有转接", "not that there was no transfer"),
        Text("核对介绍信", "look at the letter"), findings.find_same_organisation, examples.SAME_ORGANISATION,
    ),
    Rule(
        "TR5", Text("多份介绍信未接收", "several letters wait"), RuleLevel.LETTER, _B, _FORM, "RS-2006",
        Text("一名党员有一份以上未了结的介绍信", "more than one letter of a member is not settled"),
        Text("不证明哪一份有效", "not which one holds"),
        Text("收回或作废其中一份", "withdraw one of them"), findings.find_several_open, examples.SEVERAL_OPEN,
    ),
    Rule(
        "TR6", Text("退回没有原因", "sent back without a reason"), RuleLevel.LETTER, _C,
        "《中国共产党党员教育管理工作条例》第25条：不得无故拒转拒接", "RS-2019",
        Text("接收方没有写明理由", "the receiver gave no reason"), Text("不证明没有理由", "not that there was none"),
        Text("请接收方书面说明", "ask the receiver for it in writing"), findings.find_rejected_without_reason,
        examples.REJECTED_WITHOUT_REASON,
    ),
    Rule(
        "TR7", Text("过期接收", "received after its validity"), RuleLevel.LETTER, _C,
        "党员组织关系管理的地方说明：过期的凭支部证明和本人申请接收", "RS-2006",
        Text("接收时介绍信已过期", "the letter had expired when it was received"),
        Text("不证明接收无效", "not that the reception is void"),
        Text("补存支部证明和本人申请", "file the branch's certificate and the member's application"),
        findings.find_late_reception, examples.LATE_RECEPTION,
    ),
    Rule(
        "TR8", Text("重复统计", "counted twice"), RuleLevel.MEMBER, _B, _COUNTING, "RS-2006",
        Text("两个以上支部统计同一党员", "several branches count one member"),
        Text("不证明正式组织关系在哪一处", "not where the formal relation is"),
        Text("双方核对，按最后一次接收确定一处", "both compare; the last reception tells"), formal.find_double_counted,
        examples.DOUBLE_COUNTED,
    ),
    Rule(
        "TR9", Text("漏统", "counted nowhere"), RuleLevel.LETTER, _B, _COUNTING, "RS-2006",
        Text("有介绍信而没有任何名册统计", "there is a letter, and no roster counts the member"),
        Text("不证明已不是党员", "not that the person is no member any more"),
        Text("已接收的由接收方补登，未接收的由转出方补登", "the receiver enters him, before a reception the sender"),
        formal.find_uncounted, examples.UNCOUNTED,
    ),
)  # fmt: skip

"""MS1-MS4: the rules about the state of a membership, with their words and examples."""

from __future__ import annotations

from data.model import EvidenceGrade
from rules.examples import membership as examples
from rules.membership import findings
from rules.rule import Rule, RuleLevel, Text

_B, _C = EvidenceGrade.B, EvidenceGrade.C
_ARTICLE = "《中国共产党党员教育管理工作条例》第24条"
_CHARTER = "《中国共产党章程》第七条"

MEMBERSHIP_RULES: tuple[Rule, ...] = (
    Rule(
        "MS1", Text("党籍变动次序不合规", "a decision that cannot follow"), RuleLevel.MEMBER, _B,
        f"{_CHARTER}；{_ARTICLE}；党籍状态表", "RS-2006",
        Text("变动登记有误，或缺少中间的决定", "an error of the register, or a decision is missing between"),
        Text("不证明哪一项有误", "not which entry is wrong"),
        Text("核对决定文件，更正或补登", "compare the documents, correct or complete the register"),
        findings.find_steps, examples.STEPS,
    ),
    Rule(
        "MS2", Text("转正间隔异常", "odd time before conversion"), RuleLevel.ENTRY, _C, _CHARTER, "RS-2006",
        Text("入党或转正日期写错，或预备期有特殊情况", "one date is wrong, or the probation was unusual"),
        Text("不证明没有转正；1969年4月至1977年8月没有预备期",
            "not that there was no conversion; 1969-1977 had no probation"),
        Text("核对入党志愿书", "look at the application"), findings.find_conversion_gap, examples.CONVERSION_GAP,
    ),
    Rule(
        "MS3", Text("预备期届满未决定", "probation over, nothing decided"), RuleLevel.ENTRY, _C, _CHARTER, "RS-2006",
        Text("预备期届满一年以上，登记中没有决定", "no decision on record a year after the probation"),
        Text("不证明支部没有讨论", "not that the branch has not discussed it"),
        Text("支部讨论，或补登已有的决定", "discuss it, or enter the decision"), findings.find_stale_probation,
        examples.STALE_PROBATION,
    ),
    Rule(
        "MS4", Text("停止党籍满两年", "suspended for two years"), RuleLevel.MEMBER, _C, _ARTICLE, "RS-2019",
        Text("停止党籍已满两年而没有后续决定", "two years, and no decision since"),
        Text("不证明仍然失联：找到的应当恢复", "not that the member is still lost: who was found is restored"),
        Text("再次查找；由支部和上级决定恢复或除名", "search again; the branch and its superior decide"),
        findings.find_long_suspension, examples.LONG_SUSPENSION,
    ),
)  # fmt: skip

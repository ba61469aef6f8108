"""Which rules are there? One explicit list; adding a rule is one entry here, its function and its examples."""

from __future__ import annotations

from data.model import EvidenceGrade, PrimaryClass
from rules import remark_hints
from rules import reports_of_entities as reports
from rules.classes.catalogue import CLASSES, DUTIES
from rules.examples import entries as entry_examples
from rules.examples import numbers as number_examples
from rules.examples import remarks as remark_examples
from rules.examples import reports as report_examples
from rules.false_entries import admission, dates, duplicates, employment, identity, numbers, status, transferred
from rules.false_entries.catalogue import ANOMALY_RULES
from rules.membership.catalogue import MEMBERSHIP_RULES
from rules.rule import Rule, RuleLevel, Text
from rules.transfers.catalogue import TRANSFER_RULES

_A, _B, _C = EvidenceGrade.A, EvidenceGrade.B, EvidenceGrade.C

_CIRCULAR = "2016年龙楼核对办法；"

_ENTRIES: tuple[Rule, ...] = (
    Rule(
        "F01", Text("不是党员", "never admitted"), RuleLevel.ENTRY, _A,
        _CIRCULAR + "党章关于党籍自支部大会通过之日起算的规定", "RS-2006",
        Text("组织答复或人员类别表明从未被接收入党", "the organisation's reply or the category says never admitted"),
        Text("不证明填报人造假", "not that somebody lied"),
        Text("由党组织书面确认", "the organisation confirms in writing"),
        admission.find_never_admitted, entry_examples.NEVER_ADMITTED,
    ),
    Rule(
        "F02", Text("不在所提供的名册", "on no supplied roster"), RuleLevel.ENTRY, _C,
        _CIRCULAR + "《不在花名册党员初审信息台账》", "RS-2006",
        Text("所提供的名册没有此人", "no supplied roster lists the person"),
        Text("不证明不是党员：名册按地方分存", "not that he is no member: rosters are partitioned"),
        Text("向原籍组织发协查函，不得自动剔除", "write to the home organisation; never remove"),
        admission.find_unlisted, entry_examples.UNLISTED,
    ),
    Rule(
        "F03", Text("重复登记", "duplicate"), RuleLevel.ENTRY, _A,
        _CIRCULAR + "党内统计以正式组织关系为依据", "RS-2006",
        Text("同一人登记两次", "one person entered twice"),
        Text("不证明哪一行是错的，除非有接收或登记日期", "not which row is wrong, without a date of reception"),
        Text("确认保留的一行", "confirm the surviving row"), duplicates.find, entry_examples.DUPLICATE,
    ),
    Rule(
        "F04", Text("已去世", "deceased"), RuleLevel.ENTRY, _A, _CIRCULAR + "死亡登记或组织记录", "RS-2006",
        Text("此人已去世", "the person has died"),
        Text("同名不同号码者不在此列", "nothing about a namesake with another number"),
        Text("核对死亡登记", "check the record"), status.find_deceased, entry_examples.DECEASED,
    ),
    Rule(
        "F05", Text("已出党（开除、除名）", "expelled or removed"), RuleLevel.ENTRY, _A,
        _CIRCULAR + "处分或除名决定及批准日期", "RS-2006",
        Text("已不是党员", "no longer a member"), Text("不排除此后重新入党", "not that he was never admitted again"),
        Text("确认此后未重新入党", "confirm that he was not admitted again"), status.find_removed,
        entry_examples.REMOVED,
    ),
    Rule(
        "F06", Text("取消预备党员资格", "probation cancelled"), RuleLevel.ENTRY, _A,
        _CIRCULAR + "党章第七条；支部决议及批准", "RS-2006",
        Text("已不是预备党员", "no longer on probation"),
        Text("不排除此后重新入党", "not that he was never admitted again"),
        Text("核对决议", "check the decision"), status.find_probation_cancelled, entry_examples.PROBATION_CANCELLED,
    ),
    Rule(
        "F07", Text("停止党籍", "suspended"), RuleLevel.ENTRY, _A, "《中国共产党党员教育管理工作条例》第24条",
        "RS-2006",
        Text("党籍停止，可以恢复", "the membership rests and can be restored"), Text("不是虚假信息", "no false entry"),
        Text("保留，状态改为停止党籍", "keep, change the state"), status.find_suspended, entry_examples.SUSPENDED,
    ),
    Rule(
        "F08", Text("组织关系已转出", "transferred out"), RuleLevel.ENTRY, _A,
        _CIRCULAR + "组通字〔2006〕45号：介绍信回执", "RS-2006",
        Text("别处已经接收", "another organisation has received the relation"),
        Text("介绍信开出而未接收不算转出", "an issued letter alone transfers nothing"),
        Text("核对回执或接收方名册", "check the receipt or the receiver's roster"), transferred.find,
        entry_examples.TRANSFERRED_OUT,
    ),
    Rule(
        "F09", Text("公民身份号码不可能", "impossible identity number"), RuleLevel.ENTRY, _B, "GB 11643-1999",
        "RS-2006",
        Text("号码写错或编造", "a slip or an invention"),
        Text("校验通过不证明是本人", "a passing check digit proves no identity"),
        Text("核对身份证", "look at the card"), numbers.find_impossible, number_examples.IMPOSSIBLE,
    ),
    Rule(
        "F10", Text("号码被电子表格损坏", "number damaged by a spreadsheet"), RuleLevel.ENTRY, _C, "本项目口径",
        "RS-2006",
        Text("单元格是数值，后几位不可恢复", "a numeric cell: the last digits are gone"),
        Text("不证明号码错误", "not that the number was wrong"),
        Text("重新录入", "enter it again"), numbers.find_damaged, number_examples.DAMAGED,
    ),
    Rule(
        "F11", Text("冒用他人号码", "another person's number"), RuleLevel.ENTRY, _A, _CIRCULAR + "名册登记", "RS-2006",
        Text("号码属于另一人", "the number is somebody else's"), Text("更名者不在此列", "nothing about a changed name"),
        Text("请公安机关核对", "ask the police"), identity.find_impersonated, number_examples.IMPERSONATED,
    ),
    Rule(
        "F12", Text("性别、出生日期与号码矛盾", "sex or birth contradict the number"), RuleLevel.ENTRY, _B,
        "GB 11643-1999", "RS-2006",
        Text("至少一项写错", "at least one of them is wrong"), Text("不证明哪一项", "not which one"),
        Text("更正，或转为 F11", "correct it, or F11"), numbers.find_mismatch, number_examples.MISMATCH,
    ),
    Rule(
        "F13", Text("同名的另一人", "a namesake"), RuleLevel.ENTRY, _A, _CIRCULAR + "双方号码有效且不同", "RS-2006",
        Text("名册上的党员不是填报的人", "the member on the roster is not the person claimed"),
        Text("不证明填报的人不是别处的党员", "not that he is no member elsewhere"),
        Text("解除对应，必要时协查", "unlink; ask elsewhere if need be"), identity.find_namesake,
        number_examples.NAMESAKE,
    ),
    Rule(
        "F14", Text("工作单位不存在", "employer not registered"), RuleLevel.ENTRY, _B, "市场主体登记", "RS-2006",
        Text("登记中没有该单位", "the register does not know the employer"),
        Text("不证明不是党员", "not that he is no member"),
        Text("询问本人", "ask the person"), employment.find_unregistered, number_examples.UNREGISTERED,
    ),
    Rule(
        "F15", Text("工作单位已注销", "employer closed"), RuleLevel.ENTRY, _B, "市场主体登记状态和日期", "RS-2006",
        Text("从业关系已经结束", "the employment is over"), Text("党员身份不受影响", "nothing about the membership"),
        Text("核实新的工作单位", "find the new workplace"), employment.find_closed, number_examples.CLOSED,
    ),
    Rule(
        "F17", Text("不属于“小个专”", "out of scope"), RuleLevel.ENTRY, _A, "“小个专”范围；组织类别与主体类型",
        "RS-2006",
        Text("属于公有单位的台账", "belongs to the ledger of a public unit"),
        Text("不证明不是党员", "not that he is no member"),
        Text("移交所属台账", "hand over to that ledger"), employment.find_out_of_scope, number_examples.OUT_OF_SCOPE,
    ),
    Rule(
        "F19", Text("入党日期不可能", "impossible dates of admission"), RuleLevel.ENTRY, _B, "党章第一条；发展党员程序",
        "RS-2006",
        Text("至少一个日期写错", "at least one date is wrong"),
        Text("不证明没有入党", "not that he was never admitted"),
        Text("核对入党志愿书", "check the application"), dates.find, number_examples.IMPOSSIBLE_DATES,
    ),
    Rule(
        "REMARK", Text("备注提示", "hint in a remark"), RuleLevel.ENTRY, _B, "本项目口径；备注常写有实情", "RS-2006",
        Text("填表人知道此人外出、联系不上或介绍信未落实",
            "whoever wrote it knows of an absence, lost contact or a letter not handed in"),
        Text("不证明流动、失联或口袋：类别须有日期、查找记录或介绍信",
            "no class: those need dates, searches or letters"),
        Text("按提示核实，补填相应的列或登记", "look into it and fill in the column or feed meant for it"),
        remark_hints.find, remark_examples.REMARK,
    ),
)  # fmt: skip

_REPORTED = "企业信息公示暂行条例第8条；年报党建信息（不公示信息）"

_ENTITIES: tuple[Rule, ...] = (
    Rule(
        "AR9", Text("党组织早于市场主体", "party organisation older than the entity"), RuleLevel.ENTITY, _C, _REPORTED,
        "RS-2006",
        Text("年报的组建时间与登记的成立日期至少一项写错，或主体由改制而来",
            "the report's or the register's date is wrong, or the entity was converted"),
        Text("不证明没有党组织", "not that there is no party organisation"),
        Text("核对年报，或登记的变更记录", "check the report, or the changes on the register"),
        reports.find_set_up_too_early, report_examples.SET_UP_TOO_EARLY,
    ),
    Rule(
        "AR10", Text("年报党员多于名册", "more members reported than on rosters"), RuleLevel.ENTITY, _C, _REPORTED,
        "RS-2006",
        Text("名册不全，或年报过时", "the rosters are incomplete or the report is out of date"),
        Text("不证明有未登记的党员：年报自行填报，截至去年年底；年报少于名册的由所在支部单独处理，不列于此",
            "no unknown member: reports are self-declared, of last December; fewer than listed is a private matter"),
        Text("请填报单位和所在支部核对", "ask the entity and its branch"),
        reports.find_gap, report_examples.GAP,
    ),
    Rule(
        "AR11", Text("年报有党员而名册无人", "members reported, none on any roster"), RuleLevel.ENTITY, _C, _REPORTED,
        "RS-2006",
        Text("该主体值得走访：企业登记找、年报工作找", "the entity is worth a visit"),
        Text("不证明任何人是党员：年报不能推断党员身份", "nothing about anybody: a report never makes a member"),
        Text("走访主体，由本人向组织说明", "visit; the person tells the organisation"),
        reports.find_lead, report_examples.LEAD,
    ),
    Rule(
        "AR12", Text("年报称负责人是党员", "representative reported as a member"), RuleLevel.ENTITY, _C, _REPORTED,
        "RS-2006",
        Text("该主体值得走访：企业登记找、年报工作找", "the entity is worth a visit"),
        Text("不证明任何人是党员：年报不能推断党员身份", "nothing about anybody: a report never makes a member"),
        Text("走访主体，由本人向组织说明", "visit; the person tells the organisation"),
        reports.find_representative, report_examples.REPRESENTATIVE,
    ),
    Rule(
        "AR10P", Text("年报党员少于名册", "fewer members reported than on rosters"), RuleLevel.MEMBER, None, _REPORTED,
        "RS-2006",
        Text("所在单位没有把名册上的党员全部填报", "the entity does not count all members whom the rosters know there"),
        Text("不证明哪一名未亮明身份；不亮明身份不是错误", "not which of them; not disclosing is no misconduct"),
        Text("仅由本人所在支部单独联系，不公开，不告知单位",
            "a private contact by the own branch; never public, never told to the employer"),
        reports.find_unreported, report_examples.UNREPORTED, is_published=False,
    ),
)  # fmt: skip

#: Every rule; their order is irrelevant.
RULES: tuple[Rule, ...] = CLASSES + DUTIES + _ENTRIES + ANOMALY_RULES + _ENTITIES + TRANSFER_RULES + MEMBERSHIP_RULES

#: The rule that decides each class; `unknown` is what is left.
CLASS_RULES: dict[PrimaryClass, str] = {
    PrimaryClass.LOST: "LOST",
    PrimaryClass.POCKET: "POCKET",
    PrimaryClass.FLOATING: "FLOATING",
    PrimaryClass.HIDDEN: "HIDDEN",
    PrimaryClass.NORMAL: "NORMAL",
}

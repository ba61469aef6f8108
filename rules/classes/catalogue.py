"""The rules of the five classes, and of the duties beside them: found again, transfer due, abroad, at the school."""

from __future__ import annotations

from data.model import EvidenceGrade
from rules.classes import abroad, floating, found, hidden, lost, normal, pocket, retention
from rules.examples import classes as class_examples
from rules.examples import duties as duty_examples
from rules.rule import Rule, RuleLevel, Text

#: The rule of each class; a class proves nothing and so has no grade.
CLASSES: tuple[Rule, ...] = (
    Rule(
        "LOST", Text("失联党员", "lost member"), RuleLevel.MEMBER, None,
        "2016年党员组织关系集中排查表；《中国共产党党员教育管理工作条例》第24条", "RS-2016",
        Text("6个月以上没有组织生活和党费记录，且多种方式查找未果",
            "six months without organisation life or dues, and a search that failed"),
        Text("不证明自行脱党；没有数据不等于失联", "not that the member has left; missing data are no loss of contact"),
        Text("支部确认查找经过；停止党籍须由支部或上级决定",
            "the branch confirms the search; a suspension is its or the superior's decision"),
        lost.find, class_examples.LOST,
    ),
    Rule(
        "POCKET", Text("口袋党员", "pocket member"), RuleLevel.MEMBER, None,
        "2016年集中排查通知的排查对象；组通字〔2006〕45号（无正式定义，本项目口径）", "RS-2006",
        Text("介绍信已开出，过期或在本人手中，无人接收",
            "a letter was issued, has expired or is in hand, and nobody received it"),
        Text("不证明本人有过错；接收前仍由转出方管理",
            "no fault of the member; until reception the sender remains responsible"),
        Text("联系转出、转入双方，落实接收或重新开具", "ask both organisations; see to the reception or a new letter"),
        pocket.find, class_examples.POCKET,
    ),
    Rule(
        "FLOATING", Text("流动党员", "floating member"), RuleLevel.MEMBER, None,
        "中办发〔2006〕21号；《中国共产党党员教育管理工作条例》第25、32条", "RS-2006",
        Text("离开正式组织关系所在地6个月以上，组织关系未转",
            "away from the formal organisation for six months, relation not transferred"),
        Text("不证明脱离组织；在流入地参加组织生活同样有效",
            "not that the member is out of touch; organisation life at the other end counts"),
        Text("明确专人联系；地点固定的应当转移组织关系",
            "name a contact person; with a fixed place the relation should be transferred"),
        floating.find, class_examples.FLOATING,
    ),
    Rule(
        "HIDDEN", Text("隐形党员", "hidden member"), RuleLevel.MEMBER, None,
        "年报党建信息（不公示信息）；本项目口径（无正式定义）", "RS-2006",
        Text("名册已确认的党员，其单位年报填报没有党员",
            "a member confirmed by a roster works where the report counts none"),
        Text("不亮明身份不是错误；年报不能推断任何人是党员",
            "not disclosing is no misconduct; a report never makes anybody a member"),
        Text("仅由本人所在支部单独联系，不公开，不告知单位",
            "a private contact by the own branch; never public, never told to the employer"),
        hidden.find, class_examples.HIDDEN, is_published=False,
    ),
    Rule(
        "NORMAL", Text("正常过组织生活", "regular organisation life"), RuleLevel.MEMBER, None,
        "2016年文昌报告：至少每半年过一次组织生活", "RS-2006",
        Text("半年内参加过组织生活或交纳过党费", "took part or paid dues within the half-year"),
        Text("不证明组织关系在本地", "not that the formal relation is here"),
        Text("无需处理", "none"),
        normal.find, class_examples.NORMAL, is_published=False,
    ),
)  # fmt: skip

_REGULATION = "《中国共产党党员教育管理工作条例》"

#: What follows from where a member is, beside the class.
DUTIES: tuple[Rule, ...] = (
    Rule(
        "FOUND_AGAIN", Text("失联后找回", "found again"), RuleLevel.MEMBER, EvidenceGrade.C,
        "2016年党员组织关系集中排查表：经查找取得联系党员", "RS-2016",
        Text("6个月以上没有组织生活和党费记录，查找中已联系上",
             "six months without organisation life or dues, then reached by a search"),
        Text("不证明本人有过错；客观原因的恢复正常管理", "no fault of the member; with a good cause all is as before"),
        Text("支部核实原因：恢复管理、限期改正或除名", "the branch looks into the cause and decides"),
        found.find, duty_examples.FOUND_AGAIN,
    ),
    Rule(
        "TRANSFER_DUE", Text("应转未转组织关系", "transfer due"), RuleLevel.MEMBER, EvidenceGrade.C,
        _REGULATION + "第25条：外出6个月以上且地点相对固定的应当转移组织关系", "RS-2019",
        Text("流动党员在外地固定从业6个月以上", "a floating member has worked in one place elsewhere for six months"),
        Text("不证明本人拒绝转移", "not that the member refuses"),
        Text("与流入地党组织联系，办理转移", "arrange the transfer with the organisation there"),
        floating.find_transfer_due, duty_examples.TRANSFER_DUE,
    ),
    Rule(
        "ABROAD_CONTACT_OVERDUE", Text("出国(境)党员联系逾期", "contact abroad overdue"), RuleLevel.MEMBER,
        EvidenceGrade.C, _REGULATION + "第34条：每半年至少联系一次", "RS-2019",
        Text("出国(境)学习的党员半年没有联系记录", "a member studying abroad without a contact for half a year"),
        Text("不证明失联：没有查找记录", "no loss of contact: nobody has searched"),
        Text("原所在党组织联系本人并登记", "the home organisation makes contact and records it"),
        abroad.find_contact_overdue, duty_examples.ABROAD_CONTACT,
    ),
    Rule(
        "ABROAD_LONG", Text("出国(境)定居或学习超过五年", "settled or studying abroad for long"), RuleLevel.MEMBER,
        EvidenceGrade.C, _REGULATION + "第24条", "RS-2019",
        Text("名册写明定居国外，或学习超过五年未归", "the roster says settled abroad, or studying for over five years"),
        Text("不是停止党籍：须由支部或上级决定", "no suspension: the branch or its superior decides"),
        Text("核实去向，由支部或上级研究", "verify, then the branch or its superior decides"),
        abroad.find_long_stay, duty_examples.ABROAD_LONG,
    ),
    Rule(
        "SCHOOL_RETENTION_OVER_2Y", Text("毕业生组织关系留校超过两年", "kept at the school for over two years"),
        RuleLevel.MEMBER, EvidenceGrade.C, _REGULATION + "第34条：一般不超过2年", "RS-2019",
        Text("名册注明已毕业两年以上，组织关系仍在学校", "graduated over two years ago, the relation is still there"),
        Text("“一般”：有正当理由的可以保留", "normally: there may be a good reason"),
        Text("联系本人转出，或说明原因", "ask the graduate to transfer, or note the reason"),
        retention.find, duty_examples.SCHOOL_RETENTION,
    ),
)  # fmt: skip

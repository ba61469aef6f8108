"""What can be wrong with a row or a file for its rows: E4 rejects the row or stops the file; W4 is told, for cells of
one row that contradict each other (AR1-AR9: quality rules of annual reports, domain rules §4.4)."""

from __future__ import annotations

from data.contracts.reason import Reason

MISSING_VALUE = Reason(
    "E401_MISSING_VALUE",
    "“{title}”为空或读不懂，此行不能使用",
    "“{title}” is empty or cannot be read, so the row cannot be used",
    "请补填此格；不是数据的行请删去",
    "Fill in the cell, or delete the row if it is no data.",
)
TOO_MANY_REJECTED = Reason(
    "E402_TOO_MANY_REJECTED",
    "{n_rows} 行中有 {n_rejected} 行不能使用，超过一半，文件多半选错或列错位；首要原因：{first}",
    "{n_rejected} of {n_rows} rows cannot be used; probably the wrong file or shifted columns; first reason: {first}",
    "请核对文件、来源种类和列的位置，改正后重新提供",
    "Check the file, the kind of source and the places of the columns, and deliver it again.",
)

AR_NO_EMPLOYEES = Reason(
    "W401_AR_NO_EMPLOYEES",
    "“{title}”应是不小于 1 的整数（AR1）",
    "“{title}” should be a whole number of at least 1 (AR1)",
    "请核对年报；经营者本人也计入从业人数",
    "Check the report; the operator counts as well.",
)
AR_MEMBERS_ABOVE_EMPLOYEES = Reason(
    "W402_AR_MEMBERS_ABOVE_EMPLOYEES",
    "“{title}”大于从业人数（AR2）",
    "“{title}” exceeds the number of employees (AR2)",
    "请核对两个人数",
    "Check both numbers.",
)
AR_GROUPS_ABOVE_EMPLOYEES = Reason(
    "W403_AR_GROUPS_ABOVE_EMPLOYEES",
    "“{title}”应大于高校毕业生、退役士兵、残疾人、再就业四类雇员之和（AR3）",
    "“{title}” should exceed graduates, veterans, disabled and re-employed together (AR3)",
    "请核对从业人数和四类人数",
    "Check the number of employees and the four groups.",
)
AR_SECRETARY_NO_MEMBER = Reason(
    "W404_AR_SECRETARY_NO_MEMBER",
    "“{title}”填是，同一行却填不是党员（AR4）",
    "“{title}” says yes, the same row says that the person is no member (AR4)",
    "请核对两项",
    "Check both answers.",
)
AR_BLOCK_WITHOUT_BODY = Reason(
    "W405_AR_BLOCK_WITHOUT_BODY",
    "没有党组织，却填了“{title}”（AR5）",
    "there is no party organisation, yet “{title}” is filled in (AR5)",
    "请核对党组织建制，或清空此格",
    "Check the kind of organisation, or clear the cell.",
)
AR_MEMBER_NOT_COUNTED = Reason(
    "W406_AR_MEMBER_NOT_COUNTED",
    "法定代表人（经营者）是党员，“{title}”却为 0（AR6）",
    "the representative is a member, yet “{title}” is 0 (AR6)",
    "请核对党员人数，应含本人",
    "Check the number; it includes the representative.",
)
AR_BODY_TOO_FEW = Reason(
    "W407_AR_BODY_TOO_FEW",
    "单独组建了党组织，“{title}”却不足 3 人（AR7）",
    "the organisation was formed alone, yet “{title}” is below 3 (AR7)",
    "正式党员不足 3 人不能单独组建，请核对；组织关系可能不在本单位",
    "Three full members are needed; check, their relation may be elsewhere.",
)
AR_BODY_UNUSUAL = Reason(
    "W408_AR_BODY_UNUSUAL",
    "党总支一般应有 50 名以上、党委一般应有 100 名以上党员，“{title}”不足（AR8）",
    "a general branch is expected to have 50 members, a committee 100; “{title}” is below (AR8)",
    "请核对；确因工作需要经批准成立的，不必改",
    "Check; nothing to do where it was approved for the needs of the work.",
)
AR_BODY_AFTER_REPORT = Reason(
    "W409_AR_BODY_AFTER_REPORT",
    "“{title}”晚于年报的填报日期（AR9）",
    "“{title}” is later than the day the report was filed (AR9)",
    "请核对两个日期",
    "Check both dates.",
)
SEX_AGAINST_ID = Reason(
    "W410_SEX_AGAINST_ID",
    "“{title}”与公民身份号码第 17 位不符",
    "“{title}” contradicts digit 17 of the identity number",
    "请核对身份证；此行照收",
    "Compare with the card; the row is kept.",
)
BIRTH_AGAINST_ID = Reason(
    "W411_BIRTH_AGAINST_ID",
    "“{title}”与公民身份号码里的出生日期不符",
    "“{title}” contradicts the birth in the identity number",
    "请核对身份证；此行照收",
    "Compare with the card; the row is kept.",
)
FULL_BEFORE_JOIN = Reason(
    "W412_FULL_BEFORE_JOIN",
    "“{title}”早于入党日期",
    "“{title}” is earlier than the admission",
    "请核对入党志愿书",
    "Compare with the application for admission.",
)
JOIN_BEFORE_ADULT = Reason(
    "W413_JOIN_BEFORE_ADULT",
    "按“{title}”，入党时未满 18 周岁",
    "by “{title}” the person was admitted before the age of 18",
    "请核对出生日期和入党志愿书",
    "Compare the birth and the application for admission.",
)
DATE_IN_FUTURE = Reason(
    "W414_DATE_IN_FUTURE",
    "“{title}”还没有到",
    "“{title}” is still to come",
    "请核对日期",
    "Check the date.",
)
LOST_DATE_WITHOUT_LOST = Reason(
    "W415_LOST_DATE_WITHOUT_LOST",
    "填了“{title}”，却没有填是失联党员",
    "“{title}” is filled in, but the row does not say that the member is out of touch",
    "请核对是否失联：仍失联的补填“是”，已联系上的清空日期",
    "Say whether the member is out of touch, or clear the date.",
)
DATES_REVERSED = Reason(
    "W416_DATES_REVERSED",
    "“{title}”早于同一行里本应在它之前的日期",
    "“{title}” is earlier than the date of the same row that should come before it",
    "请核对两个日期",
    "Check both dates.",
)
VALIDITY_OUT_OF_RANGE = Reason(
    "W417_VALIDITY_OUT_OF_RANGE",
    "“{title}”不在 1 至 90 天之内",
    "“{title}” is not between 1 and 90 days",
    "请核对介绍信",
    "Compare with the letter.",
)
RECEIPT_OVERDUE = Reason(
    "W418_RECEIPT_OVERDUE",
    "“{title}”距接收已超过 1 个月",
    "“{title}” is more than a month after the reception",
    "请核对日期；确实迟到的，不必改",
    "Check the date; nothing to do where it was late indeed.",
)
SAME_ORGANIZATION = Reason(
    "W419_SAME_ORGANIZATION",
    "“{title}”与转出党组织相同",
    "“{title}” is the organisation that the letter comes from",
    "请核对介绍信",
    "Compare with the letter.",
)

LEAD_WITHOUT_CONSENT = Reason(
    "W420_LEAD_WITHOUT_CONSENT",
    "党员互动找的线索须本人先同意，“{title}”没有填是",
    "who is referred by a member consents first; “{title}” does not say so",
    "请补填；本人不同意的，请撤回这条线索",
    "Fill it in; withdraw the lead of somebody who does not consent.",
)

#: In the order of their codes.
REASONS = (
    MISSING_VALUE,
    TOO_MANY_REJECTED,
    AR_NO_EMPLOYEES,
    AR_MEMBERS_ABOVE_EMPLOYEES,
    AR_GROUPS_ABOVE_EMPLOYEES,
    AR_SECRETARY_NO_MEMBER,
    AR_BLOCK_WITHOUT_BODY,
    AR_MEMBER_NOT_COUNTED,
    AR_BODY_TOO_FEW,
    AR_BODY_UNUSUAL,
    AR_BODY_AFTER_REPORT,
    SEX_AGAINST_ID,
    BIRTH_AGAINST_ID,
    FULL_BEFORE_JOIN,
    JOIN_BEFORE_ADULT,
    DATE_IN_FUTURE,
    LOST_DATE_WITHOUT_LOST,
    DATES_REVERSED,
    VALIDITY_OUT_OF_RANGE,
    RECEIPT_OVERDUE,
    SAME_ORGANIZATION,
    LEAD_WITHOUT_CONSENT,
)

"""What can be wrong with a cell: W3 is told with its place; the row is kept."""

from __future__ import annotations

from data.contracts.reason import Reason

ID_PRECISION_LOSS = Reason(
    "W301_ID_PRECISION_LOSS",
    "“{title}”被存成数字，末几位已丢失，不能当号码使用",
    "“{title}” was stored as a number: its last digits are lost and it cannot serve as a number",
    "请在原系统按文本重新导出",
    "Export it again as text from the original system.",
)
ID_INVALID = Reason(
    "W302_ID_INVALID",
    "“{title}”的位数、字符、日期或校验码不对",
    "“{title}” fails in length, characters, date or check digit",
    "请核对身份证；此行照收",
    "Compare with the card; the row is kept.",
)
NUMBER_INVALID = Reason(
    "W303_NUMBER_INVALID",
    "“{title}”的位数或校验码不对",
    "“{title}” fails in length or check digit",
    "请核对营业执照；此行照收",
    "Compare with the business licence; the row is kept.",
)
DATE_UNREADABLE = Reason(
    "W304_DATE_UNREADABLE",
    "“{title}”不是读得懂的日期",
    "“{title}” is not a date that can be read",
    "请写成 1998-07-01、1998-07 或 1998",
    "Write 1998-07-01, 1998-07 or 1998.",
)
DATE_AMBIGUOUS = Reason(
    "W305_DATE_AMBIGUOUS",
    "“{title}”被存成数字，1 月与 10 月分不清，只取年份",
    "“{title}” was stored as a number: January or October is unclear, only the year is kept",
    "请按文本写明年月",
    "Write year and month as text.",
)
PHONE_UNREADABLE = Reason(
    "W306_PHONE_UNREADABLE",
    "“{title}”里没有可用的号码",
    "“{title}” holds no usable number",
    "请核对号码",
    "Check the number.",
)
CODE_UNKNOWN = Reason(
    "W307_CODE_UNKNOWN",
    "“{title}”的写法不在代码表里，按空白处理",
    "“{title}” is not in the code table and counts as blank",
    "请用代码表里的写法：{allowed}",
    "Use one of: {allowed}.",
)
VALUE_UNREADABLE = Reason(
    "W308_VALUE_UNREADABLE",
    "“{title}”读不懂，按空白处理",
    "“{title}” cannot be read and counts as blank",
    "请核对此格",
    "Check the cell.",
)
NAME_UNUSUAL = Reason(
    "W309_NAME_UNUSUAL",
    "“{title}”含数字、括号、*、“某”或称呼",
    "“{title}” holds digits, brackets, *, 某 or a form of address",
    "请写全姓名",
    "Write the full name.",
)
NAME_NOTE = Reason(
    "W310_NAME_NOTE",
    "“{title}”里夹有注记或编号，已与姓名分开；有备注列的并入备注",
    "“{title}” holds a note or a running number: it was split off and added to the remark where there is one",
    "请把注记写在备注列",
    "Write notes into the remark.",
)
LANDLINE = Reason(
    "W311_LANDLINE",
    "“{title}”里只有固定电话；有固定电话列且为空的，已移到那里",
    "“{title}” holds a landline only; where there is an empty column for landlines it was moved there",
    "请补填手机号码",
    "Add the mobile number.",
)
DATE_LUNAR = Reason(
    "W312_DATE_LUNAR",
    "“{title}”写的是农历，只取年份",
    "“{title}” is of the lunar calendar: only the year is kept",
    "请写公历日期",
    "Write the date of the solar calendar.",
)

#: In the order of their codes.
REASONS = (
    ID_PRECISION_LOSS,
    ID_INVALID,
    NUMBER_INVALID,
    DATE_UNREADABLE,
    DATE_AMBIGUOUS,
    PHONE_UNREADABLE,
    CODE_UNKNOWN,
    VALUE_UNREADABLE,
    NAME_UNUSUAL,
    NAME_NOTE,
    LANDLINE,
    DATE_LUNAR,
)

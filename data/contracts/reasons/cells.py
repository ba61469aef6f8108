"""What can be wrong with a cell: W3 is told with its place; the row is kept."""

from __future__ import annotations

from data.contracts.reason import Reason

ID_PRECISION_LOSS = Reason(
    "W301_ID_PRECISION_LOSS",
    "“{title}”被存成了数字，末几位已丢失，改回文本也找不回来",
    "“{title}” was stored as a number: its last digits are lost, and turning it into text does not bring them back",
    "请先把整列设为“文本”格式，再照身份证补填，或在原系统按文本重新导出",
    "Set the column to text first, then fill it in from the card or export it again as text from the original system.",
)
ID_INVALID = Reason(
    "W302_ID_INVALID",
    "“{title}”的位数、字符、日期或校验码不对",
    "“{title}” fails in length, characters, date or check digit",
    "请对照身份证改正；号码无误的不必改，此行照收",
    "Correct it from the card; nothing to do if it is right: the row is kept.",
)
NUMBER_INVALID = Reason(
    "W303_NUMBER_INVALID",
    "“{title}”的位数或校验码不对",
    "“{title}” fails in length or check digit",
    "请对照营业执照改正；号码无误的不必改，此行照收",
    "Correct it from the business licence; nothing to do if it is right: the row is kept.",
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
    "“{title}”被存成数字，可能是 1 月，也可能是 10 月，只取年份",
    "“{title}” was stored as a number: it may be January or October, only the year is kept",
    "请把此格设为文本，写成 1985-01 或 1985-10",
    "Make the cell text and write 1985-01 or 1985-10.",
)
PHONE_UNREADABLE = Reason(
    "W306_PHONE_UNREADABLE",
    "“{title}”里没有可用的号码",
    "“{title}” holds no usable number",
    "请填 11 位手机号码，或带区号的固定电话；没有电话的请留空",
    "Write a mobile number of 11 digits or a landline with its area code; leave it blank if there is none.",
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
    "请改成此列规定的写法，没有的请留空",
    "Write it as this column asks for; leave it blank if there is none.",
)
NAME_UNUSUAL = Reason(
    "W309_NAME_UNUSUAL",
    "“{title}”含数字、括号、*、“某”或称呼",
    "“{title}” holds digits, brackets, *, 某 or a form of address",
    "请只写姓名，并且写全",
    "Write the full name and nothing else.",
)
NAME_NOTE = Reason(
    "W310_NAME_NOTE",
    "“{title}”里夹有注记或编号，已与姓名分开；有备注列的并入备注",
    "“{title}” holds a note or a running number: it was split off and added to the remark where there is one",
    "请把注记写在备注列",
    "Write notes into the remark.",
    is_note=True,
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

DATE_IMPOSSIBLE_DAY = Reason(
    "W313_DATE_IMPOSSIBLE_DAY",
    "“{title}”的那个月没有这一天，只取年月",
    "the month of “{title}” has no such day: only year and month are kept",
    "请核对日期",
    "Check the date.",
)
DATE_RANGE = Reason(
    "W314_DATE_RANGE",
    "“{title}”写的是一段时间，取起始日期",
    "“{title}” is a period: its start is kept",
    "请只写一个日期",
    "Write one date.",
)
DATE_DAY_OR_MONTH = Reason(
    "W315_DATE_DAY_OR_MONTH",
    "“{title}”的年份写在最后，日与月分不清，只取年份",
    "“{title}” has its year last: day and month cannot be told apart, only the year is kept",
    "请写成 1998-07-01",
    "Write 1998-07-01.",
)
ID_DIGIT_DROPPED = Reason(
    "W316_ID_DIGIT_DROPPED",
    "“{title}”少了一两位",
    "“{title}” lacks a digit or two",
    "请对照身份证补全；此行照收",
    "Complete it from the card; the row is kept.",
)
ID_ONE_LETTER = Reason(
    "W317_ID_ONE_LETTER",
    "“{title}”里有一个字母像是数字写错的（O 与 0、l 与 1、B 与 8 等），改它就与校验、出生日期和性别相符；没有自动改",
    "one letter of “{title}” looks like a digit (O for 0, l for 1, B for 8): with it check digit, birth and sex agree; "
    "it was not changed",
    "请对照身份证，确认后改正",
    "Compare with the card and correct it.",
)
ID_NOTE = Reason(
    "W318_ID_NOTE",
    "“{title}”里除号码外还有文字，已与号码分开；有备注列的并入备注",
    "“{title}” holds words beside the number: they were split off and added to the remark where there is one",
    "请把注记写在备注列",
    "Write notes into the remark.",
    is_note=True,
)
ID_AREA_ERA = Reason(
    "W320_ID_AREA_ERA",
    "“{title}”的前六位在出生时早已停用",
    "the first six digits of “{title}” had long been abolished at birth",
    "请对照身份证；此行照收",
    "Compare with the card; the row is kept.",
)
ORG_CODE = Reason(
    "W321_ORG_CODE",
    "“{title}”第 9 至 17 位不是有效的组织机构代码",
    "characters 9 to 17 of “{title}” are no valid organisation code",
    "请核对营业执照；此行照收",
    "Compare with the business licence; the row is kept.",
)
CODE_LETTERS = Reason(
    "W319_CODE_LETTERS",
    "“{title}”含有统一社会信用代码不用的字母 I、O、Z、S、V",
    "“{title}” holds a letter that credit codes never use: I, O, Z, S, V",
    "请核对营业执照：多半是 1、0、2、5、U",
    "Compare with the licence: probably 1, 0, 2, 5, U.",
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
    DATE_IMPOSSIBLE_DAY,
    DATE_RANGE,
    DATE_DAY_OR_MONTH,
    ID_DIGIT_DROPPED,
    ID_ONE_LETTER,
    ID_NOTE,
    CODE_LETTERS,
    ID_AREA_ERA,
    ORG_CODE,
)

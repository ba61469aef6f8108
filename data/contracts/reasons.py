"""Why was a file, a header, a cell or a row refused or remarked on? One catalogue of codes, texts and remedies.

E1 file, E2 header, E4 row: refused. W1 file, W2 header, W3 cell: accepted, but somebody should know; no cell alone
refuses anything. Texts may name file, sheet, column and row; never the value of a cell. docs/generated/messages.md
shows the catalogue.
"""

from __future__ import annotations

from data.contracts.reason import Reason

NO_FILE = Reason(
    "E101_NO_FILE",
    "没有找到文件",
    "no such file",
    "请检查路径，或 sources.toml 的 location",
    "Check the path, or `location` in sources.toml.",
)
UNREADABLE = Reason(
    "E102_UNREADABLE",
    "文件打不开（{why}）",
    "the file cannot be opened ({why})",
    "请检查权限，或重新拷贝文件",
    "Check its permissions or copy it again.",
)
EMPTY_FILE = Reason(
    "E103_EMPTY_FILE",
    "文件或工作表是空的",
    "the file or sheet is empty",
    "请确认导出是否完成，再重新提供",
    "Check that the export finished and deliver it again.",
)
CORRUPT_WORKBOOK = Reason(
    "E104_CORRUPT_WORKBOOK",
    "工作簿已损坏或不完整",
    "the workbook is damaged or incomplete",
    "请用 Excel 或 WPS 打开后另存为 .xlsx，或重新拷贝",
    "Open it in Excel or WPS and save it as .xlsx, or copy it again.",
)
PASSWORD = Reason(
    "E105_PASSWORD",
    "工作簿设有打开密码",
    "the workbook is protected by a password",
    "请取消密码后另存，再重新提供",
    "Remove the password, save it and deliver it again.",
)
WEB_PAGE = Reason(
    "E106_WEB_PAGE",
    "文件内容是网页或 XML，不是表格（系统导出的“伪 xls”常如此）",
    "the content is a web page or XML, not a table (as systems export under the name .xls)",
    "请用 Excel 或 WPS 打开后另存为 .xlsx",
    "Open it in Excel or WPS and save it as .xlsx.",
)
NOT_A_TABLE = Reason(
    "E107_NOT_A_TABLE",
    "文件内容不是工作簿，也不是文本表格",
    "the content is neither a workbook nor a text table",
    "请提供 .xlsx、.xls、.et、.ods 或 CSV",
    "Deliver .xlsx, .xls, .et, .ods or CSV.",
)
ENCODING = Reason(
    "E108_ENCODING",
    "文字编码既不是 UTF-8 也不是 GB18030",
    "the text is neither UTF-8 nor GB18030",
    "请另存为“CSV UTF-8（逗号分隔）”",
    "Save it as “CSV UTF-8 (comma delimited)”.",
)
TOO_LARGE = Reason(
    "E109_TOO_LARGE",
    "文件展开后过大（{size}）",
    "the file is too large once unpacked ({size})",
    "请删去多余的空行空列，或分成几个文件",
    "Delete empty rows and columns, or split it into several files.",
)
BAD_LINE = Reason(
    "E110_BAD_LINE",
    "第 {line} 行附近的引号或列数不对",
    "quotes or the number of columns are wrong near line {line}",
    "请检查该行是否多了引号或分隔符，改正后重新导出",
    "Check that line for a stray quote or delimiter and export it again.",
)
BIG5 = Reason(
    "E111_BIG_FIVE",
    "文字编码像是 Big5（繁体中文）",
    "this looks like Big5 (traditional Chinese)",
    "请另存为 UTF-8（“CSV UTF-8（逗号分隔）”），表头用本表的写法",
    "Save it as UTF-8 (“CSV UTF-8 (comma delimited)”), with headers that the contract knows.",
)
NO_HEADER = Reason(
    "E201_NO_HEADER",
    "前 {n_rows} 行里没有找到“{title}”的表头，应有列：{expected}",
    "no header of “{title}” in the first {n_rows} rows; expected columns: {expected}",
    "请确认文件类型与表头文字；若打开是乱码，请另存为“CSV UTF-8”",
    "Check the kind of file and the header texts; if it opens as garbage, save it as “CSV UTF-8”.",
)
MISSING_COLUMN = Reason(
    "E202_MISSING_COLUMN",
    "缺少必需的列：{missing}。找到的表头：{found}",
    "required columns are missing: {missing}. Header found: {found}",
    "请改表头，或在 sources.toml 的 columns 里写明",
    "Correct the header, or name the column under `columns` in sources.toml.",
)
COLUMN_TWICE = Reason(
    "E203_COLUMN_TWICE",
    "表头“{header}”出现了两次，无法判断哪一列是“{title}”",
    "the header “{header}” stands twice: which column is “{title}”?",
    "请改其中一列的表头",
    "Rename one of the two.",
)
OVERRIDE_NOT_FOUND = Reason(
    "E204_OVERRIDE_NOT_FOUND",
    "sources.toml 的 columns 指定的表头“{header}”不在文件里。找到的表头：{found}",
    "the header “{header}” named under `columns` in sources.toml is not in the file. Header found: {found}",
    "请改 columns 或表头",
    "Correct `columns` or the header.",
)
NO_ROWS = Reason(
    "E205_NO_ROWS",
    "只有表头，没有一行数据",
    "there is a header but not one row",
    "请确认导出是否完成，再重新提供",
    "Check that the export finished and deliver it again.",
)
MISSING_VALUE = Reason(
    "E401_MISSING_VALUE",
    "“{title}”为空或读不懂，此行不能使用",
    "“{title}” is empty or cannot be read, so the row cannot be used",
    "请补填后重新提供",
    "Fill it in and deliver it again.",
)
TOO_MANY_REJECTED = Reason(
    "E402_TOO_MANY_REJECTED",
    "{n_rows} 行中有 {n_rejected} 行不能使用，超过一半，文件多半选错或列错位；首要原因：{first}",
    "{n_rejected} of {n_rows} rows cannot be used; probably the wrong file or shifted columns; first reason: {first}",
    "请核对文件后重新提供",
    "Check the file and deliver it again.",
)
SHEET_SKIPPED = Reason(
    "W101_SHEET_SKIPPED",
    "此工作表没有认得出的表头，未读",
    "this sheet has no recognisable header and was not read",
    "若其中有数据，请补上表头",
    "If it holds data, give it a header.",
)
INVISIBLE_REMOVED = Reason(
    "W102_INVISIBLE_REMOVED",
    "去掉了 {n} 个看不见的字符（控制符、零宽字符）",
    "{n} invisible characters (control, zero width) were removed",
    "一般不必处理；若文字有缺，请重新导出",
    "Usually nothing; if text is missing, export it again.",
)
COLUMNS_JOINED = Reason(
    "W201_COLUMNS_JOINED",
    "“{title}”有多列（{headers}），取第一个非空的值",
    "several columns hold “{title}” ({headers}); the first filled one counts",
    "若含义不同，请在 sources.toml 的 columns 里写明",
    "If they differ in meaning, name the right one under `columns` in sources.toml.",
)
COLUMNS_UNKNOWN = Reason(
    "W202_COLUMNS_UNKNOWN",
    "有不认得的列，没有读：{headers}",
    "columns are not understood and were not read: {headers}",
    "若其中有需要的，请改表头，或在 sources.toml 的 columns 里写明",
    "If one is needed, correct its header or name it under `columns` in sources.toml.",
)
NO_STRONG_COLUMN = Reason(
    "W203_NO_STRONG_COLUMN",
    "没有{expected}中的任何一列，只凭姓名很难比对；不认得的列：{headers}",
    "there is none of the columns {expected}, and a name alone hardly matches; columns not understood: {headers}",
    "请改表头，或在 sources.toml 的 columns 里写明是哪一列",
    "Correct the header, or say under `columns` in sources.toml which column it is.",
)
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

#: The whole catalogue in order; the code is the key of `reason_code` columns.
REASONS: tuple[Reason, ...] = (
    NO_FILE,
    UNREADABLE,
    EMPTY_FILE,
    CORRUPT_WORKBOOK,
    PASSWORD,
    WEB_PAGE,
    NOT_A_TABLE,
    ENCODING,
    TOO_LARGE,
    BAD_LINE,
    BIG5,
    NO_HEADER,
    MISSING_COLUMN,
    COLUMN_TWICE,
    OVERRIDE_NOT_FOUND,
    NO_ROWS,
    MISSING_VALUE,
    TOO_MANY_REJECTED,
    SHEET_SKIPPED,
    INVISIBLE_REMOVED,
    COLUMNS_JOINED,
    COLUMNS_UNKNOWN,
    NO_STRONG_COLUMN,
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

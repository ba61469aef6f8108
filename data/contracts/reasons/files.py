"""What can be wrong with a whole file: E1 stops the run, W1 is told."""

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
    "文件内容是网页或 XML，其中没有读得出的表格（常见于登录已失效时的导出）",
    "the content is a web page or XML without a table that can be read (as exported after a login has expired)",
    "请重新登录后再导出；若在 Excel 或 WPS 中打开能看到表格，请另存为 .xlsx",
    "Log in again and export; if Excel or WPS shows a table in it, save it as .xlsx.",
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
TOO_MANY_CELLS = Reason(
    "E112_TOO_MANY_CELLS",
    "工作表太大：从 A1 到最远的单元格 {last} 共 {n} 格（上限 {limit}），有内容的约 {filled} 格（上限 {filled_limit}）",
    "the sheet is too large: {n} cells from A1 to the farthest cell {last} (limit {limit}), "
    "about {filled} of them hold anything (limit {filled_limit})",
    "若 {last} 附近有误填的内容，请删去整行整列后保存；确有这么多数据，请分成几个工作簿，或导出为 CSV",
    "If something was left near {last} by mistake, delete those rows and columns and save; "
    "if there really is so much, split it into several workbooks or export it as CSV.",
)
ZIP_BOMB = Reason(
    "E113_ZIP_BOMB",
    "压缩内容大得反常（展开后 {size}），不像办公软件保存的工作簿",
    "the packed content is abnormally large ({size} once unpacked), not what an office program saves",
    "请在可信的电脑上用 Excel 或 WPS 打开，另存为新的 .xlsx",
    "Open it in Excel or WPS on a computer you trust and save it as a new .xlsx.",
)
OFFICE_DOCUMENT = Reason(
    "E114_OFFICE_DOCUMENT",
    "文件内容是{what}，不是表格",
    "the content is {what}, not a table",
    "请把其中的表格复制到 Excel 或 WPS 表格，存为 .xlsx",
    "Copy its table into a spreadsheet and save it as .xlsx.",
)
NO_WORKSHEET = Reason(
    "E115_NO_WORKSHEET",
    "工作簿里没有放数据的工作表（只有图表或宏）",
    "the workbook has no worksheet with cells (only charts or macros)",
    "请提供含有数据的工作表",
    "Deliver the worksheet that holds the data.",
)
PACKED = Reason(
    "E116_PACKED",
    "文件是压缩包，不是表格",
    "the file is a packed archive, not a table",
    "请解压后提供里面的表格",
    "Unpack it and deliver the tables inside.",
)
UNFINISHED = Reason(
    "E117_UNFINISHED",
    "文件中断在表格中间，后面的行可能已丢失",
    "the file breaks off inside a table; rows after that may be lost",
    "请重新导出；若在 Excel 或 WPS 中打开是完整的，请另存为 .xlsx",
    "Export it again; if it is complete when opened in Excel or WPS, save it as .xlsx.",
)
SHEET_SKIPPED = Reason(
    "W101_SHEET_SKIPPED",
    "此工作表没有认得出的表头，未读",
    "this sheet has no recognisable header and was not read",
    "若其中有数据，请补上表头；说明页不必处理",
    "If it holds data, give it a header; nothing to do for a page of notes.",
)
INVISIBLE_REMOVED = Reason(
    "W102_INVISIBLE_REMOVED",
    "去掉了 {n} 个看不见的字符（控制符、零宽字符）",
    "{n} invisible characters (control, zero width) were removed",
    "一般不必处理；若文字有缺，请重新导出",
    "Usually nothing; if text is missing, export it again.",
    is_note=True,
)

#: In the order of their codes.
REASONS = (
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
    TOO_MANY_CELLS,
    ZIP_BOMB,
    OFFICE_DOCUMENT,
    NO_WORKSHEET,
    PACKED,
    UNFINISHED,
    SHEET_SKIPPED,
    INVISIBLE_REMOVED,
)

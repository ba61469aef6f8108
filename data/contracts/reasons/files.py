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
    SHEET_SKIPPED,
    INVISIBLE_REMOVED,
)

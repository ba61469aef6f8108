"""What can be wrong with a header: E2 stops the run, W2 is told."""

from __future__ import annotations

from data.contracts.reason import Reason

NO_HEADER = Reason(
    "E201_NO_HEADER",
    "前 {n_rows} 行里没有找到“{title}”的表头，应有列：{expected}",
    "no header of “{title}” in the first {n_rows} rows; expected columns: {expected}",
    "请确认来源种类没有选错、表头没有改过；若打开是乱码，请另存为“CSV UTF-8”",
    "Check that the kind of source is right and the header unchanged; if it opens as garbage, save it as “CSV UTF-8”.",
)
MISSING_COLUMN = Reason(
    "E202_MISSING_COLUMN",
    "缺少必需的列：{missing}。找到的表头：{found}{hint}",
    "required columns are missing: {missing}. Header found: {found}{hint}",
    "请补上这一列或改正表头；表头不能改的，检查时加 --columns 字段=表头，或写进 sources.toml 的 columns",
    "Add the column or correct its header; where that cannot be, check with --columns field=header or name it under "
    "`columns` in sources.toml.",
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
    "columns 指定的表头“{header}”不在文件里。找到的表头：{found}",
    "the header “{header}” named under `columns` is not in the file. Header found: {found}",
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
UNCALCULATED_COLUMN = Reason(
    "E206_UNCALCULATED_COLUMN",
    "“{title}”列有 {n} 格是没有计算过的公式，读不出值（如 {cell}）",
    "{n} cells of “{title}” are formulas that nobody ever calculated and hold no value (such as {cell})",
    "请用 Excel 或 WPS 打开、保存一次，再重新提供",
    "Open it in Excel or WPS, save it and deliver it again.",
)
COLUMNS_JOINED = Reason(
    "W201_COLUMNS_JOINED",
    "“{title}”有多列（{headers}），取第一个非空的值",
    "several columns hold “{title}” ({headers}); the first filled one counts",
    "含义相同的不必处理；不同的，请改表头，或用 columns 写明取哪一列",
    "Nothing if they mean the same; if not, rename one, or name the right one under `columns`.",
    is_note=True,
)
COLUMNS_UNKNOWN = Reason(
    "W202_COLUMNS_UNKNOWN",
    "有不认得的列，没有读：{headers}",
    "columns are not understood and were not read: {headers}",
    "用不着的不必处理；需要的，请改表头，或用 columns 写明它是哪个字段",
    "Nothing if they are not needed; else correct the header, or name the column under `columns`.",
    is_note=True,
)
NO_STRONG_COLUMN = Reason(
    "W203_NO_STRONG_COLUMN",
    "没有{expected}中的任何一列，只凭姓名很难比对；不认得的列：{headers}",
    "there is none of the columns {expected}, and a name alone hardly matches; columns not understood: {headers}",
    "请补上其中一列；已有的请改表头，或用 columns 写明是哪一列",
    "Add one of them; if it is there, correct its header or say under `columns` which column it is.",
)

#: In the order of their codes.
REASONS = (
    NO_HEADER,
    MISSING_COLUMN,
    COLUMN_TWICE,
    OVERRIDE_NOT_FOUND,
    NO_ROWS,
    UNCALCULATED_COLUMN,
    COLUMNS_JOINED,
    COLUMNS_UNKNOWN,
    NO_STRONG_COLUMN,
)

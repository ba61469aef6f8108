"""What can be wrong with a header: E2 stops the run, W2 is told."""

from __future__ import annotations

from data.contracts.reason import Reason

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

#: In the order of their codes.
REASONS = (
    NO_HEADER,
    MISSING_COLUMN,
    COLUMN_TWICE,
    OVERRIDE_NOT_FOUND,
    NO_ROWS,
    COLUMNS_JOINED,
    COLUMNS_UNKNOWN,
    NO_STRONG_COLUMN,
)

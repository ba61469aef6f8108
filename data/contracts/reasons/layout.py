"""What is told about how a sheet is laid out: W1 of a sheet or its rows, W3 of a cell; all is accepted."""

from __future__ import annotations

from data.contracts.reason import Reason

HIDDEN_ROWS = Reason(
    "W111_HIDDEN_ROWS",
    "隐藏的行（{rows}）有数据，已照常读取",
    "hidden rows ({rows}) hold data and were read like the others",
    "若是筛选后忘了取消的，不必处理；若不该报送，请删去这些行",
    "Nothing if a filter was left on; delete the rows if they were not meant to be sent.",
)
HIDDEN_COLUMNS = Reason(
    "W112_HIDDEN_COLUMNS",
    "隐藏的列（{columns}）有数据，已照常读取",
    "hidden columns ({columns}) hold data and were read like the others",
    "若不该报送，请删去这些列",
    "Delete the columns if they were not meant to be sent.",
)
HIDDEN_SHEET = Reason(
    "W113_HIDDEN_SHEET",
    "此工作表是隐藏的，已照常读取",
    "this sheet is hidden and was read like the others",
    "若是旧表，请删去，以免重复",
    "Delete it if it is an old copy, or its rows count twice.",
)
COUNT_DIFFERS = Reason(
    "W114_COUNT_DIFFERS",
    "第 {row} 行写着 {stated}，实际读到 {read} 行",
    "row {row} says {stated}, but {read} rows were read",
    "请核对是否漏行、多行，或合计未更新",
    "Check for missing or extra rows, or a total that was not updated.",
)
SUM_DIFFERS = Reason(
    "W115_SUM_DIFFERS",
    "第 {row} 行“{title}”的合计是 {stated}，各行相加是 {read}",
    "row {row} gives {stated} as the total of “{title}”, the rows add up to {read}",
    "请核对各行或合计",
    "Check the rows or the total.",
)
ROWS_ABOVE = Reason(
    "W116_ROWS_ABOVE",
    "表头之上的行（{rows}）像是数据，没有读",
    "rows above the header ({rows}) look like data and were not read",
    "请把表头放在数据之上",
    "Put the header above the data.",
)
SIDE_BY_SIDE = Reason(
    "W117_SIDE_BY_SIDE",
    "同一工作表左右并排 {n} 张表，已分别读取",
    "{n} tables stand side by side on this sheet; each was read",
    "一般不必处理；并成上下一张表更稳妥",
    "Usually nothing; one table below the other is safer.",
    is_note=True,
)
UNCALCULATED = Reason(
    "W330_UNCALCULATED",
    "“{title}”是没有计算过的公式，读不出值，按空白处理",
    "“{title}” is a formula that nobody ever calculated: it has no value and counts as blank",
    "请用 Excel 或 WPS 打开、保存一次，再重新提供",
    "Open it in Excel or WPS, save it and deliver it again.",
)
ERROR_VALUE = Reason(
    "W331_ERROR_VALUE",
    "“{title}”显示的是错误值（如 #N/A、#REF!），按空白处理",
    "“{title}” shows an error (such as #N/A or #REF!) and counts as blank",
    "请改正公式，或填入数值",
    "Correct the formula or fill in the value.",
)

#: In the order of their codes.
REASONS = (
    HIDDEN_ROWS,
    HIDDEN_COLUMNS,
    HIDDEN_SHEET,
    COUNT_DIFFERS,
    SUM_DIFFERS,
    ROWS_ABOVE,
    SIDE_BY_SIDE,
    UNCALCULATED,
    ERROR_VALUE,
)

"""What can be wrong with a row or with a file for its rows: E4 rejects the row or stops the file."""

from __future__ import annotations

from data.contracts.reason import Reason

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

#: In the order of their codes.
REASONS = (
    MISSING_VALUE,
    TOO_MANY_REJECTED,
)

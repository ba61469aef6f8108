"""Which codes stand for what in the register? Two systems agree on them, so they need no declaration (domain §4.2).

Codes that systems disagree on: `data.contracts.code_systems`.
"""

from __future__ import annotations

from data.contracts.field import coded

#: 登记状态 by code and by label; unknown text is unknown, never abnormal.
STATUS_CODES = coded(
    active="1 存续 存续(在营、开业、在册) 在营 开业 在册 在业 正常 登记成立 存续/在业 在营(开业) 在营(开业)企业 "
    "存续在营 正常经营 营业 在营企业 开业登记",
    revoked="2 吊销 吊销,未注销 吊销未注销 吊销、未注销 已吊销 吊销企业 吊销执照 吊销后未注销",
    revoked_cancelled="3 吊销,已注销 吊销已注销 吊销、已注销 吊销并注销 吊销后注销",
    cancelled="4 注销 已注销 注销企业 注销登记 核准注销",
    withdrawn="5 撤销 已撤销 撤销登记 撤销设立登记",
    moved_out="6 迁出 已迁出 迁往市外 迁移 迁出企业 异地迁出",
    other="9 其他 歇业",
)

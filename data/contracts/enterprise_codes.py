"""Which codes stand for what in registers and annual reports? By label, and by the system a feed comes from.

Registration status: domain rules §4.2; the party block and its code systems: §4.4.
"""

from __future__ import annotations

STATUS_CODES = (
    ("1", "active"),
    ("存续", "active"),
    ("存续(在营、开业、在册)", "active"),
    ("在营", "active"),
    ("开业", "active"),
    ("在册", "active"),
    ("在业", "active"),
    ("正常", "active"),
    ("登记成立", "active"),
    ("2", "revoked"),
    ("吊销", "revoked"),
    ("吊销,未注销", "revoked"),
    ("3", "revoked_cancelled"),
    ("吊销,已注销", "revoked_cancelled"),
    ("4", "cancelled"),
    ("注销", "cancelled"),
    ("已注销", "cancelled"),
    ("5", "withdrawn"),
    ("撤销", "withdrawn"),
    ("6", "moved_out"),
    ("迁出", "moved_out"),
    ("9", "other"),
    ("其他", "other"),
)

#: The party block's codes mean opposite things in two real systems, so each feed names its own (domain rules §4.4).
YES_NO_CODES: dict[str, tuple[tuple[str, str], ...]] = {
    "text": (("是", "yes"), ("否", "no")),
    "zhejiang": (("1", "yes"), ("0", "no")),
    "national": (("1", "yes"), ("2", "no")),
}
PARTY_BODY_CODES: dict[str, tuple[tuple[str, str], ...]] = {
    "text": (
        ("党支部", "branch"),
        ("党总支", "general_branch"),
        ("党委", "committee"),
        ("未成立党组织", "none"),
        ("未组建", "none"),
    ),
    "zhejiang": (("0", "none"), ("1", "branch"), ("2", "general_branch"), ("3", "committee")),
    "national": (("9", "none"), ("3", "branch"), ("2", "general_branch"), ("1", "committee")),
}

"""Showing a masked value: with a reason, within a daily quota, and never without a row that says who looked."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, insert, select

from data.errors import ConfigError, LonglouError
from data.store import audit
from data.store.clock import utc_now
from data.store.keyring import Keyring
from data.store.people import require_reason, require_reviewer
from data.store.sealed import reveal
from data.store.session import Store
from data.store.tables_desk import REVEALS
from data.words import tr

_DAY = timedelta(hours=24)


class QuotaUsedUp(LonglouError):
    """The person has looked at as many values as they may in a day."""

    def __init__(self, quota: int) -> None:
        super().__init__(
            tr(f"24 小时内最多查看 {quota} 个号码，已用完", f"at most {quota} values may be looked at in 24 hours")
        )


def reveal_value(
    store: Store,
    keyring: Keyring,
    *,
    book: str,
    unique_id: str,
    field: str,
    username: str,
    reason: str,
    quota: int,
    now: datetime | None = None,
) -> str:
    """The value in clear. The row and the audit row are written before anything is shown, whatever happens after.

    Raises ConfigError without a reason or when nothing is kept of the field, QuotaUsedUp, CannotDecrypt.
    """
    require_reviewer(username)
    require_reason(reason)
    now = now or utc_now()
    value = reveal(store, keyring, book, unique_id, field)
    if value is None:
        raise ConfigError(tr("没有保存这个号码", "this value is not kept"))
    with audit.changing(store) as connection:
        recent = (REVEALS.c.username == username) & (REVEALS.c.at > now - _DAY)
        n_before = connection.execute(select(func.count()).where(recent)).scalar_one()
        if n_before < quota:
            values = {"username": username, "run_area": book, "unique_id": unique_id, "field": field}
            connection.execute(insert(REVEALS).values(**values, reason=reason, at=now, n_today=n_before + 1))
            details = {"field": field, "reason": reason, "n_today": n_before + 1}
            subject = f"record {book}/{unique_id}"
            audit.append(connection, now=now, actor=username, action="revealed", subject=subject, details=details)
    if n_before >= quota:
        raise QuotaUsedUp(quota)
    return value

"""A person puts a model in force, or out of it: a named decision with a reason in the audit chain, never a run's.

The chain is written first: should the machine stop in between, the book names a decision that can be repeated, and no
model is ever in force that nobody answers for.
"""

from __future__ import annotations

from datetime import datetime

from data.errors import ConfigError
from data.reference.divisions import county_name
from data.settings import Settings
from data.store import audit
from data.store.people import require_reason, require_reviewer
from data.store.session import Store
from data.words import tr
from flows.models import BASELINE, ActiveModel, ChosenModel, active_models, set_active
from flows.night import OwnModel, let_go, own_model


def activate(
    store: Store, settings: Settings, area: str, chosen: ChosenModel, by: str, reason: str, now: datetime
) -> ActiveModel | None:
    """Put a model in force for an area; `baseline` puts none in force, and lets go of what the area's runs learned for
    themselves: the next run learns anew. Returns what was in force before.

    An earlier model activated again is the way back. ConfigError without a person's name or a reason, for an area
    that does not exist, or when nothing would change.
    """
    require_reviewer(by)
    require_reason(reason)
    _require_area(area)
    wanted = None if chosen.file is None else ActiveModel(name=chosen.name, digest=chosen.digest)
    before = active_models(settings).get(area)
    own = own_model(settings, area)
    if wanted == before and (wanted is not None or own is None):
        raise ConfigError(
            tr(f"“{chosen.name}”在 {area} 已经启用", f"“{chosen.name}” is in force in {area} already")
            if wanted
            else tr(f"{area} 没有启用的模型", f"no model is in force in {area}")
        )
    with audit.changing(store) as connection:
        audit.append(
            connection,
            now=now,
            actor=by,
            action="model deactivated" if wanted is None else "model activated",
            subject=f"model of {area}",
            details={"reason": reason, "model": _told(wanted), "was": _told(before or own)},
        )
    if wanted is None:
        let_go(settings, area)
    set_active(settings, area, wanted)
    if before is None and wanted is None and own is not None:
        return ActiveModel(name=own.name, digest=own.digest)
    return before


def _told(model: ActiveModel | OwnModel | None) -> dict[str, str]:
    return {"name": BASELINE} if model is None else {"name": model.name, "digest": model.digest}


def _require_area(area: str) -> None:
    if county_name(area) is None and area != "46":
        raise ConfigError(tr(f"没有区划 {area}", f"there is no area {area}"))

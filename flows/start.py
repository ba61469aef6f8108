"""Starting a reconciliation from this process: prepares Prefect, runs the flow, adds what the engine itself took."""

from __future__ import annotations

import time
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from data.settings import Settings, use_settings
from flows.engine import prepare_engine


def start_reconcile(
    settings: Settings, sources: Path, out: Path, *, as_of: date | None, is_full: bool, is_quiet: bool
) -> dict[str, Any]:
    """Run the flow `reconcile` through Prefect's engine and return the content of `summary.json`.

    Raises the flow's own errors (LonglouError and its kin), not Prefect's wrapping of them.
    """
    called_at = time.time()
    prepare_engine(settings)
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from flows.reconcile import reconcile

    with ExitStack() as stack:
        stack.enter_context(use_settings(settings))
        if settings.prefect_api_url is None:
            # A `.env` file in the working directory could name somebody's server; this run starts its own.
            stack.enter_context(temporary_settings(restore_defaults={PREFECT_API_URL}))
        return reconcile(
            sources=str(sources),
            out=str(out),
            as_of=as_of,
            is_full=is_full,
            is_quiet=is_quiet,
            called_at=called_at,
        )

"""When, and in what order? The only place that knows Prefect.

The environment is set before Prefect is imported: no telemetry, no home folder outside ours, no colour of its own.
"""

from __future__ import annotations

import os

os.environ.update(
    {
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    }
)
# A refused file is told by the command line, in the reader's words; Prefect would print its traceback besides.
os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
os.environ.setdefault("PREFECT_SERVER_LOGGING_LEVEL", "CRITICAL")
# The first start of a Prefect home runs its migrations, which takes longer than Prefect's own limit of 20 s allows for.
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")

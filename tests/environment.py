"""The environment of every test; conftest imports this before any test imports Prefect or longlou."""

from __future__ import annotations

import os
import tempfile

VAR_DIR = tempfile.mkdtemp(prefix="longlou-tests-")

for _name in [name for name in os.environ if name.startswith(("LONGLOU_", "PREFECT_"))]:
    del os.environ[_name]
os.environ.update(
    LONGLOU_VAR_DIR=VAR_DIR,
    PREFECT_HOME=os.path.join(VAR_DIR, "prefect"),
    PREFECT_API_URL="",
    PREFECT_SERVER_EPHEMERAL_ENABLED="false",
    DO_NOT_TRACK="1",
)

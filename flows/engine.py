"""Where does Prefect live? In our own folder, on a server that is given or one that starts with the run."""

from __future__ import annotations

import os

from data.settings import Settings


def prepare_engine(settings: Settings) -> None:
    """Point Prefect at its home and server; to be called before Prefect is imported for the first time.

    Set here and not in a profile of the user's, so that a run touches nothing outside `var_dir`.
    """
    home = settings.var_dir.resolve() / "prefect"
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ["PREFECT_HOME"] = str(home)
    os.environ["PREFECT_RESULTS_PERSIST_BY_DEFAULT"] = "false"
    os.environ["PREFECT_SERVER_EPHEMERAL_ENABLED"] = "false" if settings.prefect_api_url else "true"
    if settings.prefect_api_url:
        os.environ["PREFECT_API_URL"] = settings.prefect_api_url

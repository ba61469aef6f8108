"""The process that runs flows on one machine: `python -m flows.runner SOURCES OUT`, started by `longlou serve`."""

from __future__ import annotations

import sys
from pathlib import Path

from data.settings import load_settings
from data.words import set_language

#: Flow runs at a time. One of an area is at work, others wait for it; each is a process of some 250 MB.
_MOST_RUNS = 4


def main(sources: Path, out: Path) -> None:
    """Declare the deployments and run what the server asks for until told to stop."""
    settings = load_settings()
    set_language(settings.language)
    from prefect import serve

    from flows.automations import mark_zombies
    from flows.deployments import deployments

    mark_zombies()
    # Stopping this process must not pause the schedule: tonight would not happen.
    serve(*deployments(settings, sources, out), pause_on_shutdown=False, limit=_MOST_RUNS)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

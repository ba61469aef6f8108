"""The review desk as `longlou serve` runs it: a file that its owner confirms asks the scheduler for a run.

`uvicorn --factory longlou.desk:create_app`
"""

from __future__ import annotations

from functools import partial

from fastapi import FastAPI

from data.settings import load_settings
from data.words import set_language
from flows.triggers import trigger
from review.web import app


def create_app() -> FastAPI:
    """The desk over the settings in force."""
    settings = load_settings()
    set_language(settings.language)
    return app.create_app(settings, partial(trigger, settings))

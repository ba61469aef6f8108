"""Every file of the corpus, in the order of its README."""

from __future__ import annotations

from tests.corpus import (
    cells,
    dates,
    encodings,
    events,
    formats,
    identity,
    lists,
    refused,
    registers,
    reports,
    sheets,
    stacked,
    titles,
)
from tests.corpus.case import Case

CASES: tuple[Case, ...] = (
    *titles.CASES,
    *stacked.CASES,
    *sheets.CASES,
    *identity.CASES,
    *dates.CASES,
    *cells.CASES,
    *encodings.CASES,
    *formats.CASES,
    *registers.CASES,
    *reports.CASES,
    *events.CASES,
    *lists.CASES,
    *refused.CASES,
)

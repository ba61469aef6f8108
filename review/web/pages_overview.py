"""The overview of a book: classes by place and population, the map, the nights, the age of the queue, files to take."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any, Literal

from fastapi import Query, Request
from fastapi.responses import FileResponse, Response

from data.model import PrimaryClass
from data.store import audit
from data.store.clock import utc_now
from data.store.runs import current_run, list_runs
from data.store.scope import OutOfScope, Scope
from data.store.statistics import class_counts, coverage_of, nights, queue_ages
from data.store.users import Role, User
from review.areas import TILES, area_name, areas_within, tile_name
from review.overview import (
    AGES,
    AREA,
    OVERALL,
    POPULATIONS,
    TOTAL,
    TOWN,
    Tables,
    ages,
    changes,
    class_trend,
    queue_trend,
    tables_of,
)
from review.rates import definitions, rate_tables
from review.run_files import files_of
from review.web.access import Desk, DeskHere, Viewer
from review.web.charts import MAP_SIZE, TILE_SIZE, line_chart, tiles
from review.web.kinds import KIND_WORDS
from review.web.overview_words import class_words, population_words, run_word
from review.web.rendering import page
from review.web.words import day
from review.web.words import gettext as _

#: Who may see numbers of one to four persons, and files that name members.
_SEES_MEMBERS = (Role.ANALYST, Role.ADJUDICATOR, Role.AUDITOR)
_N_NIGHTS, _N_RUNS = 30, 15
#: Classes drawn by night; the normal ones would press the others flat.
_DRAWN = (PrimaryClass.LOST, PrimaryClass.POCKET, PrimaryClass.FLOATING, PrimaryClass.HIDDEN)


def show(
    request: Request,
    desk: DeskHere,
    viewer: Viewer,
    book: str,
    area: Annotated[str, Query(max_length=6)] = "",
    tile: PrimaryClass | Literal[""] = "",
) -> Response:
    """The page; `area` looks into one county of a province's book, `tile` colours the map by a class."""
    if area and area not in areas_within(book, viewer.scope):
        raise OutOfScope
    chosen = tile or None
    is_exact = viewer.is_any(_SEES_MEMBERS)
    tables = tables_of(class_counts(desk.store, book, viewer.scope), is_exact=is_exact)
    one = area if area and area != book else book if len(book) == 6 else ""
    return page(
        request,
        "overview.html",
        title=_("Overview"),
        place=area_name(one or book),
        one=one,
        run=current_run(desk.store, book),
        is_exact=is_exact,
        classes=[*class_words().values(), _("total")],
        populations=_populations(tables, one),
        places=_places(tables, one),
        tile=chosen,
        class_choices=class_words(),
        map=_map(tables, chosen, viewer.scope) if not one and len(book) == 2 else None,
        map_size=MAP_SIZE,
        tile_size=TILE_SIZE,
        tile_name=tile_name,
        area_name=area_name,
        may_download=is_exact,
        files=files_of(desk.store, book, viewer.scope, may_see_members=is_exact),
        **_history(desk, viewer, book, "" if one == book else one, is_exact),
    )


def download(desk: DeskHere, viewer: Viewer, book: str, name: str) -> Response:
    """A file of the run that the book shows, with an audit row."""
    found = files_of(desk.store, book, viewer.scope, may_see_members=viewer.is_any(_SEES_MEMBERS))
    if found.folder is None or name not in found.files:
        raise OutOfScope
    with audit.changing(desk.store) as connection:
        told = {"name": name, "run_id": found.run_id}
        audit.append(
            connection, now=utc_now(), actor=viewer.username, action="file taken", subject=f"book {book}", details=told
        )
    return FileResponse(found.folder / name, filename=name)


def _populations(tables: Tables, one: str) -> list[tuple[str, object]]:
    words = population_words()
    titled = {str(name): word for name, word in words.items()}
    rows = [(titled[name], tables.line(OVERALL, one or TOTAL, name)) for name in POPULATIONS]
    return [*rows, (_("total"), tables.line(AREA, "", one or TOTAL))]


def _places(tables: Tables, one: str) -> list[tuple[str, str, object]]:
    """Rows of the second table with the code to look into; townships of one county, else the counties."""
    if one:
        towns = [(town or _("no township"), "", tables.line(TOWN, one, town)) for town in tables.townships(one)]
        return [*towns, (_("total"), "", tables.line(AREA, "", one))]
    areas = [(area_name(code), code, tables.line(AREA, "", code)) for code in tables.areas()]
    return [*areas, (_("total"), "", tables.line(AREA, "", TOTAL))]


def _map(tables: Tables, tile: PrimaryClass | None, scope: Scope) -> object:
    name = TOTAL if tile is None else str(tile)
    return tiles({code: tables.at(AREA, "", code, name) for code in TILES if scope.covers(code)})


def _history(desk: Desk, viewer: User, book: str, area: str, is_exact: bool) -> dict[str, Any]:
    """What changes by night."""
    found = nights(desk.store, book, area, viewer.scope, _N_NIGHTS)
    labels = [day(night.as_of) for night in found]
    words = class_words()
    trend = class_trend(found, [str(name) for name in _DRAWN], is_exact=is_exact)
    trend = {words[PrimaryClass(name)]: values for name, values in trend.items()}
    asked = {_("open questions"): queue_trend(found, is_exact=is_exact)}
    run = current_run(desk.store, book)
    by_run = {after.run_id: changes(before, after, is_exact=is_exact) for before, after in pairwise(found)}
    titles = {kind.value: word() for kind, word in KIND_WORDS.items()}
    rates = [] if run is None else coverage_of(desk.store, run.run_id)
    found_ages = ages(queue_ages(desk.store, book, area, viewer.scope), utc_now())
    return {
        "nights": labels,
        "trend": trend,
        "trend_chart": line_chart(trend, labels),
        "asked": asked,
        "asked_chart": line_chart(asked, labels),
        "ages": {titles.get(kind, kind): row for kind, row in found_ages.items()},
        "age_words": _age_words(),
        "rates": rate_tables(rates),
        "definitions": definitions(rates),
        "breakdown_words": _breakdown_words(),
        "row_words": {"total": _("total"), **{str(name): word for name, word in population_words().items()}},
        "runs": list_runs(desk.store, book, _N_RUNS),
        "run_word": run_word,
        "changes": by_run,
        "words_of_classes": {str(name): word for name, word in words.items()},
    }


def _breakdown_words() -> dict[str, str]:
    words = {"area": _("By county and city"), "township": _("By township")}
    return {**words, "population": _("By where they work"), "section": _("By section of industry")}


def _age_words() -> list[str]:
    first = [_("under a day") if most == 1 else _("under {n} days").format(n=most) for most in AGES]
    return [*first, _("{n} days and more").format(n=AGES[-1])]

"""Sources without a declaration: a list of claims and the files to check it against, told apart by their headers.

For the check on site. A `sources.toml` in or above the folder of the list is consulted for what the given files lack.
"""

from __future__ import annotations

import glob
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.contracts.feeds import CONTRACTS
from data.contracts.field import FeedContract
from data.contracts.reasons.files import BIG5, NO_FILE
from data.contracts.reasons.headers import NO_HEADER
from data.errors import ConfigError
from data.model import FeedKind
from data.sources.formats.content import grids
from data.sources.formats.delimited import looks_like_big5
from data.sources.layout.header import HEADER_ROWS, n_hits
from data.sources.pulls.remote import placed
from data.sources.reader import delimiter_by_headers
from data.sources.spec import SourceSpec, SourcesSpec, is_url, load_sources
from data.words import tr

#: The province of a check that no `sources.toml` places anywhere: townships of every county are known then.
HAINAN = "46"

#: How far up from the list's folder a `sources.toml` is looked for: beside it, or in the folder of all sources.
_LEVELS_UP = 2
#: What a check on site consults beyond the files it was given; people at enterprises say nothing about a claim.
CONSULTED = (FeedKind.ENTERPRISE_REGISTRATION, FeedKind.ORGANIZATIONS, FeedKind.TRANSFERS, FeedKind.STATUS_EVENTS)
#: Fewer known headers than these say nothing about a file.
_MIN_HEADERS = 3
#: The kinds a file may be, most usual first: the first of several with as many known headers wins.
_KINDS = (
    FeedKind.MEMBER_ROSTER,
    FeedKind.TRANSFERS,
    FeedKind.STATUS_EVENTS,
    FeedKind.ENTERPRISE_REGISTRATION,
    FeedKind.ORGANIZATIONS,
    FeedKind.LEADS,
)


@dataclass(frozen=True)
class AdhocSources:
    """The sources of one check. consulted: names of sources added from a `sources.toml`; has_manifest: it was found."""

    spec: SourcesSpec
    consulted: tuple[str, ...]
    has_manifest: bool


def adhoc_sources(claims: Path, against: Sequence[Path], today: date) -> AdhocSources:
    """Declare the given files. A folder among `against` stands for its files, a `sources.toml` for its sources.

    Raises ConfigError for a path that is not there, SourceFileError for a file of no known kind.
    """
    declared = _declaration(claims, against, today)
    area = declared.area if declared else HAINAN
    sources = {"claims": _source(FeedKind.CLAIMS, _present(claims), area)}
    for file in dict.fromkeys(file for path in against if path.suffix != ".toml" for file in _files(path)):
        kind = kind_of_file(file)
        n_before = sum(source.kind is kind for source in sources.values())
        sources[f"{kind.value}_{n_before + 1}"] = _source(kind, file, area)
    consulted = _consulted(declared, {source.kind for source in sources.values()})
    sources |= consulted
    if not any(source.kind is FeedKind.MEMBER_ROSTER for source in sources.values()):
        raise ConfigError(tr("--against 中没有党员花名册", "there is no member roster among --against"))
    as_of = declared.as_of if declared else None
    spec = SourcesSpec(base=claims.resolve().parent, area=area, as_of=as_of, sources=sources)
    return AdhocSources(spec, tuple(consulted), declared is not None)


def kind_of_file(file: Path) -> FeedKind:
    """The kind whose contract knows most headers of the file. Raises SourceFileError when it looks like none."""
    data = file.read_bytes()
    delimiter_of = delimiter_by_headers([CONTRACTS[kind] for kind in _KINDS], {})
    tops = [
        grid.cells.head(HEADER_ROWS).to_numpy(dtype=object).tolist()
        for grid in grids(data, file.name, file.name, delimiter_of=delimiter_of)
    ]
    hits = {kind: _best_hits(tops, CONTRACTS[kind]) for kind in _KINDS}
    best = max(_KINDS, key=lambda kind: hits[kind])
    if hits[best] < _MIN_HEADERS:
        if looks_like_big5(data):
            raise BIG5.refuse(file.name, file.name)
        roster = CONTRACTS[FeedKind.MEMBER_ROSTER]
        expected = "、".join(field.title for field in roster.fields[:6])
        raise NO_HEADER.refuse(file.name, file.name, n_rows=HEADER_ROWS, title=roster.title, expected=expected)
    return best


def _best_hits(tops: list[list[list[str | None]]], contract: FeedContract) -> int:
    """Known headers on the best of the top rows of any sheet."""
    return max((n_hits(row, contract, {}) for top in tops for row in top), default=0)


def _declaration(claims: Path, against: Sequence[Path], today: date) -> SourcesSpec | None:
    """The `sources.toml` among the given files, else the nearest one beside or above the list."""
    near = [folder / "sources.toml" for folder in claims.resolve().parents[:_LEVELS_UP]]
    found = [path for path in (*against, *near) if path.suffix == ".toml" and path.is_file()]
    return load_sources(found[0], today) if found else None


def _consulted(declared: SourcesSpec | None, given: set[FeedKind]) -> dict[str, SourceSpec]:
    """Sources of the declaration for kinds that no given file has, their places made absolute."""
    if declared is None:
        return {}
    return {
        name: source.model_copy(
            update={"location": tuple(_absolute(place, declared.base) for place in source.location)}
        )
        for name, source in declared.sources.items()
        if source.kind in CONSULTED and source.kind not in given
    }


def _absolute(place: str, base: Path) -> str:
    return placed(place, base) if is_url(place) else str(base / place)


def _source(kind: FeedKind, file: Path, area: str) -> SourceSpec:
    return SourceSpec(kind=kind, location=(glob.escape(str(file.resolve())),), area=area)


def _files(path: Path) -> list[Path]:
    """A file, or the files of a folder, hidden ones left out."""
    if _present(path).is_dir():
        return sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith((".", "~")))
    return [path]


def _present(path: Path) -> Path:
    if not path.exists():
        raise NO_FILE.refuse(path.name, path.name)
    return path

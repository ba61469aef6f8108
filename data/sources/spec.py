"""Which sources does a run read, and by what right? `sources.toml` as frozen models; unknown keys are errors.

A source lies in files (location), in a database (sql) or behind an endpoint (http); each needs a manifest.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError, field_validator, model_validator

from data.contracts.code_systems import CODE_SYSTEMS, NEEDS_CODE_SYSTEM
from data.contracts.feeds import CONTRACTS
from data.errors import ConfigError
from data.model import MEMBER_SIDE, FeedKind
from data.sources.manifest import Manifest, Strict, Words, read_manifest, refuse_expired, told
from data.sources.pull_spec import HttpPull, SqlPull, Variable, as_tuple, refuse_secret
from data.sources.pulls.retention import destroy, destroy_expired
from data.words import tr

Area = Annotated[str, Field(pattern=r"^\d{2}(\d{4})?$")]


class SourceSpec(Strict):
    """One source: its kind, where it lies, and what is special about it. One of location, sql and http.

    location: patterns relative to the folder of `sources.toml`, or URLs of fsspec (sftp://, s3://, zip://...::...).
    options_env: option of the fsspec file system -> environment variable that holds it.
    area: a county (6 digits) or a province (2).
    code_system: the system whose codes the feed writes (`data.contracts.code_systems`), required for annual reports.
    columns: canonical column -> header as written (http: path in a record), where the synonyms do not know it.
    promises_one_row_per_person: the source lists each person once; default true for member rosters.
    shown_as: what messages and tables call the file, if not by its path; for one file that lies under another name.
    """

    kind: FeedKind
    location: Annotated[tuple[Words, ...], BeforeValidator(as_tuple)] = ()
    options_env: dict[Words, Variable] = Field(default={})
    sql: SqlPull | None = None
    http: HttpPull | None = None
    area: Area | None = None
    code_system: Words | None = None
    columns: dict[str, Words] = Field(default={})
    promises_one_row_per_person: bool | None = None
    shown_as: Words | None = None
    manifest: Manifest | None = None

    @property
    def is_remote(self) -> bool:
        """Whether `location` names URLs and not files beside `sources.toml`."""
        return any(is_url(place) for place in self.location)

    @property
    def is_pulled(self) -> bool:
        """Whether there are no files: a query or an endpoint."""
        return self.sql is not None or self.http is not None

    @property
    def is_one_row_per_person(self) -> bool:
        """Whether two rows of this source are two persons."""
        if self.promises_one_row_per_person is None:
            return self.kind is FeedKind.MEMBER_ROSTER
        return self.promises_one_row_per_person

    @field_validator("location")
    @classmethod
    def _all_here_or_there(cls, location: tuple[str, ...]) -> tuple[str, ...]:
        for part in (part for place in location if is_url(place) for part in place.split("::")):
            refuse_secret(part)
        if len({is_url(place) for place in location}) > 1:
            raise ValueError(
                tr("本地文件与网址不能混在一个来源里", "files here and URLs cannot be mixed in one source")
            )
        return location

    @model_validator(mode="after")
    def _one_place(self) -> SourceSpec:
        if sum((bool(self.location), self.sql is not None, self.http is not None)) != 1:
            raise ValueError(
                tr("location、sql、http 必须且只能写一个", "exactly one of location, sql and http is needed")
            )
        if self.options_env and not self.is_remote:
            raise ValueError(tr("options_env 只用于网址形式的 location", "options_env belongs to a location by URL"))
        return self

    @model_validator(mode="after")
    def _consistent(self) -> SourceSpec:
        known = CONTRACTS[self.kind].names()
        if strangers := sorted(set(self.columns) - set(known)):
            raise ValueError(
                tr(
                    f"columns 中没有这些字段：{', '.join(strangers)}；可用：{', '.join(known)}",
                    f"columns: no such field: {', '.join(strangers)}; known: {', '.join(known)}",
                )
            )
        if wrong := _wrong_code_system(self.kind, self.code_system):
            raise ValueError(wrong)
        if self.promises_one_row_per_person is not None and self.kind not in MEMBER_SIDE:
            raise ValueError(
                tr(
                    "promises_one_row_per_person 只用于 member_roster 和 claims",
                    "promises_one_row_per_person belongs to member_roster and claims only",
                )
            )
        return self


def is_url(place: str) -> bool:
    """Whether a location is a URL of fsspec and not a file beside `sources.toml`."""
    return "://" in place


def _wrong_code_system(kind: FeedKind, system: str | None) -> str | None:
    """What is wrong with the declared system of codes; None if nothing is."""
    known = CODE_SYSTEMS.get(kind, {})
    named = ", ".join(known)
    if system is None:
        if kind not in NEEDS_CODE_SYSTEM:
            return None
        return tr(f"{kind.value} 必须填写 code_system：{named}", f"{kind.value} needs a code_system: {named}")
    if not known:
        return tr(f"{kind.value} 不用 code_system", f"{kind.value} takes no code_system")
    if system in known:
        return None
    return tr(f"{kind.value} 的 code_system 可用：{named}", f"known code_system of {kind.value}: {named}")


class UploadsSpec(Strict):
    """Which kinds of files may be handed in, and by what right. Without it no upload is taken up."""

    kinds: Annotated[tuple[FeedKind, ...], Field(min_length=1)]
    manifest: Manifest | None = None


class _SourcesFile(Strict):
    area: Area
    as_of: date | None = None
    sources: Annotated[dict[str, SourceSpec], Field(min_length=1)]
    uploads: UploadsSpec | None = None


class SourcesSpec(_SourcesFile):
    """A whole `sources.toml`. base: its folder; sources: in the order of the file, area and manifest filled in."""

    base: Path


def load_sources(path: Path, today: date) -> SourcesSpec:
    """Read and check `sources.toml`. Raises ConfigError naming the key, ManifestRefused naming the source.

    What pulls kept beyond its retention date is destroyed here, whether or not the file still speaks of it.
    """
    destroy_expired(today)
    raw = _read_toml(path)
    shared = raw.pop("manifest", {})
    sources = raw.get("sources")
    if isinstance(sources, dict) and isinstance(shared, dict):
        for name, source in sources.items():
            if isinstance(source, dict):
                own = source.get("manifest", {})
                source["manifest"] = _manifest(name, {**shared, **own} if isinstance(own, dict) else own, today)
                source.setdefault("area", raw.get("area"))
    uploads = raw.get("uploads")
    if isinstance(uploads, dict) and isinstance(shared, dict):
        own = uploads.get("manifest", {})
        uploads["manifest"] = _manifest("uploads", {**shared, **own} if isinstance(own, dict) else own, today)
    try:
        file = _SourcesFile.model_validate(raw)
    except ValidationError as error:
        raise ConfigError(tr(f"{path.name} 有误：{told(error)}", f"{path.name}: {told(error)}")) from None
    return SourcesSpec(base=path.resolve().parent, **dict(file))


def _manifest(source: str, raw: object, today: date) -> Manifest:
    """The manifest of a source; past its date, what was kept of the source goes before the run is refused."""
    manifest = read_manifest(source, raw)
    if manifest.retention_on < today:
        destroy(source)
    refuse_expired(source, manifest, today)
    return manifest


def _read_toml(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise ConfigError(tr(f"找不到来源清单 {path}", f"no sources file {path}"))
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(tr(f"{path.name} 不是有效的 TOML：{error}", f"{path.name} is not TOML: {error}")) from None

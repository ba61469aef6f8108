"""Which sources does a run read, and by what right? `sources.toml` as frozen models; unknown keys are errors.

Every source needs a manifest (guard-rail 7): controller, purpose, legal basis, retention date, contact.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from data.contracts.feeds import CONTRACTS
from data.errors import ConfigError, ManifestRefused
from data.model import MEMBER_SIDE, FeedKind
from data.words import tr

Purpose = Literal["rectify_roster", "transfer_relation", "form_branch", "aggregate_statistics"]
CodeSystem = Literal["text", "zhejiang", "national"]
Area = Annotated[str, Field(pattern=r"^\d{2}(\d{4})?$")]
Words = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Manifest(_Strict):
    """By what right a source is read, and until when (PIPL articles 6, 7, 13, 17, 34)."""

    controller: Words
    purpose: Purpose
    legal_basis: Words
    retention_on: date
    contact: Words


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


class SourceSpec(_Strict):
    """One source: its kind, where its files lie, and what is special about them.

    location: patterns relative to the folder of `sources.toml`. area: a county (6 digits) or a province (2).
    code_system: of the party block in annual reports, required there and refused elsewhere.
    columns: canonical column -> header as written, where the synonyms do not know it.
    promises_one_row_per_person: the source lists each person once; default true for member rosters.
    """

    kind: FeedKind
    location: Annotated[tuple[Words, ...], BeforeValidator(_as_list), Field(min_length=1)]
    area: Area | None = None
    code_system: CodeSystem | None = None
    columns: dict[str, Words] = {}
    promises_one_row_per_person: bool | None = None
    manifest: Manifest | None = None

    @property
    def is_one_row_per_person(self) -> bool:
        """Whether two rows of this source are two persons."""
        if self.promises_one_row_per_person is None:
            return self.kind is FeedKind.MEMBER_ROSTER
        return self.promises_one_row_per_person

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
        if (self.kind is FeedKind.ANNUAL_REPORTS) != (self.code_system is not None):
            raise ValueError(
                tr(
                    "code_system 只用于 annual_reports，且必须填写（text、zhejiang 或 national）",
                    "code_system belongs to annual_reports and is required there (text, zhejiang or national)",
                )
            )
        if self.promises_one_row_per_person is not None and self.kind not in MEMBER_SIDE:
            raise ValueError(
                tr(
                    "promises_one_row_per_person 只用于 member_roster 和 claims",
                    "promises_one_row_per_person belongs to member_roster and claims only",
                )
            )
        return self


class _SourcesFile(_Strict):
    area: Area
    as_of: date | None = None
    sources: Annotated[dict[str, SourceSpec], Field(min_length=1)]


class SourcesSpec(_SourcesFile):
    """A whole `sources.toml`. base: its folder; sources: in the order of the file, area and manifest filled in."""

    base: Path


def load_sources(path: Path, today: date) -> SourcesSpec:
    """Read and check `sources.toml`. Raises ConfigError naming the key, ManifestRefused naming the source."""
    raw = _read_toml(path)
    shared = raw.pop("manifest", {})
    sources = raw.get("sources")
    if isinstance(sources, dict) and isinstance(shared, dict):
        for name, source in sources.items():
            if isinstance(source, dict):
                own = source.get("manifest", {})
                source["manifest"] = _manifest(name, {**shared, **own} if isinstance(own, dict) else own, today)
                source.setdefault("area", raw.get("area"))
    try:
        file = _SourcesFile.model_validate(raw)
    except ValidationError as error:
        raise ConfigError(tr(f"{path.name} 有误：{_told(error)}", f"{path.name}: {_told(error)}")) from None
    return SourcesSpec(base=path.resolve().parent, area=file.area, as_of=file.as_of, sources=file.sources)


def _read_toml(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise ConfigError(tr(f"找不到来源清单 {path}", f"no sources file {path}"))
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(tr(f"{path.name} 不是有效的 TOML：{error}", f"{path.name} is not TOML: {error}")) from None


def _manifest(source: str, raw: object, today: date) -> Manifest:
    try:
        manifest = Manifest.model_validate(raw)
    except ValidationError as error:
        raise ManifestRefused(source, _told(error)) from None
    if manifest.retention_on < today:
        raise ManifestRefused(
            source,
            tr(
                f"保存期限 {manifest.retention_on} 已过，数据不得再用；请延长授权或删除该来源",
                f"retention date {manifest.retention_on} has passed; renew the mandate or remove the source",
            ),
        )
    return manifest


def _told(error: ValidationError) -> str:
    """Pydantic's errors as `key: what is wrong`, without the values."""
    return "；".join(
        f"{'.'.join(map(str, item['loc']))}: {_words(item['type'], item['msg'])}" for item in error.errors()
    )


def _words(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return tr("没有这个键", "unknown key")
    if kind == "missing":
        return tr("缺少", "missing")
    return message.removeprefix("Value error, ")

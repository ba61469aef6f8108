"""By what right is a source read, and until when? The manifest of every source (guard-rail 7), and how models speak.

PIPL articles 6, 7, 13, 17, 34: controller, purpose, legal basis, retention date, contact.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from data.errors import ManifestRefused
from data.words import tr

Purpose = Literal["rectify_roster", "transfer_relation", "form_branch", "aggregate_statistics"]
Words = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """A model of `sources.toml`: unknown keys are errors, nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Manifest(Strict):
    """By what right a source is read. retention_on: the last day on which its data may be used."""

    controller: Words
    purpose: Purpose
    legal_basis: Words
    retention_on: date
    contact: Words


def read_manifest(source: str, raw: object) -> Manifest:
    """The manifest of a source. Raises ManifestRefused naming source and key."""
    try:
        return Manifest.model_validate(raw)
    except ValidationError as error:
        raise ManifestRefused(source, told(error)) from None


def refuse_expired(source: str, manifest: Manifest | None, today: date) -> None:
    """Raise ManifestRefused for a source without a manifest or past its retention date."""
    if manifest is None:
        raise ManifestRefused(source, tr("没有数据清单 manifest", "there is no manifest"))
    if manifest.retention_on < today:
        raise ManifestRefused(
            source,
            tr(
                f"保存期限 {manifest.retention_on} 已过，数据不得再用；请延长授权或删除该来源",
                f"retention date {manifest.retention_on} has passed; renew the mandate or remove the source",
            ),
        )


def told(error: ValidationError) -> str:
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

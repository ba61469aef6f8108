"""Which rule set is in force on a day? Read from TOML beside this file, validated; unknown keys are refused.

`sets.toml` dates the sets; in the other files each threshold lists what it was worth since which set.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from data.errors import ConfigError
from data.words import tr
from rules.params.anomalies import Anomalies, Contact, Evidence
from rules.params.classes import Abroad, Floating, Lost, Normal, Pocket, Retention
from rules.params.entries import Admission, Employer
from rules.params.forming import Forming
from rules.params.membership import Membership, Suspension
from rules.params.sizes import Sizes
from rules.params.threshold import Section
from rules.params.transfers import Transfer

_FOLDER = Path(__file__).parent
_SETS = "sets.toml"
#: Every file of thresholds; a new one is one line here and one field a group in `Params`.
_FILES = (
    "classes.toml",
    "entries.toml",
    "forming.toml",
    "sizes.toml",
    "transfers.toml",
    "membership.toml",
    "anomalies.toml",
)


class RuleSet(Section):
    """A rule set as `sets.toml` dates it. since: first day in force; since_basis: how well that day is known."""

    code: str = Field(pattern=r"RS-\d{4}")
    since: date
    since_basis: str = Field(min_length=1)
    citation: str = Field(min_length=1)


class Params(RuleSet):
    """One rule set with every threshold as it stands while the set is in force."""

    floating: Floating
    lost: Lost | None = None
    pocket: Pocket
    normal: Normal
    retention: Retention | None = None
    abroad: Abroad | None = None
    admission: Admission
    employer: Employer
    forming: Forming
    sizes: Sizes | None = None
    transfer: Transfer
    membership: Membership
    suspension: Suspension | None = None
    anomalies: Anomalies
    evidence: Evidence
    contact: Contact

    @property
    def digest(self) -> str:
        """Hex digest of every number and word of the set; equal sets have equal digests."""
        return hashlib.blake2b(self.model_dump_json().encode(), digest_size=8).hexdigest()


class _Sets(Section):
    rule_sets: tuple[RuleSet, ...] = Field(min_length=1)


def rule_sets(folder: Path | None = None) -> tuple[Params, ...]:
    """All rule sets, oldest first. Raises ConfigError naming the file or key that is wrong."""
    return _shipped() if folder is None else _read_all(folder)


def load_params(as_of: date, folder: Path | None = None) -> Params:
    """The rule set in force on `as_of`. Raises ConfigError when none was."""
    in_force = [one for one in rule_sets(folder) if one.since <= as_of]
    if not in_force:
        raise ConfigError(tr(f"{as_of} 之前没有规则集", f"no rule set was in force on {as_of}"))
    return in_force[-1]


@lru_cache(maxsize=1)
def _shipped() -> tuple[Params, ...]:
    return _read_all(_FOLDER)


def _read_all(folder: Path) -> tuple[Params, ...]:
    try:
        sets = sorted(_Sets.model_validate(_toml(folder / _SETS)).rule_sets, key=lambda one: one.since)
    except ValidationError as error:
        raise _refused(_SETS, error) from error
    codes = [one.code for one in sets]
    if codes != sorted(set(codes)):
        raise ConfigError(
            tr(f"{_SETS}：规则集代号重复或与日期不同序", f"{_SETS}: codes repeat or contradict the dates")
        )
    groups: dict[str, Any] = {}
    for file in _FILES:
        read = _toml(folder / file)
        if twice := sorted(groups.keys() & read.keys()):
            raise ConfigError(tr(f"{file}：{twice} 已在别的文件里", f"{file}: {twice} stand in another file too"))
        groups |= read
    return tuple(_resolved(one, groups, codes[: n + 1], codes) for n, one in enumerate(sets))


def _resolved(one: RuleSet, groups: Mapping[str, Any], so_far: Sequence[str], codes: Sequence[str]) -> Params:
    """The set with the latest version of every threshold that had begun."""
    try:
        return Params.model_validate({**one.model_dump(), **_in_force(groups, so_far, codes, "")})
    except ValidationError as error:
        raise _refused(one.code, error) from error


def _in_force(groups: Mapping[str, Any], so_far: Sequence[str], codes: Sequence[str], place: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, item in groups.items():
        if isinstance(item, Mapping):
            # A group of which nothing has begun is not there at all.
            if below := _in_force(item, so_far, codes, f"{place}{name}."):
                found[name] = below
        elif isinstance(item, list) and all(isinstance(version, Mapping) for version in item):
            begun = _versions(item, f"{place}{name}", codes)
            if version := [entry for code, entry in begun if code in so_far][-1:]:
                found[name] = version[0]
        else:
            found[name] = item  # no list of versions: refused by the model, which names the key
    return found


def _versions(entries: Sequence[Mapping[str, Any]], name: str, codes: Sequence[str]) -> list[tuple[str, Any]]:
    """The versions of one threshold by the set that brought them; each set once, oldest first."""
    since = [str(entry.get("since")) for entry in entries]
    if since != sorted(set(since)) or not set(since) <= set(codes):
        raise ConfigError(
            tr(
                f"{name}：since 须是已有的规则集，从早到晚，不得重复：{since}",
                f"{name}: since must name known rule sets, oldest first, each once: {since}",
            )
        )
    return list(zip(since, entries, strict=True))


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            tr(f"{path.name}：不是有效的 TOML：{error}", f"{path.name}: not valid TOML: {error}")
        ) from error


def _refused(where: str, error: ValidationError) -> ConfigError:
    wrong = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
    return ConfigError(tr(f"{where}：{wrong}", f"{where}: {wrong}"))

"""Which code, model, rules and inputs made a result? Digests that decide whether two runs must be equal."""

from __future__ import annotations

import glob
import hashlib
import os
import time
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pandas as pd

import data
import flows
import matching
import reports
import rules
from data.digests import spelled
from data.sources.spec import SourceSpec, SourcesSpec

_PACKAGES = (data, flows, matching, reports, rules)
_SUFFIXES = (".py", ".toml", ".csv")
_CHUNK_BYTES = 1 << 20
#: Longer than the clock of any file system needs to tell two moments apart.
_JUST_NOW_NS = 2_000_000_000


@lru_cache(maxsize=1)
def code_version() -> str:
    """The version of the package and a digest of the files that decide a run's result."""
    roots = [Path(str(package.__file__)).parent for package in _PACKAGES]
    files = sorted(path for root in roots for path in root.rglob("*") if path.suffix in _SUFFIXES)
    return f"{version('longlou')}+{_digest(path.read_bytes() for path in files)[:12]}"


def source_digests(spec: SourcesSpec, elsewhere: Mapping[str, str]) -> dict[str, str]:
    """Digest of the bytes of every source's files, in no order; elsewhere: the digests of what lies elsewhere."""
    digests = {}
    for name, source in spec.sources.items():
        if source.is_pulled or source.is_remote:
            digests[name] = elsewhere[name][:16]
            continue
        digests[name] = file_digest(source, spec.base)
    return digests


def file_digest(source: SourceSpec, base: Path) -> str:
    """Digest of the bytes of a source's files at hand, in no order."""
    places = {place for pattern in source.location for place in glob.glob(pattern, root_dir=base, recursive=True)}
    contents = sorted(digests_at_hand(base / place).framed for place in places if (base / place).is_file())
    return _digest(content.encode() for content in contents)[:16]


class Digests(NamedTuple):
    """Of one file: SHA-256 of its bytes as data.digests.digest_of gives it; framed: of their number and the bytes."""

    plain: str
    framed: str


def digests_at_hand(path: Path) -> Digests:
    """Of a source's file; one that is as it was is not read a second time by this process.

    A file written a moment ago is read again each time: another change might leave its size and times as they are.
    """
    told = path.stat()
    if time.time_ns() - max(told.st_mtime_ns, told.st_ctime_ns) < _JUST_NOW_NS:
        return _read(path)
    return _read_once(path, (told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns))


@lru_cache(maxsize=10_000)
def _read_once(path: Path, as_it_was: tuple[int, ...]) -> Digests:
    return _read(path)


def _read(path: Path) -> Digests:
    plain, framed = hashlib.sha256(), hashlib.sha256()
    with path.open("rb") as file:
        n_bytes = os.fstat(file.fileno()).st_size
        framed.update(n_bytes.to_bytes(8, "big"))
        while chunk := file.read(_CHUNK_BYTES):
            plain.update(chunk)
            framed.update(chunk)
    return Digests(spelled(plain.hexdigest()), spelled(framed.hexdigest()))


def fingerprint(spec: SourcesSpec, *parts: str | pd.DataFrame) -> str:
    """Digest of all that decides a result: two runs with the same fingerprint give the same files."""
    declared = spec.model_dump_json(exclude={"base"})
    texts = [part.to_csv(index=False) if isinstance(part, pd.DataFrame) else part for part in parts]
    return _digest(text.encode() for text in (declared, *texts))[:24]


def _digest(chunks: Iterable[bytes]) -> str:
    whole = hashlib.sha256()
    for chunk in chunks:
        whole.update(len(chunk).to_bytes(8, "big") + chunk)
    return spelled(whole.hexdigest())

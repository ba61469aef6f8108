"""Every night kept as it was: its files and its tables by digest of their content, equal ones only once.

`ARCHIVE/blobs/ab/abcd...` (zstd) and one manifest a run under `ARCHIVE/runs`; the digest of the manifest stands in the
row of the run, so that nobody changes an old night unseen. Masked and keyed values only, readable by the owner alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock

from data.digests import spelled
from data.errors import ConfigError, LonglouError
from data.settings import Settings
from data.store.types import canonical_json
from data.values.columns import none_for_null
from data.words import tr

_CHUNK = 1 << 20
_DIGEST = re.compile(r"[0-9a-p]{64}")
#: In the metadata of a table: columns of JSON values, kept as canonical text, and object columns that are no texts.
_JSON, _OBJECTS = b"json", b"objects"
_RUN_ID = re.compile(r"[0-9A-Za-z-]+")


class ArchiveDamaged(LonglouError):
    """What lies in the archive is not what was put there, or it is gone."""

    def __init__(self, run_id: str) -> None:
        super().__init__(tr(f"运行 {run_id} 的存档缺失或已损坏", f"the archive of run {run_id} is missing or damaged"))


@dataclass(frozen=True)
class Manifest:
    """One archived night. files, tables: name -> digest. notes: JSON the flow needs again (fingerprint, folder).

    tables: those of the store (`store/...`) and what the run knew when it began (`known/...`).
    """

    run_id: str
    area: str
    files: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, Any] = field(default_factory=dict)

    def digests(self) -> frozenset[str]:
        """Every blob it needs."""
        return frozenset({*self.files.values(), *self.tables.values()})


@dataclass(frozen=True)
class Archive:
    """The archive of an installation."""

    folder: Path

    @classmethod
    def of(cls, settings: Settings) -> Archive:
        """The one under `var_dir`."""
        return cls(settings.var_dir.resolve() / "archive")

    def put_table(self, frame: pd.DataFrame) -> str:
        """Keep a table as Parquet; its digest."""
        sink = pa.BufferOutputStream()
        pq.write_table(_packed(frame), sink, compression="none")
        return self._put(sink.getvalue())

    def put_file(self, path: Path) -> str:
        """Keep a file; its digest."""
        with pa.memory_map(str(path)) as file:
            return self._put(file.read_buffer())

    def table(self, manifest: Manifest, name: str) -> pd.DataFrame:
        """A table as it was put in; null is None. Raises ArchiveDamaged."""
        return _unpacked(self.columns(manifest, name))

    def columns(self, manifest: Manifest, name: str) -> pa.Table:
        """The same as Arrow has it, without a Python object a value. Raises ArchiveDamaged."""
        return pq.read_table(pa.BufferReader(b"".join(self._chunks(manifest.run_id, manifest.tables[name]))))

    def tables(self, manifest: Manifest, prefix: str) -> dict[str, pd.DataFrame]:
        """The tables whose names begin so, by the rest of their names."""
        names = sorted(name for name in manifest.tables if name.startswith(prefix))
        return {name.removeprefix(prefix): self.table(manifest, name) for name in names}

    def restore(self, manifest: Manifest, folder: Path) -> list[Path]:
        """Write the night's files into the folder, byte for byte; their paths. Raises ArchiveDamaged."""
        paths = []
        for name, digest in sorted(manifest.files.items()):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                for chunk in self._chunks(manifest.run_id, digest):
                    file.write(chunk)
            paths.append(path)
        return paths

    def write(self, manifest: Manifest) -> str:
        """Put the manifest in place; its digest, for the row of the run."""
        data = (canonical_json(asdict(manifest)) + "\n").encode()
        with self._draft() as file:
            file.write(data)
            draft = Path(file.name)
        digest = spelled(hashlib.sha256(data).hexdigest())
        target = self._path_of(manifest.run_id, digest)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.replace(target)
        return digest

    def manifest(self, run_id: str, digest: str | None) -> Manifest:
        """The manifest whose digest the run's row bears. Raises ConfigError without one, ArchiveDamaged."""
        if digest is None:
            raise ConfigError(tr(f"运行 {run_id} 没有存档", f"run {run_id} was not archived"))
        try:
            data = self._path_of(run_id, digest).read_bytes()
        except FileNotFoundError:
            raise ArchiveDamaged(run_id) from None
        if spelled(hashlib.sha256(data).hexdigest()) != spelled(digest):
            raise ArchiveDamaged(run_id)
        return Manifest(**json.loads(data))

    def run_ids(self) -> list[str]:
        """The runs that have a manifest, sorted."""
        return sorted({path.name.partition(".")[0] for path in self._manifests()})

    def forget(self, run_id: str) -> None:
        """Away with the manifests of a run; `sweep` takes what nobody needs any more."""
        for path in self._manifests(_checked(run_id)):
            path.unlink()

    def sweep(self) -> dict[str, int]:
        """Remove blobs that no manifest names, and drafts of writers that died; digest -> bytes of what went."""
        with self.writing():
            for draft in (self.folder / "drafts").glob("*"):
                draft.unlink()
            needed = {digest for path in self._manifests() for digest in _named(path)}
            gone = {}
            for path in sorted((self.folder / "blobs").glob("*/*")):
                if path.name not in needed:
                    gone[path.name] = path.stat().st_size
                    path.unlink()
        return gone

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the archive while a night is put in or swept: a sweep must not take what has no manifest yet."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(self.folder / "archive.lock"):
            yield

    def _manifests(self, run_id: str = "*") -> list[Path]:
        return sorted((self.folder / "runs").glob(f"{run_id}.*.json"))

    def _path_of(self, run_id: str, digest: str) -> Path:
        # By digest: what a transaction that fails after all had written beside does not spoil what the row names.
        return self.folder / "runs" / f"{_checked(run_id)}.{digest[:16]}.json"

    def _put(self, content: pa.Buffer) -> str:
        """Keep it, unless it is there already: what is the same as last night costs its digest and nothing else."""
        digest = spelled(hashlib.sha256(content).hexdigest())
        target = self._blob(digest)
        if target.exists():
            return digest
        with self._draft() as file:
            with pa.CompressedOutputStream(pa.OSFile(file.name, mode="w"), "zstd") as packed:
                packed.write(content)
            draft = Path(file.name)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.replace(target)
        return digest

    @contextmanager
    def _draft(self) -> Iterator[Any]:
        """A file that nobody takes for whole; gone again when writing it failed."""
        drafts = self.folder / "drafts"
        drafts.mkdir(parents=True, exist_ok=True, mode=0o700)
        with NamedTemporaryFile(dir=drafts, delete=False) as file:
            try:
                yield file
                file.close()
                with open(file.name, "rb") as written:
                    os.fsync(written.fileno())
            except BaseException:
                with suppress(FileNotFoundError):
                    Path(file.name).unlink()
                raise

    def _chunks(self, run_id: str, digest: str) -> Iterator[bytes]:
        """The content of a blob; raises at its end when it is not what its name says."""
        whole = hashlib.sha256()
        try:
            with pa.CompressedInputStream(pa.OSFile(str(self._blob(digest))), "zstd") as packed:
                while chunk := packed.read(_CHUNK):
                    whole.update(chunk)
                    yield chunk
        except (OSError, pa.ArrowInvalid):
            raise ArchiveDamaged(run_id) from None
        if spelled(whole.hexdigest()) != spelled(digest):
            raise ArchiveDamaged(run_id)

    def _blob(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise ArchiveDamaged("?")
        return self.folder / "blobs" / digest[:2] / digest


def _checked(run_id: str) -> str:
    if not _RUN_ID.fullmatch(run_id):
        raise ConfigError(tr("运行编号格式不对", "this cannot be the id of a run"))
    return run_id


def _named(path: Path) -> frozenset[str]:
    # Whatever looks like a digest keeps its blob: a damaged manifest is no reason to remove anything.
    return frozenset(_DIGEST.findall(path.read_text(encoding="utf-8", errors="replace")))


def _packed(frame: pd.DataFrame) -> pa.Table:
    named = frame.set_axis([str(name) for name in frame.columns], axis=1)
    objects = [str(name) for name, column in named.items() if column.dtype == object]
    nested = [name for name in objects if _holds_json(named[name])]
    flat = named.assign(**{name: named[name].map(canonical_json, na_action="ignore") for name in nested})
    table = pa.Table.from_pandas(flat, preserve_index=False)
    notes = {_JSON: json.dumps(nested).encode(), _OBJECTS: json.dumps(objects).encode()}
    return table.replace_schema_metadata({**(table.schema.metadata or {}), **notes})


def _holds_json(column: pd.Series) -> bool:
    """Are there values among them that are no texts? Nearly every column is told by pandas at once."""
    if pd.api.types.infer_dtype(column, skipna=True) in ("string", "empty"):
        return False
    return bool(column.map(lambda value: isinstance(value, dict | list)).any())


def _unpacked(table: pa.Table) -> pd.DataFrame:
    notes = table.schema.metadata
    frame: pd.DataFrame = table.to_pandas()
    nested = json.loads(notes[_JSON])
    for name in json.loads(notes[_OBJECTS]):
        column = frame[name].astype(object)
        values = column.map(json.loads, na_action="ignore") if name in nested else column
        frame[name] = none_for_null(values)
    return frame

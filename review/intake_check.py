"""What is right and wrong in a file? Asked of `longlou intake check` in a process of its own, with limits.

Whatever a file does to its reader, the desk goes on: the process has so much time and memory and no more.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data.settings import Settings
from data.store.uploads import Upload, answer_folder, file_of
from data.words import language, tr

_MB = 1024 * 1024
#: Exit codes that come with a document: done, and refused by a contract.
_TOLD = (0, 3)


def check_upload(settings: Settings, upload: Upload) -> dict[str, Any]:
    """The JSON document of `longlou intake check` (docs/intake.md); `refused` says so when there is no answer at all.

    The workbook 问题清单, if there is one, lies in the upload's answer folder.
    """
    out = answer_folder(settings.uploads_dir.resolve(), upload.upload_id)
    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in out.iterdir():
        old.unlink()
    try:
        code, said = _run(settings, _command(settings, upload, out))
    except subprocess.TimeoutExpired:
        return _no_answer(tr("检查超时，文件过大或结构异常", "the check took too long: too large or odd a file"))
    try:
        document: dict[str, Any] = json.loads(said)
    except ValueError:
        document = {}
    if code not in _TOLD or "n_read" not in document:
        return _no_answer(tr("文件读不出来，或超出了内存限制", "the file cannot be read, or takes too much memory"))
    # The file lies here under a random name; its owner knows it by another.
    return {**document, "file": upload.file_name, "workbook": _workbook_name(out)}


def workbook_of(settings: Settings, upload_id: str) -> Path | None:
    """The workbook with the list of problems; null when there are none."""
    folder = answer_folder(settings.uploads_dir.resolve(), upload_id)
    name = _workbook_name(folder) if folder.is_dir() else None
    return None if name is None else folder / name


def _command(settings: Settings, upload: Upload, out: Path) -> list[str]:
    file = file_of(settings.uploads_dir.resolve(), upload.upload_id)
    command = [sys.executable, "-m", "longlou", "intake", "check", str(file), "--source", upload.kind.value]
    command += ["--area", upload.area, "--out", str(out), "--json"]
    if upload.columns:
        command += ["--columns", *(f"{name}={header}" for name, header in sorted(upload.columns.items()))]
    if upload.code_system:
        command += ["--code-system", upload.code_system]
    return command


def _run(settings: Settings, command: list[str]) -> tuple[int, bytes]:
    """Exit code and standard output. Raises TimeoutExpired, with the process gone."""
    limit = settings.check_memory_mb * _MB
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(settings)
    ) as process:
        # RLIMIT_DATA and not RLIMIT_AS: libraries reserve far more addresses than they ever use.
        resource.prlimit(process.pid, resource.RLIMIT_DATA, (limit, limit))
        try:
            said, _ = process.communicate(timeout=settings.check_seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        return process.returncode, said


def _environment(settings: Settings) -> Mapping[str, str]:
    return {**os.environ, "LONGLOU_VAR_DIR": str(settings.var_dir.resolve()), "LONGLOU_LANGUAGE": language()}


def _workbook_name(folder: Path) -> str | None:
    return next((path.name for path in sorted(folder.iterdir()) if path.suffix == ".xlsx"), None)


def _no_answer(message: str) -> dict[str, Any]:
    refused = {"code": "", "message": message, "where": "", "suggested_source": None}
    return {"n_read": 0, "n_problems": 0, "problems": [], "mapping": [], "reasons": [], "refused": refused}

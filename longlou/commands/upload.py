"""`longlou upload`: hands a file in; the contract answers at once, the run that takes it up starts by itself."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from data.errors import ConfigError, InputRefused
from data.model import FeedKind
from data.store.session import open_store
from data.store.transitions import UploadState
from data.words import tr
from longlou.terminal import Terminal


def upload(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="要上传的文件。 The file.")],
    source: Annotated[FeedKind, typer.Option("--source", help="来源种类。 Kind of source.")],
    area: Annotated[str, typer.Option("--area", help="区划代码。 Division code.")],
    book: Annotated[str | None, typer.Option("--book", help="归哪个账册，默认同区划。 Book, else the area.")] = None,
    code_system: Annotated[str | None, typer.Option("--code-system", help="年报代码体系。 For annual_reports.")] = None,
    by: Annotated[str | None, typer.Option("--by", help="上传人。 Who hands it in.")] = None,
    json: Annotated[bool, typer.Option("--json", help="标准输出一份 JSON。 One JSON document on stdout.")] = False,
) -> None:
    """上传一个文件：立即检查，合格后下一次核对采用。 Hands a file in; the next run uses it."""
    from flows.triggers import trigger
    from review.uploads import accept_upload, check, take_in

    terminal: Terminal = context.obj
    if not file.is_file():
        raise ConfigError(tr(f"找不到文件 {file}", f"no file {file}"))
    who = by or f"os:{getpass.getuser()}"
    with open_store(terminal.settings.database) as store, file.open("rb") as content:
        taken = take_in(
            store,
            terminal.settings,
            content,
            file.name,
            book=book or area,
            area=area,
            kind=source,
            by=who,
            code_system=code_system,
        )
        found = taken.upload
        if found.state is UploadState.RECEIVED:
            found = check(store, terminal.settings, found)
        if found.state is UploadState.CHECKED:
            found = accept_upload(store, found, who)
        run = (
            None
            if taken.is_known or found.state is not UploadState.ACCEPTED
            else trigger(terminal.settings, found.digest)
        )
    answer = found.answer or {}
    if json:
        told = {"upload_id": found.upload_id, "state": found.state, "is_known": taken.is_known, "run": run}
        terminal.document({**told, "n_read": answer.get("n_read"), "n_accepted": answer.get("n_accepted")})
    elif taken.is_known:
        terminal.say(
            tr(f"同一文件此前已上传（{found.uploaded_at:%Y-%m-%d}），不重复采用", "the same file was handed in before")
        )
    elif found.state is UploadState.ACCEPTED:
        n_read, n_accepted = answer.get("n_read", 0), answer.get("n_accepted", 0)
        terminal.say(tr(f"已接收：{n_read:,} 行中 {n_accepted:,} 行可用", f"taken: {n_accepted:,} of {n_read:,} rows"))
        later = tr("下一次核对时采用", "the next run uses it")
        terminal.say(later if run is None else tr("核对即将开始", "a run begins shortly"))
    if found.state is UploadState.REFUSED:
        raise InputRefused(found.problem or "")

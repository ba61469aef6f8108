"""`longlou backup` and `longlou restore`: the whole installation into a folder, and back into an empty one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from data.errors import ConfigError
from data.store.backup import make_backup, read_size, remove_old
from data.store.restore import restore as restore_backup
from data.words import tr
from flows.guard import shielded
from longlou.commands.runs import By, Json, operator
from longlou.terminal import Terminal

Keys = Annotated[
    Path | None,
    typer.Option("--keys", help="密钥的文件夹，不能和备份放在一起。 Folder of the keys, apart from the data."),
]


def backup(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help="备份文件夹，默认 backup_dir。 Where; else backup_dir.")] = None,
    keys: Keys = None,
    keep: Annotated[int | None, typer.Option("--keep", min=1, help="保留最近几份。 How many backups stay.")] = None,
    by: By = "",
    json: Json = False,
) -> None:
    """备份数据库、上传的文件、存档和模型；密钥另放。 Backs up database, files, archive and models; keys apart."""
    terminal: Terminal = context.obj
    settings = terminal.settings
    where = folder or settings.backup_dir
    if where is None:
        raise ConfigError(tr("请写备份文件夹，或设 backup_dir", "name a folder, or set backup_dir"))
    apart = keys or settings.backup_keys_dir
    with shielded():
        made = make_backup(settings, where, apart, operator(by))
        gone = remove_old(where, keep) if keep is not None else []
        size = read_size(made)
    if json:
        told = {"backup": str(made), "keys": None if apart is None else str(apart / made.name)}
        terminal.document({**told, "n_files": size.n_files, "n_bytes": size.n_bytes, "removed": gone})
        return
    mb = size.n_bytes / 2**20
    terminal.say(
        tr(f"已备份到 {made}（{size.n_files:,} 个文件，{mb:,.1f} MB）", f"{made}: {size.n_files:,} files, {mb:,.1f} MB")
    )
    if apart is None:
        terminal.say(
            tr(
                "密钥没有备份：没有密钥，加密的号码无法恢复，请用 --keys 另存一处",
                "the keys were not copied: without them encrypted numbers are lost; see --keys",
            )
        )


def restore(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="一份备份。 One backup.", exists=True, file_okay=False)],
    keys: Keys = None,
    by: By = "",
    json: Json = False,
) -> None:
    """把备份恢复到空的数据库和空的 var_dir。 Restores a backup into an empty database and an empty var_dir."""
    terminal: Terminal = context.obj
    with shielded():
        found = restore_backup(terminal.settings, folder, keys, operator(by))
    if json:
        terminal.document(vars(found))
        return
    terminal.say(
        tr(
            f"已恢复 {found.n_files:,} 个文件，审计链 {found.n_audit:,} 行完整，数据库 {found.was_at} → {found.is_at}",
            f"{found.n_files:,} files, audit chain whole ({found.n_audit:,} rows), {found.was_at} -> {found.is_at}",
        )
    )

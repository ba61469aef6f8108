"""`longlou user add|list|lock|unlock|reset`: who may log in to the review desk. The first user is made here."""

from __future__ import annotations

import getpass
import secrets
import sys
from typing import Annotated

import typer

from data.errors import ConfigError
from data.store.session import open_store
from data.store.users import Role, add_user, list_users, set_locked, set_password
from data.words import tr
from longlou.terminal import Terminal

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)

#: Twelve random bytes: 16 characters.
_N_BYTES = 12

Name = Annotated[str, typer.Argument(help="用户名。 User name.")]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="从标准输入读密码。 Read the password from stdin.")]


@app.command("add")
def add(
    context: typer.Context,
    username: Name,
    role: Annotated[list[Role], typer.Option(help="角色，可重复。 Role; repeatable.")],
    area: Annotated[list[str], typer.Option(help="区划代码，可重复。 Code of an area; repeatable.")],
    name: Annotated[str, typer.Option(help="显示的姓名。 Name shown.")] = "",
    password_stdin: FromStdin = False,
) -> None:
    """新建用户；不给密码时自动生成并只显示一次。 Makes a user; a generated password is shown once."""
    terminal: Terminal = context.obj
    password = _password(password_stdin)
    chosen = password or secrets.token_urlsafe(_N_BYTES)
    with open_store(terminal.settings.database) as store:
        user = add_user(store, username, name, role, area, chosen, _operator())
    terminal.say(tr(f"已建立用户 {user.username}", f"user {user.username} was made"))
    _tell(password, chosen)


@app.command("list")
def show(
    context: typer.Context, json: Annotated[bool, typer.Option("--json", help="输出 JSON。 JSON.")] = False
) -> None:
    """列出用户。 Lists the users."""
    terminal: Terminal = context.obj
    with open_store(terminal.settings.database) as store:
        users = list_users(store)
    if json:
        rows = [
            {
                "username": user.username,
                "name": user.display_name,
                "roles": sorted(user.roles),
                "areas": list(user.scope.areas),
                "is_locked": user.is_locked,
            }
            for user in users
        ]
        terminal.document({"users": rows})
        return
    header = tr("用户名 姓名 角色 范围 状态", "user name roles areas state").split()
    states = {True: tr("已停用", "locked"), False: tr("正常", "active")}
    shown = [
        (u.username, u.display_name, " ".join(sorted(u.roles)), " ".join(u.scope.areas), states[u.is_locked])
        for u in users
    ]
    terminal.table(tr("用户", "users"), header, shown)


@app.command("lock")
def lock(context: typer.Context, username: Name) -> None:
    """停用用户并结束其会话。 Locks a user out and ends the sessions."""
    _set_locked(context, username, is_locked=True)


@app.command("unlock")
def unlock(context: typer.Context, username: Name) -> None:
    """重新启用用户。 Lets a user in again."""
    _set_locked(context, username, is_locked=False)


@app.command("reset")
def reset(context: typer.Context, username: Name, password_stdin: FromStdin = False) -> None:
    """重设密码，下次登录须修改。 Sets a new password, to be changed at the next login."""
    terminal: Terminal = context.obj
    password = _password(password_stdin)
    chosen = password or secrets.token_urlsafe(_N_BYTES)
    with open_store(terminal.settings.database) as store:
        set_password(store, username, chosen, _operator(), must_change=True)
    terminal.say(tr(f"已重设 {username} 的密码", f"password of {username} was reset"))
    _tell(password, chosen)


def _set_locked(context: typer.Context, username: str, *, is_locked: bool) -> None:
    terminal: Terminal = context.obj
    with open_store(terminal.settings.database) as store:
        set_locked(store, username, is_locked, _operator())
    done = tr("已停用", "locked") if is_locked else tr("已启用", "unlocked")
    terminal.say(tr(f"{done}用户 {username}", f"user {username}: {done}"))


def _password(from_stdin: bool) -> str | None:
    """The password of the first line of stdin; None when one is to be made."""
    if not from_stdin:
        return None
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise ConfigError(tr("标准输入里没有密码", "no password on stdin"))
    return line


def _tell(given: str | None, chosen: str) -> None:
    """A password that we made is shown, whatever `--quiet` says: nobody could log in otherwise."""
    if given is None:
        typer.echo(tr(f"初始密码（只显示这一次）：{chosen}", f"first password, shown only now: {chosen}"))


def _operator() -> str:
    """Who stands in the audit: the account of the server's user."""
    return f"os:{getpass.getuser()}"

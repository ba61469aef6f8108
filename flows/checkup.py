"""Is this installation fit for tonight? One list of checks; each says what it found and what to do about it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement
from sqlalchemy import make_url, text

from data.errors import LonglouError
from data.settings import Settings
from data.store import migrate
from data.store.ciphers import CannotDecrypt, seal, unseal
from data.store.sealed import count_by_key, keyring_of, open_sample
from data.store.session import open_store
from data.store.users import Role, list_users
from data.words import tr
from flows.checkup_service import SERVICE_CHECKS
from flows.found import Found, Health
from flows.trial import trial

#: A province's night writes some two gigabytes aside before it is published.
_FREE_MB = 4_096
_NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs"})
_CLOCK_SECONDS = 120
_CANARY = "longlou canary"


Check = Callable[[Settings], Found]


def check_up(settings: Settings, *, is_full: bool = False) -> list[Found]:
    """Every check in order; one that fails in a way nobody foresaw is told as bad, the others go on.

    is_full: a small county is reconciled too, in a folder of its own.
    """
    return [_guarded(check, settings) for check in (*CHECKS, end_to_end)[: None if is_full else -1]]


def _guarded(check: Check, settings: Settings) -> Found:
    try:
        return check(settings)
    except LonglouError as error:
        return Found(check.__name__, Health.BAD, str(error))
    except Exception as error:  # noqa: BLE001 - a check may meet anything
        return Found(check.__name__, Health.BAD, tr(f"检查出错：{type(error).__name__}", f"{type(error).__name__}"))


def python(_settings: Settings) -> Found:
    """The interpreter; pip keeps older ones out."""
    found = ".".join(map(str, sys.version_info[:3]))
    return Found("python", Health.GOOD, found)


def pins(_settings: Settings) -> Found:
    """Every requirement of ours against what is installed: a wrong pair breaks Prefect's schedule in silence."""
    wrong = []
    for line in requires("longlou") or []:
        wanted = Requirement(line)
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": ""}):
            continue
        try:
            there = version(wanted.name)
        except PackageNotFoundError:
            wrong.append(tr(f"{wanted.name} 未安装", f"{wanted.name} is missing"))
            continue
        if not wanted.specifier.contains(there, prereleases=True):
            wrong.append(
                tr(
                    f"{wanted.name} {there}（要求 {wanted.specifier}）",
                    f"{wanted.name} {there}, wanted {wanted.specifier}",
                )
            )
    if wrong:
        fix = tr("按 constraints.txt 重新安装", "install again with constraints.txt")
        return Found("pins", Health.BAD, "；".join(wrong), fix)
    return Found("pins", Health.GOOD, f"prefect {version('prefect')}, pandas {version('pandas')}")


def space(settings: Settings) -> Found:
    """Can we write under var_dir, and is there room for a night?"""
    folder = settings.var_dir.resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    probe = folder / ".probe"
    try:
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as error:
        fix = tr("检查目录权限", "check the folder's rights")
        return Found("space", Health.BAD, f"{folder}: {error.strerror}", fix)
    free = shutil.disk_usage(folder).free // 2**20
    if free < _FREE_MB:
        return Found(
            "space", Health.WARNING, f"{free:,} MB", tr(f"至少留出 {_FREE_MB:,} MB", f"keep {_FREE_MB:,} MB free")
        )
    return Found("space", Health.GOOD, f"{free:,} MB")


def database(settings: Settings) -> Found:
    """Does the store answer, at the newest revision, on a disk of this machine?"""
    with open_store(settings.database) as store, store.read() as connection:
        at = migrate.revision(connection)
        is_sqlite = connection.dialect.name == "sqlite"
        mode = connection.execute(text("PRAGMA journal_mode")).scalar() if is_sqlite else None
        server = "" if is_sqlite else str(connection.execute(text("SHOW server_version")).scalar())
    if at != migrate.head():
        fix = tr("升级程序或数据库", "upgrade the program or the database")
        return Found("database", Health.BAD, tr(f"版本 {at}", f"revision {at}"), fix)
    if not is_sqlite:
        return Found("database", Health.GOOD, f"PostgreSQL {server}, {at}")
    place = Path(str(make_url(settings.database).database)).resolve().parent
    system = file_system(place)
    if mode != "wal" or system in _NETWORK_FILE_SYSTEMS:
        fix = tr(
            "SQLite 不能放在网络盘上，请改用 PostgreSQL", "SQLite does not work on a network share: use PostgreSQL"
        )
        return Found("database", Health.BAD, f"SQLite {mode}, {system}", fix)
    return Found("database", Health.GOOD, f"SQLite {mode}, {at}")


def keys(settings: Settings) -> Found:
    """Is the keyring there, private, and the one that encrypted what is in the database?"""
    with open_store(settings.database) as store:
        keyring = keyring_of(settings, store)
        missing = sorted(set(count_by_key(store)) - set(keyring.keys))
        try:
            is_open = unseal(keyring, seal(keyring, _CANARY, "doctor"), "doctor") == _CANARY
            sample = open_sample(store, keyring)
        except CannotDecrypt as error:
            return Found(
                "keys", Health.BAD, str(error), tr("从备份恢复密钥文件", "restore the key file from its backup")
            )
    if missing or not is_open:
        fix = tr("从备份恢复密钥文件", "restore the key file from its backup")
        return Found(
            "keys", Health.BAD, tr(f"缺少密钥 {'、'.join(missing)}", f"missing keys: {', '.join(missing)}"), fix
        )
    record = settings.key_file
    if record.exists() and record.stat().st_mode & 0o077:
        return Found("keys", Health.BAD, str(record), tr("把文件权限改为 600", "make the file mode 600"))
    tried = tr("已试解密", "tried on a value") if sample else tr("还没有加密的数据", "nothing is encrypted yet")
    return Found("keys", Health.GOOD, f"{keyring.suite}, {len(keyring.keys)}, {tried}")


def clock(settings: Settings) -> Found:
    """Does our clock agree with the database's, and is the time zone known?"""
    zone = datetime.now().astimezone().tzname() or "?"
    with open_store(settings.database) as store, store.read() as connection:
        if connection.dialect.name == "sqlite":
            return Found("clock", Health.GOOD, f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {zone}")
        theirs = connection.execute(text("SELECT now()")).scalar_one()
    off = abs((datetime.now(UTC) - theirs).total_seconds())
    if off > _CLOCK_SECONDS:
        fix = tr("校准两台机器的时间", "set both machines by one time server")
        return Found("clock", Health.BAD, tr(f"与数据库相差 {off:.0f} 秒", f"{off:.0f} s off the database"), fix)
    return Found("clock", Health.GOOD, f"{zone}, {off:.1f} s")


def users(settings: Settings) -> Found:
    """Can anybody log in, and does an administrator still have a first password?"""
    with open_store(settings.database) as store:
        found = list_users(store)
    active = [user for user in found if not user.is_locked]
    if not active:
        fix = "longlou user add NAME --role administrator --area 46"
        return Found("users", Health.WARNING, tr("还没有用户", "there is no user"), fix)
    waiting = sorted(u.username for u in active if u.must_change_password and Role.ADMINISTRATOR in u.roles)
    if waiting:
        message = tr(f"初始密码尚未修改：{'、'.join(waiting)}", f"first passwords still in use: {', '.join(waiting)}")
        return Found("users", Health.WARNING, message, tr("登录并修改密码", "log in and change them"))
    return Found("users", Health.GOOD, tr(f"{len(active)} 个", f"{len(active)}"))


def font(_settings: Settings) -> Found:
    """Is there a Chinese font for printing on this machine? Browsers elsewhere bring their own."""
    program = shutil.which("fc-list")
    if program is None:
        return Found("font", Health.WARNING, tr("无法检查（没有 fc-list）", "cannot be checked: no fc-list"))
    listed = subprocess.run([program, ":lang=zh-cn", "family"], capture_output=True, text=True, check=False, timeout=30)
    names = sorted({line.split(",")[0] for line in listed.stdout.splitlines() if line})
    if not names:
        return Found("font", Health.WARNING, tr("没有中文字体", "no Chinese font"), "apt-get install fonts-noto-cjk")
    return Found("font", Health.GOOD, names[0])


def end_to_end(settings: Settings) -> Found:
    """A small synthetic county from its files to its ledgers, in a temporary folder; nothing of it stays."""
    found = trial(settings)
    shown = tr(
        f"{found.n_members:,} 名党员，{found.seconds:.0f} 秒", f"{found.n_members:,} members, {found.seconds:.0f} s"
    )
    if not found.is_as_expected:
        fix = tr("重新安装；仍不对请联系开发者", "install again; if it stays so, tell the developers")
        return Found("end_to_end", Health.BAD, shown, fix)
    return Found("end_to_end", Health.GOOD, shown)


def file_system(folder: Path) -> str:
    """The type of file system that a folder lies on, as the kernel lists its mounts; '' where it does not."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    best = ("", "")
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _, place, kind, *_ = line.split(" ")
        place = place.replace("\\040", " ")
        if (folder == Path(place) or Path(place) in folder.parents) and len(place) >= len(best[0]):
            best = (place, kind)
    return best[1]


CHECKS: tuple[Check, ...] = (
    python,
    pins,
    space,
    database,
    keys,
    clock,
    users,
    font,
    *SERVICE_CHECKS,
)


def is_fit(found: list[Found]) -> bool:
    """Nothing is bad; warnings may stay."""
    return all(one.health is not Health.BAD for one in found)

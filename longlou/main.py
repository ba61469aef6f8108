"""The command line: its commands, its global options, its exit codes.

Exit codes: 0 done, 1 unexpected, 2 usage or configuration, 3 input refused by a contract, 4 done with warnings under
`--strict`, 5 another run holds the lock, 6 the run was held and waits for a person, 130 interrupted.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, ClassVar

import typer

from data.errors import LonglouError
from data.privacy import mask_text
from longlou.lazy import Command, LazyCommands
from longlou.terminal import Terminal, configure, error_line

#: What `bench` does not know, it hands on.
_ANY_OPTION = {"context_settings": {"allow_extra_args": True, "ignore_unknown_options": True}}


class Commands(LazyCommands):
    """Every command of longlou, in the order of `longlou --help`."""

    known: ClassVar[Mapping[str, Command]] = {
        "demo": Command("demo:demo"),
        "generate": Command("generate:generate"),
        "reconcile": Command("reconcile:reconcile"),
        "verify": Command("verify:verify", cls="VerifyCommand"),
        "evaluate": Command("evaluate:evaluate"),
        "explain": Command("explain:explain"),
        "link": Command("link:link"),
        "intake": Command("intake:app", "上传前检查文件。 Checks a file before it is handed in."),
        "upload": Command("upload:upload"),
        "serve": Command("serve:serve_all"),
        "runs": Command("runs:app", "历次运行：放行、弃用、退回、取回。 Runs: release, discard, roll back, restore."),
        "model": Command("model:app", "训练、比较、启用匹配模型。 Trains, compares and activates models."),
        "user": Command("user:app", "复核台的用户。 Users of the review desk."),
        "keys": Command("keys:app", "加密字段的密钥。 Keys of the encrypted columns."),
        "retention": Command("retention:retention"),
        "audit": Command("audit:app", "核验审计链。 Verifies the audit chain."),
        "doctor": Command("doctor:doctor"),
        "forecast": Command("forecast:forecast"),
        "notify": Command("notify:app", "夜间核对的消息。 Messages about nights."),
        "backup": Command("backup:backup"),
        "restore": Command("backup:restore"),
        "bench": Command("bench:bench", options=_ANY_OPTION),
    }


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="把党员花名册与市场主体登记、年度报告核对到人。 Reconciles member rosters with enterprise registration.",
)


@app.callback()
def globals_(
    context: typer.Context,
    config: Annotated[Path | None, typer.Option("--config", help="配置文件（TOML）。 Settings file.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="只报错误。 Errors only.")] = False,
    verbose: Annotated[int, typer.Option("-v", "--verbose", count=True, help="更多日志。 More log lines.")] = 0,
) -> None:
    """Options that hold for every command."""
    context.obj = configure(config, is_quiet=quiet, verbosity=verbose)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    # It would walk everything that commands import dozens of times, a third of a second; little here is ever a cycle.
    gc.set_threshold(100_000, 50, 50)
    code = run(sys.argv[1:] if arguments is None else arguments)
    # Nor is everything walked once more before the process ends: most of a second after a province.
    gc.freeze()
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command; the one place where errors become messages and exit codes."""
    try:
        app(arguments, prog_name="longlou")
    except LonglouError as error:
        error_line(mask_text(str(error)))
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except SystemExit as stop:
        # Typer ends every command so, with 2 for a call it cannot make sense of; 1 is its word for an interruption.
        return stop.code if isinstance(stop.code, int) else 1
    except Exception as error:  # noqa: BLE001 - the front door
        return Terminal.unexpected(error)
    return 0

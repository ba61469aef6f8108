"""`longlou intake check`: what would be accepted of a file, what is wrong with it, and in which cell."""

from __future__ import annotations

import glob
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from data.contracts.accept import accept_what_can_be, mostly_rejected
from data.contracts.answer import answer
from data.contracts.answer_document import answer_document, refused_document
from data.contracts.feeds import CONTRACTS
from data.errors import ConfigError, InputRefused, LonglouError, SourceFileError
from data.model import FeedKind
from data.settings import record_key
from data.sources.adhoc import HAINAN, kind_of_file
from data.sources.manifest import told
from data.sources.reader import read_grids, read_source
from data.sources.spec import SourceSpec
from data.store.clock import utc_now
from data.words import tr
from longlou.commands.generate import DAY
from longlou.commands.reconcile import WARNINGS
from longlou.many import ManyCommand
from longlou.show_intake import show_answer
from longlou.terminal import Terminal
from reports.intake_answer import write_answer

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
_COLUMNS = "--columns"


class CheckCommand(ManyCommand):
    """Lets `--columns` take several pairs."""

    many = _COLUMNS
    needs = "="


@app.callback()
def group() -> None:
    """上传前检查。 Intake of files."""


@app.command("check", cls=CheckCommand)
def check(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="要检查的文件。 The file.")],
    source: Annotated[FeedKind, typer.Option("--source", help="来源种类。 Kind of source.")],
    out: Annotated[
        Path, typer.Option("--out", help="问题清单写到哪个文件夹，默认当前文件夹。 Folder of the answer.")
    ] = Path(),
    area: Annotated[str, typer.Option("--area", help="区划代码，2 位或 6 位。 Division code.")] = HAINAN,
    columns: Annotated[
        list[str] | None,
        typer.Option(_COLUMNS, metavar="字段=表头...", help="指定哪一列是什么，可多个。 field=header, several."),
    ] = None,
    code_system: Annotated[str | None, typer.Option("--code-system", help="年报代码体系。 For annual_reports.")] = None,
    as_of: Annotated[datetime | None, typer.Option("--as-of", formats=DAY, help="时点。 Date.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="有问题时退出码为 4。 Exit code 4 on problems.")] = False,
    json: Annotated[bool, typer.Option("--json", help="标准输出一份 JSON。 One JSON document on stdout.")] = False,
) -> None:
    """检查一个文件：能用多少行，哪个单元格有什么问题；问题清单写进一份副本。 Check a file; nothing is stored."""
    terminal: Terminal = context.obj
    spec = _spec(file, source, area, columns or [], code_system)
    day = (as_of or utc_now()).date()
    try:
        tables = read_source(file.name, spec, file.resolve().parent)
        accepted = accept_what_can_be(tables, CONTRACTS[source], spec, record_key(terminal.settings), day)
    except SourceFileError as error:
        suggested = _suggested(file, source)
        if json:
            terminal.document(refused_document(file.name, source.value, error, suggested))
        raise _refused(error, suggested) from None
    refusal = mostly_rejected(accepted)
    told_back = answer(file.name, tables, accepted, CONTRACTS[source], spec.columns)
    # The workbook needs the cells as they were read, not the records made of them.
    del accepted
    grids = partial(read_grids, file, spec)
    book = write_answer(out, told_back, file.read_bytes(), tables, grids, day) if told_back.n_problems else None
    if json:
        terminal.document({**answer_document(told_back, refusal), "workbook": str(book) if book else None})
    else:
        show_answer(terminal, told_back, book)
    if refusal is not None:
        raise _refused(refusal, _suggested(file, source))
    if strict and told_back.n_problems:
        raise typer.Exit(WARNINGS)


def _spec(file: Path, source: FeedKind, area: str, columns: list[str], code_system: str | None) -> SourceSpec:
    """The declaration that the options amount to. Raises ConfigError."""
    pairs = [pair.partition("=") for pair in columns]
    if wrong := [name for name, sign, header in pairs if not (name.strip() and sign and header.strip())]:
        raise ConfigError(
            tr(f"--columns 要写成 字段=表头：{'、'.join(wrong)}", f"--columns is field=header: {', '.join(wrong)}")
        )
    declared = {
        "kind": source,
        "location": glob.escape(str(file.resolve())),
        "area": area,
        "columns": {name.strip(): header for name, _, header in pairs},
        "code_system": code_system,
    }
    try:
        return SourceSpec.model_validate(declared)
    except ValidationError as error:
        raise ConfigError(told(error)) from None


def _suggested(file: Path, source: FeedKind) -> str | None:
    """The kind that the headers look like, if it is another one."""
    try:
        kind = kind_of_file(file)
    except (LonglouError, OSError):
        return None
    return kind.value if kind is not source else None


def _refused(error: SourceFileError, suggested: str | None) -> InputRefused:
    told_of = tr(f"{error.where}：{error.problem}", f"{error.where}: {error.problem}")
    if suggested is None:
        return InputRefused(told_of)
    title = CONTRACTS[FeedKind(suggested)].title
    hint = tr(
        f"从表头看，这更像“{title}”：请改用 --source {suggested}",
        f"By its headers this is rather {suggested}: try --source {suggested}",
    )
    return InputRefused(f"{told_of}\n{hint}")

"""`longlou verify`: the Longlou check of a list of claims against rosters."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from data.contracts.frames import without_nan
from data.store.clock import utc_now
from data.words import tr
from longlou.commands.generate import DAY
from longlou.many import ManyCommand
from longlou.show import show_claims
from longlou.terminal import Terminal

if TYPE_CHECKING:
    from flows.verify import Checked

_MANY = "--against"


class VerifyCommand(ManyCommand):
    """Lets `--against` take several files."""

    many = _MANY


def verify(
    context: typer.Context,
    claims: Annotated[Path, typer.Argument(help="待核查的名单。 The list of claims.")],
    against: Annotated[
        list[Path],
        typer.Option(_MANY, metavar="ROSTER...", help="花名册及其他依据文件，可多个。 Rosters and other evidence."),
    ],
    out: Annotated[Path, typer.Option("--out", help="结果文件夹。 Where the results go.")],
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=DAY, help="核查时点。 Date of the check.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="标准输出一份 JSON。 One JSON document on stdout.")] = False,
) -> None:
    """逐条核查名单：确认、虚假（原因和证据等级）或待核实。 Each claim: confirmed, false, or to be reviewed."""
    # Matching takes a second to import: only the commands that match pay for it.
    from flows.verify import verify_claims, write_check

    terminal: Terminal = context.obj
    day = as_of.date() if as_of else None
    checked = verify_claims(terminal.settings, claims, against, day, utc_now().date())
    book = write_check(out, checked)
    document = claims_document(checked)
    if json:
        terminal.document(document)
        return
    if checked.consulted:
        names = "、".join(checked.consulted)
        terminal.say(tr(f"同时查阅了 sources.toml 中的来源：{names}", f"also consulted, by sources.toml: {names}"))
    if not checked.has_manifest:
        terminal.say(
            tr(
                "未找到数据清单（sources.toml），结果只写入输出文件夹",
                "no manifest found: results go to the folder alone",
            )
        )
    show_claims(terminal, document)
    terminal.say(tr(f"逐条结果见 {book}", f"line by line: {book}"))


def claims_document(checked: Checked) -> dict[str, Any]:
    """The JSON document of a check, claims in the order of the list."""
    rows = checked.claims
    n = rows["verdict"].value_counts()
    false = rows[rows["verdict"] == "false"]
    told = rows[["source_row", "verdict", "reason_code", "evidence_grade", "message"]]
    return {
        "n_claims": len(rows),
        "n_confirmed": int(n.get("confirmed", 0)),
        "n_false": int(n.get("false", 0)),
        "n_review": int(n.get("review", 0)),
        "reasons": {str(code): int(k) for code, k in false["reason_code"].value_counts().items()},
        "claims": without_nan(told).to_dict("records"),
    }

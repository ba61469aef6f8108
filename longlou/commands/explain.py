"""`longlou explain`: why is this one person, and why are these two not?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from longlou.terminal import Terminal


def explain(
    context: typer.Context,
    unique_id: Annotated[str, typer.Argument(help="记录或人员编号。 A record or a person.")],
    other: Annotated[str | None, typer.Argument(help="与之比较的另一个。 Another one.")] = None,
    *,
    run: Annotated[Path, typer.Option("--run", help="reconcile 的结果文件夹。 Folder of a run.")],
    json: Annotated[bool, typer.Option("--json", help="标准输出一份 JSON。 One JSON document on stdout.")] = False,
) -> None:
    """解释为什么是同一人，或为什么不是。 Why records are one person, or why two are not; no value is shown.

    分数是当时那次运行的；门槛和规则是所属区划现行模型的。 Scores are those of the run, thresholds and guards those of
    the model in force for its area; both models are named.
    """
    # Matching takes a second to import: only the commands that match pay for it.
    from flows.night import model_in_use
    from longlou import show_explain
    from longlou.finished_run import read_run
    from matching.explain_person import why
    from matching.explain_refusal import why_not
    from matching.spec import load_spec

    terminal: Terminal = context.obj
    finished = read_run(run, load_spec())
    in_force = model_in_use(terminal.settings, finished.area)
    models = show_explain.models_document(finished, in_force)
    one = finished.record(unique_id)
    if other is None:
        found = why(finished, one)
        if json:
            terminal.document({**show_explain.why_document(found, finished), "models": models})
            return
        show_explain.show_why(terminal, found, finished)
    else:
        refusal = why_not(finished, one, finished.record(other), in_force.spec)
        if json:
            terminal.document({**show_explain.refusal_document(refusal, finished), "models": models})
            return
        show_explain.show_refusal(terminal, refusal, finished, in_force.spec)
    show_explain.show_models(terminal, models)

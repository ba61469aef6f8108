"""`longlou model`: train, propose, compare, activate. A model is put in force by a named person, never by a command's
own doing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from data.store.clock import utc_now
from data.store.session import open_store
from data.words import tr
from longlou.commands.generate import DAY
from longlou.terminal import Terminal

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)

Sources = Annotated[Path, typer.Option("--sources", help="来源清单 sources.toml。 The declaration of sources.")]
AsOf = Annotated[datetime | None, typer.Option("--as-of", formats=DAY, help="核对时点。 Date of the snapshot.")]
Name = Annotated[
    str | None, typer.Option("--name", help="模型名称，默认用区划和时点。 Its name; area and date if none.")
]
Out = Annotated[Path | None, typer.Option("--out", help="另存为此文件，不入模型库。 Write here, not to the models.")]
Json = Annotated[bool, typer.Option("--json", help="标准输出一份 JSON。 One JSON document on stdout.")]
Area = Annotated[
    str | None, typer.Option("--area", help="区划，默认为训练用的区划。 Where; else where it was trained.")
]
By = Annotated[str, typer.Option("--by", metavar="PERSON", help="决定人。 Who decides.")]
Reason = Annotated[str, typer.Option("--reason", help="理由。 Why.")]


@app.callback()
def group() -> None:
    """人员匹配模型：训练、比较、启用。 Models of person matching."""


@app.command("train")
def train(
    context: typer.Context,
    sources: Sources,
    *,
    as_of: AsOf = None,
    name: Name = None,
    out: Out = None,
    json: Json = False,
) -> None:
    """从这些来源训练一个模型并存盘，不启用。 Train a model and keep it; never puts it in force."""
    from flows.model_work import read_material, train_model

    terminal: Terminal = context.obj
    material = read_material(terminal.settings, sources, as_of.date() if as_of else None)
    _keep(terminal, train_model(terminal.settings, material, name or material.default_name()), out, is_json=json)


@app.command("propose")
def propose(
    context: typer.Context,
    sources: Sources,
    *,
    from_judgements: Annotated[
        bool, typer.Option("--from-judgements", help="依据复核人的判定。 From what analysts judged.")
    ] = False,
    as_of: AsOf = None,
    name: Name = None,
    out: Out = None,
    json: Json = False,
) -> None:
    """用复核人的判定重新估计现用模型并存盘，不启用。 Re-estimate from judgements; never activates."""
    from flows.model_work import propose_model, read_material

    terminal: Terminal = context.obj
    if not from_judgements:
        raise typer.BadParameter(tr("请写 --from-judgements", "say --from-judgements"), param_hint="--from-judgements")
    material = read_material(terminal.settings, sources, as_of.date() if as_of else None)
    with open_store(terminal.settings.database) as store:
        called = name or material.default_name("-judged")
        file, labelled = propose_model(terminal.settings, store, material, called)
    if not json:
        n_out = int(labelled.is_held_out.sum())
        terminal.say(
            tr(
                f"学习用判定 {len(labelled.left) - n_out:,} 对，留作检验 {n_out:,} 对；"
                f"另有 {labelled.n_unknown:,} 条判定用不上（记录已不在来源里，或没有分块规则把两条放到一起）",
                f"{len(labelled.left) - n_out:,} judged pairs to learn from, {n_out:,} held out; "
                f"{labelled.n_unknown:,} judgements of no use (a record is gone, or no blocking rule pairs the two)",
            )
        )
    _keep(terminal, file, out, is_json=json)


def _keep(terminal: Terminal, file: Any, out: Path | None, *, is_json: bool) -> None:  # noqa: ANN401 - imported late
    from flows.models import model_path, save_model
    from longlou.show_model import show_model

    path = out or model_path(terminal.settings, file.name)
    save_model(path, file)
    if is_json:
        terminal.document(
            {"name": file.name, "digest": file.digest, "path": str(path), **file.trained_on.model_dump(mode="json")}
        )
        return
    show_model(terminal, file, in_force=[])
    terminal.say(tr(f"已存为 {path}，尚未启用。", f"Written to {path}; not in force."))
    if out is None:
        terminal.say(
            tr(
                f"下一步：longlou model compare baseline {file.name} --sources … 看差别；"
                f"再由负责人 longlou model activate {file.name} --by 姓名 --reason 理由",
                f"Next: longlou model compare baseline {file.name} --sources …; "
                f"then longlou model activate {file.name} --by NAME --reason WHY",
            )
        )


@app.command("compare")
def compare(
    context: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help="模型名称或 baseline。 A model, or baseline.")],
    b: Annotated[str, typer.Argument(metavar="B", help="模型名称或 baseline。 A model, or baseline.")],
    sources: Sources,
    *,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """在同一批来源上比较两个模型：结论、权重、对留出判定的预测。 Two models on the same sources."""
    from flows.model_work import compare_models, read_material
    from flows.models import load_model
    from longlou.show_model import show_comparison

    terminal: Terminal = context.obj
    models = [load_model(terminal.settings, name) for name in (a, b)]
    material = read_material(terminal.settings, sources, as_of.date() if as_of else None)
    with open_store(terminal.settings.database) as store:
        document = compare_models(terminal.settings, store, material, *models)
    if json:
        terminal.document(document)
    else:
        show_comparison(terminal, document)


@app.command("activate")
def activate(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="模型名称。 Name of the model.")],
    by: By,
    reason: Reason,
    area: Area = None,
) -> None:
    """由负责人启用一个模型，记入审计；再启用旧模型即为回退。 A person puts a model in force."""
    from flows.activation import activate as put_in_force
    from flows.models import BASELINE, load_model

    terminal: Terminal = context.obj
    chosen = load_model(terminal.settings, name)
    if chosen.file is None:
        hint = tr(
            "退回出厂模型请用 longlou model deactivate", "to go back to the baseline use longlou model deactivate"
        )
        raise typer.BadParameter(hint, param_hint="NAME")
    where = area or chosen.file.trained_on.area
    with open_store(terminal.settings.database) as store:
        before = put_in_force(store, terminal.settings, where, chosen, by, reason, utc_now())
    was = before.name if before else BASELINE
    terminal.say(
        tr(
            f"{where} 已启用“{name}”（{chosen.digest}），此前为“{was}”；下次核对起生效。",
            f"“{name}” ({chosen.digest}) is in force in {where} from the next run on; it was “{was}”.",
        )
    )


@app.command("deactivate")
def deactivate(
    context: typer.Context,
    area: Annotated[str, typer.Option("--area", help="区划。 Where.")],
    by: By,
    reason: Reason,
) -> None:
    """由负责人停用一地的模型，改回出厂模型，记入审计。 Back to the baseline."""
    from flows.activation import activate as put_in_force
    from flows.models import baseline

    terminal: Terminal = context.obj
    with open_store(terminal.settings.database) as store:
        before = put_in_force(store, terminal.settings, area, baseline(terminal.settings), by, reason, utc_now())
    was = before.name if before else ""
    terminal.say(
        tr(
            f"{area} 已停用“{was}”，下次核对起用出厂模型。",
            f"“{was}” is out of force in {area}; the next run uses the baseline.",
        )
    )


@app.command("list")
def list_(context: typer.Context, json: Json = False) -> None:
    """列出全部模型和启用情况。 All models, and which are in force where."""
    from flows.models import active_models, model_files
    from longlou.show_model import show_list
    from matching.model_file import read_model

    terminal: Terminal = context.obj
    active = active_models(terminal.settings)
    files = [read_model(path) for path in model_files(terminal.settings)]
    show_list(terminal, files, active, is_json=json)


@app.command("show")
def show(
    context: typer.Context, name: Annotated[str, typer.Argument(help="模型名称。 Name.")], json: Json = False
) -> None:
    """显示一个模型的每个权重及其依据。 Every weight of a model and what stands behind it."""
    from flows.models import active_models, model_path
    from longlou.show_model import show_model
    from matching.model_file import read_model

    terminal: Terminal = context.obj
    file = read_model(model_path(terminal.settings, name))
    in_force = [area for area, found in active_models(terminal.settings).items() if found.name == name]
    if json:
        content = {**file.model_dump(mode="json", exclude={"frequencies"}), "digest": file.digest, "in_force": in_force}
        terminal.document(content)
    else:
        show_model(terminal, file, in_force)

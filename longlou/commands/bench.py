"""`longlou bench NAME`: the benchmarks of the checkout; each is `python -m bench.NAME` and takes its options."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from data.errors import ConfigError
from data.words import tr

#: Every benchmark by name, with what it measures.
BENCHMARKS: dict[str, tuple[str, str]] = {
    "accuracy": ("准确度：本系统、recordlinkage、Splink", "how right: ours, recordlinkage, Splink"),
    "accuracy_enterprises": ("单位写法对登记主体的准确度", "how right about employers"),
    "febrl": ("公开数据集 FEBRL 1-4", "the public sets FEBRL 1-4"),
    "county": ("一个县的用时和内存", "time and memory on a county"),
    "forming": ("组建党组织：贪心、局部搜索和精确解", "forming organisations: greedy, local search, exact"),
    "faults": ("随机时刻强杀一夜的运行", "kill -9 at random moments of a night"),
    "incremental": ("一夜只变百分之一", "a night in which one row in a hundred changed"),
    "desk": ("复核台：按键到下一张卡片，二十人同时", "the review desk: key press to next card, twenty analysts"),
    "intake": ("读取大表", "reading large files"),
    "night": ("一个省的整夜流程", "a province's whole night"),
    "reviewers": ("二十人同时复核而运行正在发布", "twenty reviewers at once while a run publishes"),
    "serve": ("上传到开始核对、到清单的时间，和一阵上传", "from an upload to its run and its item, and a burst"),
    "scale": ("一个省：本系统、Splink、recordlinkage", "a province: ours, Splink, recordlinkage"),
    "growth": ("用时和内存随候选对数的增长", "time and memory as the province grows"),
    "kernels": ("每种比较每秒的对数", "pairs a second of each comparison"),
    "rules": ("四十万党员套用全部规则", "every rule on 400,000 members"),
    "seeds": ("报告的表和龙楼五十条，十个新种子", "the report's table and the Longlou fifty on ten new seeds"),
    "pull": ("从 PostgreSQL 取数", "pulling from PostgreSQL"),
}
#: What lies beside this package in a checkout; it is not part of the installed package.
_FOLDER = Path(__file__).resolve().parent.parent.parent / "bench"


def bench(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="、".join(BENCHMARKS))],
    json: Annotated[bool, typer.Option("--json", help="标准输出一份 JSON。 One JSON document on stdout.")] = False,
) -> None:
    """运行一项基准测试，后面可加该项的选项。 Runs a benchmark of the checkout; its own options may follow."""
    if name not in BENCHMARKS:
        known = "、".join(f"{known}（{tr(*words)}）" for known, words in BENCHMARKS.items())
        raise ConfigError(tr(f"没有基准“{name}”；可用：{known}", f"no benchmark “{name}”; known: {known}"))
    if not (_FOLDER / "__init__.py").is_file():
        raise ConfigError(
            tr(
                "安装包里没有 bench 文件夹：请在源代码目录里运行",
                "the folder bench is not part of the installed package: run this from a checkout",
            )
        )
    command = [sys.executable, "-m", f"bench.{name}", *(["--json"] if json else []), *context.args]
    raise typer.Exit(subprocess.run(command, cwd=_FOLDER.parent, check=False).returncode)

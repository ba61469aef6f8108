"""`longlou notify test`: does a message reach everybody whom the settings name?"""

from __future__ import annotations

import typer

from data.errors import ConfigError, LonglouError
from data.words import tr
from longlou.commands.runs import Json
from longlou.terminal import Terminal

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)


@app.callback()
def group() -> None:
    """A group of one, so that `test` is its name."""


@app.command("test")
def send_test(context: typer.Context, json: Json = False) -> None:
    """给每个接收方发一条测试消息，不管免打扰时段。 Sends a test message to every receiver, quiet hours or not."""
    from flows.notify import scheme, send

    terminal: Terminal = context.obj
    urls = terminal.settings.notify_urls
    if not urls:
        raise ConfigError(tr("没有设置 notify_urls，不发送任何消息", "notify_urls is empty: nobody is told anything"))
    title = tr("龙楼：测试消息", "longlou: a test")
    body = tr("收到这条消息说明通知可用。", "If you read this, messages arrive.")
    sent = [(scheme(url), send(url, title, body)) for url in urls]
    if json:
        terminal.document({"sent": [{"receiver": receiver, "is_sent": is_sent} for receiver, is_sent in sent]})
    else:
        for receiver, is_sent in sent:
            typer.echo(f"{'✓' if is_sent else '✗'} {receiver}")
    if not all(is_sent for _, is_sent in sent):
        raise LonglouError(tr("有的消息没有送出：检查地址和网络", "a message was not taken: check address and network"))

"""The options of `tjqa web` and `tjqa mcp`, apart from what they do, which help and other commands do not load."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable

from tjqa.cli.mcp.parameters import PORT


def add_servers(add: Callable[[str, str, str], ArgumentParser]) -> None:
    """Add the commands; `add` takes a name, what it is in short, and what it does."""
    in_browser = "在浏览器里使用同一个界面；只在本机 127.0.0.1 上提供，需要 pip install 'tjqa[web]'。"
    web = add("web", "在浏览器里使用", in_browser)
    web.add_argument("--port", type=int, default=8000, metavar="N", help="端口（默认 8000）")
    to_assistants = "让会说 MCP 的助手检索、提问、核对引文和稿子；只读，需要 pip install 'tjqa[mcp]'（docs/mcp.md）。"
    mcp = add("mcp", "供助手使用", to_assistants)
    mcp.add_argument("--http", action="store_true", help="改用 HTTP，只在本机 127.0.0.1 上，地址里带密钥")
    mcp.add_argument("--port", type=int, default=PORT, metavar="N", help=f"--http 的端口（默认 {PORT}）")
    mcp.add_argument("--fast", action="store_true", help="不用读者模型，快十几倍，少答对一些")

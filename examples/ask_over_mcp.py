"""Be an assistant for a moment: start `tjqa mcp` as a host does, list its tools, ask, have two quotes checked.

    tjqa index --sources 文档文件夹
    python examples/ask_over_mcp.py [文档文件夹]

Without an argument it asks the documents that come with tjqa. It needs an extra: pip install 'tjqa[mcp]'.
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any

from mcp import Client, StdioServerParameters

QUESTION = "国家会展中心二期什么时候投入运营"
QUOTES = ("年底前,二期展馆和国家会议中心也将投入运营。", "年底前,三期展馆和国家会议中心也将投入运营。")


async def call(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    """The row a tool gives; what it refuses ends the program with the reason."""
    given = await client.call_tool(tool, arguments)
    if given.is_error:
        raise SystemExit(getattr(given.content[0], "text", ""))
    return dict(given.structured_content)


async def main(sources: str | None = None) -> None:
    """Print the tools, an answer with its place, and the verdicts."""
    where = [f"--sources={sources}"] if sources is not None else []
    command = ["-m", "tjqa", "mcp", *where]
    async with Client(StdioServerParameters(command=sys.executable, args=command, env=dict(os.environ))) as client:
        print("工具", *(tool.name for tool in (await client.list_tools()).tools))

        told = await call(client, "ask", question=QUESTION, limit=1)
        print(f"\nask {QUESTION}\n  {told['answer'] or told['reason']}  [{told['strength']}]")
        for hit in told["hits"]:
            print(f"  {hit['file']}:{hit['start']}-{hit['end']}  第 {hit['line']} 行  sha256 {hit['sha256'][:16]}…")

        for quote in QUOTES:
            found = await call(client, "verify", quote=quote)
            print(f"\nverify {quote}")
            for place in found.get("places", ()):
                print(f"  ✓ {found['state']}  {place['file']}:{place['start']}-{place['end']}  第 {place['line']} 行")
            if not found["found"]:
                print(f"  × {found['state']}  {found['reason']}")
            for one in found.get("nearest", {}).get("differences", ()):
                print(f"  最接近的原文:引作“{one['quote']}”,原文“{one['source']}”")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

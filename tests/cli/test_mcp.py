"""`tjqa mcp`: what assistants are told is what the command line says, true to the file, and nothing else is reached.

The package's own client speaks here, with the server in this process; `test_mcp_process.py` has it in one of its own.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.helpers import REPORT, ROOT, FakeEncoder
from tjqa.cli.arguments import parser
from tjqa.cli.main import main
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.text.sentences import sentences

pytest.importorskip("mcp")
from mcp import Client, MCPError

from tjqa.cli.mcp import parameters
from tjqa.cli.mcp.server import server
from tjqa.cli.mcp.serving import Library
from tjqa.cli.mcp.tools import TOOLS

QUESTION = "县水利局局长是谁"


@asynccontextmanager
async def session(settings: Settings, **options: Any) -> AsyncIterator[Client]:
    """A client of a server in this process."""
    library = Library(settings)
    try:
        async with Client(server(library), **options) as client:
            yield client
    finally:
        library.close()


async def call(client: Client, tool: str, /, **arguments: Any) -> dict[str, Any]:
    """The row a tool gives; text and structure say the same."""
    given = await client.call_tool(tool, arguments)
    (text,) = given.content
    assert not given.is_error, text
    assert json.loads(text.text) == given.structured_content
    return dict(given.structured_content)


async def refused(client: Client, tool: str, /, **arguments: Any) -> str:
    """What is said of a call that cannot be done."""
    given = await client.call_tool(tool, arguments)
    assert given.is_error and given.structured_content is None
    return str(given.content[0].text)


def text_of(folder: Path, path: str) -> str:
    """The characters of a document, the mark among them."""
    raw = (folder / path).read_bytes()
    return raw.decode("gb18030" if path.endswith(".md") else "utf-8")


@pytest.mark.parametrize("mode", ["legacy", "auto"])
async def test_tools_are_listed_as_reading_only(library: Settings, mode: str) -> None:
    """Both generations of the protocol: each tool says what it takes, that it changes nothing, and takes no more."""
    async with session(library, mode=mode) as client:
        tools = (await client.list_tools()).tools
    assert [tool.name for tool in tools] == [tool.name for tool in TOOLS]
    assert {"search", "ask", "open", "verify", "proof", "sources", "figures"} == {tool.name for tool in tools}
    for tool in tools:
        assert tool.annotations is not None and tool.annotations.read_only_hint and tool.description
        assert tool.input_schema["additionalProperties"] is False
        assert all(one["description"] for one in tool.input_schema["properties"].values())


@pytest.mark.parametrize("question", [QUESTION, "一般公共预算收入完成多少", "火星上有几家饭店", "文件:水库 总库容多少"])
async def test_ask_says_what_the_command_line_says(
    library: Settings, question: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same fields with the same values, time apart; and where the answer is from."""
    assert main(["ask", "--json", question, f"--sources={library.sources}", f"--embeddings={library.embeddings}"]) == 0
    printed = json.loads(capsys.readouterr().out)
    async with session(library) as client:
        told = await call(client, "ask", question=question)
    assert told.keys() - printed.keys() <= {"library", "warnings"}
    assert {**printed, "ms": 0} == {name: told[name] for name in printed} | {"ms": 0}
    for hit in told["hits"]:
        assert text_of(library.sources, hit["file"])[hit["start"] : hit["end"]] == hit["text"]
        assert re.fullmatch("[0-9a-f]{64}", hit["sha256"]) and hit["strength"] in ("answer", "possible", "none")
        assert {"title", "published"} <= hit.keys()
    assert told["library"]["documents"] == 3


async def test_what_is_not_found_says_why(library: Settings) -> None:
    """No tool answers with nothing: each says why there is nothing."""
    async with session(library) as client:
        told = [
            await call(client, "ask", question="火星上有几家饭店"),
            await call(client, "ask", question="文件:没有这份 总库容"),
            await call(client, "search", query="文件:没有这份 总库容"),
            await call(client, "search", query="水库", offset=90),
            await call(client, "verify", quote="火星上有三家饭店"),
            await call(client, "sources", name="没有这份"),
            await call(client, "figures", measure="火星降雨量"),
        ]
    assert [len(row["reason"]) > 5 for row in told] == [True] * len(told)
    assert "符合筛选" in told[1]["reason"] and "符合筛选" in told[2]["reason"] and "后面没有" in told[3]["reason"]


@pytest.mark.parametrize(
    ("tool", "rows", "arguments"),
    [
        ("search", "hits", {"query": "水库"}),
        ("sources", "sources", {}),
        ("figures", "figures", {"measure": "生产总值"}),
    ],
)
async def test_pages_make_up_the_whole(library: Settings, tool: str, rows: str, arguments: dict[str, Any]) -> None:
    """Page after page gives what one long page gives, and the last one says that it is."""
    async with session(library) as client:
        whole = await call(client, tool, **arguments, limit=20)
        found: list[Any] = []
        offset: int | None = 0
        while offset is not None:
            page = await call(client, tool, **arguments, limit=1, offset=offset)
            assert len(page[rows]) == 1 and page["offset"] == offset
            found += page[rows]
            offset = page["next_offset"]
    assert len(found) > 1 and whole["next_offset"] is None
    assert found == whole[rows]


async def test_long_pages_end_early(library: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page has so many characters at most, but one row in any case."""
    monkeypatch.setattr(parameters, "PAGE_CHARACTERS", 10)
    async with session(library) as client:
        page = await call(client, "sources", limit=3)
    assert len(page["sources"]) == 1 and page["next_offset"] == 1 and page["total"] == 3


async def test_a_document_is_read_stretch_by_stretch(library: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """From its name alone to its end, no character twice or missing; a place says line, bytes and title."""
    monkeypatch.setattr(parameters, "MOST_OPENED", 50)
    text = text_of(library.sources, "报告.txt")
    async with session(library) as client:
        place, read = "报告.txt", ""
        while place is not None:
            row = await call(client, "open", place=place)
            assert (row["start"], row["length"], row["changed"]) == (len(read), len(text), False)
            read += row["text"]
            place = row["next"]
        at = text.index("沈" if "沈" in text else "新建幼儿园")
        row = await call(client, "open", place=f"报告.txt:{at}-{at + 5}")
        left = (await call(client, "open", place=f"报告.txt:{len(text)}-{len(text) + 9}"))["text"]
    assert read == text and left == ""
    assert row["text"] == "新建幼儿园" and row["title"] == "2021年白鹭县政府工作报告" and row["line"] == 7
    assert (library.sources / "报告.txt").read_bytes()[row["byte_start"] : row["byte_end"]].decode() == row["text"]


NAMES = [
    *("../报告.txt", "/etc/passwd", "./报告.txt", "水利/../报告.txt", "水利//水库.txt", "..\\报告.txt", "报告.txt/"),
    *("%2e%2e/secret.txt", "..%2fsecret.txt", "file:///etc/passwd", "报告.txt\u200b", "水利", ".", "", "秘密.txt"),
    *(".tjqa-keep", "~/.ssh/id_rsa", "\\udcff.txt", "连到外面.txt", "报告"),
]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
async def test_nothing_outside_the_index_is_opened(library: Settings, name: str) -> None:
    """Only names of the index's own documents are taken, however they are written; what lies beside is not named."""
    (library.sources.parent / "secret.txt").write_text("口令是四三二一。", "utf-8")
    (library.sources / "秘密.txt").write_text("口令是四三二一。", "utf-8")  # in the folder, not in the index
    (library.sources / ".tjqa-keep").write_text("x.txt\n", "utf-8")
    (library.sources / "连到外面.txt").symlink_to(library.sources.parent / "secret.txt")
    async with session(library) as client:
        told = [await refused(client, "open", place=place) for place in (name, f"{name}:0-5")]
        if name:
            told.append(await refused(client, "verify", quote="口令是四三二一", file=name))
        assert not (await call(client, "verify", quote="口令是四三二一"))["found"]
    assert not [said for said in told if "四三二一" in said]


async def test_a_document_that_became_a_link_is_refused(library: Settings) -> None:
    """One of the index that now leads out of the folder, itself or by a folder on the way."""
    outside = library.sources.parent / "外面"
    outside.mkdir()
    (outside / "水库.txt").write_text("口令是四三二一。", "utf-8")
    (library.sources / "报告.txt").unlink()
    (library.sources / "报告.txt").symlink_to(outside / "水库.txt")
    (library.sources / "水利").rename(library.sources.parent / "旧")
    (library.sources / "水利").symlink_to(outside)
    async with session(library) as client:
        for path in ("报告.txt", "水利/水库.txt"):
            assert "通到资料文件夹外面" in await refused(client, "open", place=path)
            assert "口令" not in json.dumps(
                await call(client, "search", query="口令 水库"), ensure_ascii=False
            ).replace('"query": "口令 水库"', "")
        assert not (await call(client, "verify", quote="口令是四三二一"))["found"]


async def test_quotes_are_verified(library: Settings) -> None:
    """Character for character, in all documents or in one; a false one is told with what stands there instead."""
    async with session(library) as client:
        true = await call(client, "verify", quote="全年新增就业3215人,城镇登记失业率控制在3.4%以内。")
        wide = await call(client, "verify", quote="全年新增就业３２１５人")
        cut = await call(client, "verify", quote="215人")
        false = await call(client, "verify", quote="全年新增就业3216人,城镇登记失业率控制在3.4%以内。")
        elsewhere = await call(client, "verify", quote="全年新增就业3215人", file="水利/水库.txt")
    (place,) = true["places"]
    assert (true["found"], true["state"], place["file"], place["strength"]) == (True, "exact", "报告.txt", "exact")
    assert REPORT[place["start"] : place["end"]] == true["quote"] == place["text"]
    assert (wide["state"], wide["places"][0]["text"], wide["places"][0]["strength"]) == (
        *("width", "全年新增就业3215人"),
        "width",
    )
    assert (cut["found"], cut["state"]) == (False, "cut") and "places" not in cut
    assert (false["found"], false["state"]) == (False, "absent")
    assert false["nearest"]["differences"] == [{"quote": "6", "source": "5"}]
    assert "3215人" in false["nearest"]["text"] and false["nearest"]["file"] == "报告.txt"
    assert (
        not elsewhere["found"] and elsewhere["nearest"]["file"] == "水利/水库.txt" if "nearest" in elsewhere else True
    )


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask", {}, "缺少参数 question"),
        ("ask", {"question": None}, "缺少参数 question"),
        ("ask", {"question": 3}, "question 应为文字"),
        ("ask", {"question": ""}, "question 应为 1 到 500 个字"),
        ("ask", {"question": "   "}, "问题是空的"),
        ("ask", {"question": "问" * 501}, "现在是 501 个"),
        ("ask", {"question": "自:昨天 水库"}, "昨天"),
        ("ask", {"question": "水\0库"}, "空字符"),
        ("ask", {"question": "水库", "limit": 0}, "limit 应为 1 到 20"),
        ("ask", {"question": "水库", "limit": True}, "limit 应为"),
        ("ask", {"question": "水库", "limit": "5"}, "limit 应为"),
        ("ask", {"question": "水库", "limit": 1e9}, "limit 应为"),
        ("ask", {"question": "水库", "sources": "/etc"}, "没有 sources 这样的参数"),
        ("search", {"query": "水库", "offset": -1}, "offset 应为"),
        ("open", {"place": "报告.txt:9-3"}, "9-3"),
        ("open", {"place": "报告.txt:99999-100000"}, "只有"),
        ("open", {"place": "报告.txt:²-5"}, "报告.txt:²-5"),
        ("verify", {"quote": "一"}, "quote 应为 2 到"),
        ("figures", {"measure": "生产总值", "places": "白鹭县"}, "places 应为一列文字"),
        ("figures", {"measure": "生产总值", "places": ["x" * 51]}, "places 应为 1 到 50"),
        ("figures", {"measure": "生产总值", "since": "从前"}, "从前"),
    ],
)
async def test_wrong_input_is_told(library: Settings, tool: str, arguments: dict[str, Any], said: str) -> None:
    """What is wrong, by name; and the next call is answered."""
    async with session(library) as client:
        assert said in await refused(client, tool, **arguments)
        assert (await call(client, "sources"))["total"] == 3


async def test_an_unknown_tool_is_no_tool(library: Settings) -> None:
    """The protocol's own error, with the names there are."""
    async with session(library) as client:
        with pytest.raises(MCPError, match=r"unknown tool: 'rm'.*search"):
            await client.call_tool("rm", {"path": "/"})


async def test_a_library_without_index_is_told_and_not_built(place: Settings, encoder: FakeEncoder) -> None:
    """No index is made; once the user made one, the same session answers."""
    async with session(place) as client:
        assert "tjqa index" in await refused(client, "ask", question=QUESTION)
        assert not place.embeddings.exists()
        build(place)
        assert "沈怀民" in (await call(client, "ask", question=QUESTION))["answer"]


async def test_a_changed_library_is_told_and_taken_up(library: Settings) -> None:
    """A file that changed is said to have; what was quoted of it is read again. A new index is used at once."""
    path = library.sources / "水利" / "水库.txt"
    async with session(library) as client:
        first = await call(client, "ask", question=QUESTION)
        assert first["library"]["stale"] == 0 and "note" not in first["library"]
        path.write_text(path.read_text("utf-8").replace("沈怀民", "陆远山"), "utf-8")
        changed = await call(client, "ask", question=QUESTION)
        assert changed["library"]["stale"] == 1 and "水利/水库.txt" in changed["library"]["note"]
        assert "沈怀民" not in json.dumps(changed["hits"], ensure_ascii=False)
        assert not (await call(client, "verify", quote="县水利局局长沈怀民介绍"))["found"]
        opened = await call(client, "open", place="水利/水库.txt")
        assert opened["changed"] and "陆远山" in opened["text"]
        build(library)
        renewed = await call(client, "ask", question=QUESTION)
        assert "陆远山" in renewed["answer"] and renewed["library"]["stale"] == 0
        assert renewed["library"]["built"] >= first["library"]["built"]
        (library.index_dir / "CURRENT").rename(library.index_dir / "AWAY")
        assert "tjqa index" in await refused(client, "ask", question=QUESTION)
        (library.index_dir / "AWAY").rename(library.index_dir / "CURRENT")
        assert "陆远山" in (await call(client, "ask", question=QUESTION))["answer"]


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event, list[str]]:
    """Holds every question until the second event: the first says that one has begun, the list names all that did."""
    begun, opened, asked = threading.Event(), threading.Event(), []
    answered: Callable[..., Any] = Engine.ask

    def ask(engine: Engine, question: str, *arguments: Any, **options: Any) -> Any:
        asked.append(question)
        begun.set()
        assert opened.wait(60)
        return answered(engine, question, *arguments, **options)

    monkeypatch.setattr(Engine, "ask", ask)
    return begun, opened, asked


@pytest.mark.parametrize("mode", ["legacy", "auto"])
async def test_a_cancelled_call_does_not_disturb(
    library: Settings, gate: tuple[threading.Event, threading.Event, list[str]], mode: str
) -> None:
    """One that is being answered goes unheard, one that waits is never begun, and later ones are answered."""
    begun, opened, asked = gate
    async with session(library, mode=mode) as client:
        running = asyncio.create_task(call(client, "ask", question="水库总库容"))
        await asyncio.to_thread(begun.wait, 60)
        waiting = asyncio.create_task(call(client, "ask", question="茶园施肥"))
        later = asyncio.create_task(call(client, "ask", question=QUESTION))
        for _ in range(20):
            await asyncio.sleep(0.01)  # both are on their way to the server
        for task in (running, waiting):
            task.cancel()
        await asyncio.gather(running, waiting, return_exceptions=True)
        await asyncio.sleep(0.1)
        opened.set()
        assert "沈怀民" in (await later)["answer"]
    assert running.cancelled() and waiting.cancelled()
    assert asked == ["水库总库容", QUESTION]


async def test_a_crowd_is_turned_away(
    library: Settings, gate: tuple[threading.Event, threading.Event, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """More calls than may wait are refused at once; those that wait are answered."""
    monkeypatch.setattr(parameters, "MOST_WAITING", 2)
    begun, opened, _ = gate
    async with session(library) as client:
        taken = [asyncio.create_task(call(client, "ask", question=QUESTION)) for _ in range(2)]
        await asyncio.to_thread(begun.wait, 60)
        assert "已有 2 个请求在等" in await refused(client, "ask", question=QUESTION)
        opened.set()
        assert all("沈怀民" in row["answer"] for row in await asyncio.gather(*taken))


async def test_two_clients_at_once(library: Settings) -> None:
    """Each gets the answers to its own questions."""
    one = Library(library)
    made = server(one)
    async with Client(made) as first, Client(made, mode="legacy") as second:
        asked = [(client, quote) for quote in ("石桥水库", "云岭毛峰", "火星") for client in (first, second)]
        told = await asyncio.gather(*(call(client, "verify", quote=quote) for client, quote in asked))
    one.close()
    assert [(row["quote"], row["found"]) for row in told] == [(quote, quote != "火星") for _, quote in asked]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are text there")
async def test_names_that_are_no_text(place: Settings, encoder: FakeEncoder) -> None:
    """A file that is not read is listed with the reason, its name in characters that can be sent; opened it is told."""
    Path(os.fsdecode(os.fsencode(place.sources) + b"/\xff.txt")).write_text("白鹭湖有一百二十种鸟。", "utf-8")
    build(place)
    async with session(place) as client:
        (row,) = (await call(client, "sources", name="udcff"))["sources"]
        assert row["file"] == "\\udcff.txt" and "文件名不是有效的文字" in row["skipped"]
        assert row["skipped"] in await refused(client, "open", place=row["file"])


def forged(quote: str) -> str:
    """The quote with its first figure another one."""
    at = re.search("[0-9]", quote)
    assert at is not None
    return f"{quote[: at.start()]}{(int(at[0]) + 1) % 10}{quote[at.end() :]}"


def quotes_of(settings: Settings) -> list[str]:
    """Every sentence with a figure."""
    engine = Engine.open(settings)
    texts = [source.text for one in engine.sources() if (source := engine.look_up.document(one.path)) is not None]
    quotes = [span.of(text).strip() for text in texts for span in sentences(text)]
    return [quote for quote in dict.fromkeys(quotes) if len(quote) > 8 and re.search("[0-9]", quote)]


@pytest.mark.slow
async def test_eighty_forgeries_are_rejected(seed_library: Settings) -> None:
    """Sentences of the seeds with one digit changed: none stands anywhere; as they are, all do."""
    quotes = quotes_of(seed_library)[:80]
    assert len(quotes) == 80
    async with session(seed_library) as client:
        false = [await call(client, "verify", quote=forged(quote)) for quote in quotes]
        true = [await call(client, "verify", quote=quote) for quote in quotes]
    assert [row["quote"] for row in false if row["found"]] == []
    assert [row["quote"] for row in true if row["state"] != "exact"] == []
    assert sum("nearest" in row for row in false) > 60


@pytest.mark.slow
async def test_eighty_forgeries_are_rejected_in_drafts(seed_library: Settings) -> None:
    """The same in quotation marks of a draft: none holds; as they are, all do that the index holds."""
    quotes = [quote for quote in quotes_of(seed_library) if not set('“”‘’《》"\n') & set(quote)][:80]
    assert len(quotes) == 80
    indexed = "\n".join(passage.text for passage, _ in Engine.open(seed_library).passages())
    true = [quote for quote in quotes if quote in indexed]
    async with session(seed_library) as client:
        for made, is_true in ((list(map(forged, quotes)), False), (true, True)):
            draft = "\n\n".join(f"报告写道:“{quote}”" for quote in made)
            told = await call(client, "proof", text=draft)
            found = [one for sentence in told["sentences"] for one in sentence["findings"]]
            said = [one for one in found if one["kind"] == "quotation"]
            assert [one["text"] for one in said if (one["verdict"] == "holds") is not is_true] == []
            assert len(said) >= len(made) > 40


async def test_proof_says_what_the_command_line_says(
    library: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same fields with the same values; of a draft's name and the time it took apart."""
    draft = tmp_path / "稿.txt"
    draft.write_text("2021年全年新增就业3215人。报告称:“改造老旧小区18个”。我们要继续努力。", "utf-8")
    place = [f"--sources={library.sources}", f"--embeddings={library.embeddings}"]
    assert main(["proof", str(draft), "--output=json", *place]) == 1
    printed = {**json.loads(capsys.readouterr().out), "ms": 0, "draft": ""}
    async with session(library) as client:
        told = await call(client, "proof", text=draft.read_text("utf-8"))
        path = await call(client, "proof", text=str(draft))
    assert {**told, "ms": 0} == {**printed, "library": told["library"]}
    assert {one["sha256"] != "" for one in told["citations"]} == {True}
    assert path["sentences"][0]["text"] == str(draft)  # a path is a text like any other: no file is read


async def test_a_cancelled_proof_ends(library: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long draft nobody waits for any more does not keep others waiting to its end."""
    done: list[int] = []
    begun = threading.Event()
    proofed: Callable[..., Any] = Engine.proof

    def proof(engine: Engine, draft: str, progress: Callable[[int, int], None]) -> Any:
        def step(number: int, of: int) -> None:
            progress(number, of)
            done.append(number)
            begun.set()

        return proofed(engine, draft, step)

    monkeypatch.setattr(Engine, "proof", proof)
    async with session(library) as client:
        task = asyncio.create_task(call(client, "proof", text="全年新增就业3215人。" * 3000))
        await asyncio.to_thread(begun.wait, 60)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert (await call(client, "verify", quote="石桥水库"))["found"]
    assert 0 < len(done) < 3000


def test_the_page_describes_what_there_is() -> None:
    """docs/mcp.md: what is to be pasted is JSON and starts a command that there is; the table names every tool and each
    of its parameters, with the bounds there are."""
    text = (ROOT / "docs" / "mcp.md").read_text("utf-8")
    blocks = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", text, re.DOTALL)]
    servers = [one["tjqa"] for block in blocks for one in block.values()]
    assert len(servers) == 2 and {next(iter(block)) for block in blocks} == {"mcpServers", "servers"}
    for one in servers:
        assert parser().parse_args(one["args"]).command == "mcp"
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", text, re.MULTILINE))
    assert rows.keys() == {tool.name for tool in TOOLS}
    for tool in TOOLS:
        assert re.findall(r"`(\w+)`", rows[tool.name]) == [one.name for one in tool.parameters]
        (bounds,) = [one for one in tool.parameters if one.name == "limit"] or [None]
        if bounds is not None and (told := re.search(r"`limit`\((\d+) 至 (\d+)\)", rows[tool.name])):
            assert (int(told[1]), int(told[2])) == (bounds.least, bounds.most)
    assert f"{parameters.MOST_OPENED:,} 字" in text and f"最多 {parameters.MOST_WAITING} 个" in text


def test_without_the_package_it_says_what_to_install(
    library: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The extra and how to install it; every other command does without."""
    monkeypatch.setitem(sys.modules, "mcp", None)
    for name in [name for name in sys.modules if name.startswith(("tjqa.cli.mcp.server", "tjqa.cli.mcp.http"))]:
        monkeypatch.delitem(sys.modules, name)
    assert main(["mcp", f"--sources={library.sources}"]) == 3
    assert "pip install 'tjqa[mcp]'" in capsys.readouterr().err
    assert main(["mcp", "--port=0"]) == 2

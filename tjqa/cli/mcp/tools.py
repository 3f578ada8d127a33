"""What an assistant can call. Each result says what was found with its places, or that nothing was, and why."""

from __future__ import annotations

from typing import Any

from tjqa.answers.figures.words import remarks, row_of
from tjqa.answers.wording import warnings
from tjqa.cli.answer_fields import answer_fields, hit_fields
from tjqa.cli.arguments import place_of
from tjqa.cli.mcp import parameters
from tjqa.cli.mcp.calls import Given, Parameter, Step, Tool, paged, sayable
from tjqa.cli.proof import record
from tjqa.documents import SourceFile, Span
from tjqa.engine import Engine
from tjqa.errors import SourcesError, UsageError
from tjqa.messages import message
from tjqa.reports import SourceSummary
from tjqa.results import Citation
from tjqa.retrieval.parameters import MAX_QUESTION
from tjqa.retrieval.query_syntax import split_filters
from tjqa.text.normalize import fold

_FILTERS = '可以写筛选：文件:名字 地区:地名 自:2023 至:2024-06 "必须出现的原词"'


_NOT_FOUND = {"absent": "mcp_quote_absent", "doubtful": "mcp_quote_doubtful", "cut": "mcp_quote_cut"}


def ask(engine: Engine, given: Given, step: Step) -> dict[str, Any]:
    """The row that `tjqa ask --json` prints, with what must be known of the files."""
    wanted, filters = split_filters(given["question"])
    answer = engine.ask(wanted, given["limit"], filters)
    told = [said.text() for said in warnings(answer)]
    return {**answer_fields(answer), **({"warnings": told} if told else {})}


def search(engine: Engine, given: Given, step: Step) -> dict[str, Any]:
    """A page of the passages nearest to a question."""
    wanted, filters = split_filters(given["query"])
    most = min(parameters.MOST_RANKED, given["offset"] + given["limit"] + 1)  # one more, to know whether there is one
    found = engine.look_up.search(wanted, most, filters)
    hits = [hit_fields(hit, "unjudged") for hit in found if hit.unchanged]
    page = paged(hits, given, "hits")
    del page["total"]  # how many more there are nobody has counted
    told = {"query": given["query"], **page}
    if not page["hits"]:
        nothing = "filters_pass_nothing" if filters and not found else "mcp_no_passage"
        told["reason"] = message("mcp_no_more" if given["offset"] and found else nothing).text()
    if len(hits) < len(found):
        told["warnings"] = [message("quotes_gone", count=len(found) - len(hits)).text()]
    return told


def open_place(engine: Engine, given: Given, step: Step) -> dict[str, Any]:
    """A stretch of a document, as it stands in the file now."""
    place = given["place"]
    path, start, end = place, 0, parameters.MOST_OPENED
    if engine.look_up.summary(place) is None and ":" in place:
        path, start, end = place_of(place)
    source = _read(engine, path)
    length = len(source.text)
    if start > length:
        raise UsageError("mcp_beyond", path=path, length=length)
    span = Span(start, min(end, length, start + parameters.MOST_OPENED))
    citation = engine.look_up.at(source, 1, span)
    return {
        **_standing(engine, citation, "exact"),
        "length": length,
        "left_out": _left_out(engine, source, span),
        "next": f"{path}:{span.end}-{min(length, span.end + parameters.MOST_OPENED)}" if span.end < length else None,
    }


def verify(engine: Engine, given: Given, step: Step) -> dict[str, Any]:
    """Whether a quote stands in the documents."""
    if given["file"] is not None:
        _read(engine, given["file"])
    found = engine.look_up.quote(given["quote"], given["file"])
    told: dict[str, Any] = {
        "quote": given["quote"],
        "found": found.count > 0,
        "state": found.state,
        "count": found.count,
    }
    if found.count:
        told["places"] = [_standing(engine, one, _kept(one, given["quote"])) for one in found.places]
    else:
        why = [_NOT_FOUND[found.state]]
        why += ["mcp_only_indexed"] * (not found.whole)
        told["reason"] = "".join(message(key).text() for key in why)
    if found.nearest is not None:
        pairs = [{"quote": quote, "source": source} for quote, source in found.differences]
        told["nearest"] = {**_standing(engine, found.nearest, "none"), "differences": pairs}
    return told


def proof(engine: Engine, given: Given, step: Step) -> dict[str, Any]:
    """A draft held against the documents: the data of `tjqa proof --output json`."""
    return record(engine.proof(given["text"], step))


def sources(engine: Engine, given: Given, step: Step) -> dict[str, Any]:
    """A page of the documents, those that could not be read among them with the reason."""
    wanted = fold(given["name"] or "")
    rows = [_source(one) for one in engine.sources()]
    rows += [{"file": one.path, "skipped": one.reason.text()} for one in engine.status().skipped]
    chosen = [row for row in rows if wanted in fold(sayable(row["file"]))]
    page = paged(chosen, given, "sources")
    if not page["sources"]:
        page["reason"] = message("mcp_no_more" if chosen else "mcp_no_such_file").text()
    return page


def figures(engine: Engine, given: Given, step: Step) -> dict[str, Any]:
    """A page of the figures of a measure."""
    table = engine.figures(given["measure"], given["places"] or (), given["since"], given["until"])
    rows = [{**row_of(one), "sha256": one.citation.sha256, "strength": "exact"} for one in table.figures]
    page = {"measure": table.measure, **paged(rows, given, "figures")}
    told = [said.text() for said in remarks(table)]
    if not page["figures"]:
        page["reason"] = message("mcp_no_more").text() if rows else "".join(told)
    elif told:
        page["warnings"] = told
    return page


def _kept(citation: Citation, quote: str) -> str:
    return "exact" if citation.quote == quote.strip() else "width"


def _read(engine: Engine, name: str) -> SourceFile:
    """A document of the index, by the very name that the index has; nothing else of the disk can be named.

    Raises:
        SourcesError: there is none of this name, or it cannot be read.
    """
    if engine.look_up.summary(name) is None:
        skipped = {sayable(one.path): one.reason for one in engine.status().skipped}
        if name in skipped:
            raise SourcesError(skipped[name])
        raise SourcesError("mcp_no_source", "mcp_no_source_hint", name=name)
    source = engine.look_up.document(name)
    if source is None:
        raise SourcesError("mcp_unreadable", "update_hint", path=name)
    return source


def _standing(engine: Engine, citation: Citation, strength: str) -> dict[str, Any]:
    """A stretch read from its file now; `changed` says that the file is no longer the one that was indexed."""
    held = engine.look_up.summary(citation.path)
    row = hit_fields(citation, strength)
    del row["score"]  # it was not ranked
    return {**row, "changed": held is None or held.sha256 != citation.sha256}


def _left_out(engine: Engine, source: SourceFile, span: Span) -> list[dict[str, Any]]:
    """What of a stretch the index leaves out, and why."""
    held = engine.look_up.summary(source.path)
    if held is None or held.sha256 != source.sha256:
        return []
    inside = ((max(one.span.start, span.start), min(one.span.end, span.end), str(one.reason)) for one in held.dropped)
    return [
        {"start": start, "end": end, "reason": reason}
        for start, end, reason in inside
        if start < end and source.text[start:end].strip()
    ]


def _source(summary: SourceSummary) -> dict[str, Any]:
    titles = [{"title": one.title, "published": one.published} for one in summary.articles[: parameters.MOST_TITLES]]
    return {
        "file": summary.path,
        "sha256": summary.sha256,
        "encoding": summary.encoding,
        "characters": summary.characters,
        "kept": summary.kept,
        "passages": summary.passages,
        "articles": len(summary.articles),
        "titles": titles,
    }


def _limit(default: int, most: int) -> Parameter:
    return Parameter("limit", "一页最多几条", "number", least=1, most=most, default=default)


_OFFSET = Parameter("offset", "从第几条起，0 为第一条；用上一页的 next_offset", "number", most=1_000_000, default=0)
_RANKED = Parameter("offset", _OFFSET.about, "number", most=parameters.MOST_RANKED - 1, default=0)

TOOLS = (
    Tool(
        "search",
        "检索",
        "按与问题的远近列出资料里的段落，不判断哪一段是答案。每段都是文件里的原文，带文件、SHA-256、字符区间、题名、日期。"
        + _FILTERS,
        (
            Parameter("query", "问题或几个词", is_required=True, least=1, most=MAX_QUESTION),
            _limit(5, parameters.MOST_HITS),
            _RANKED,
        ),
        search,
    ),
    Tool(
        "ask",
        "提问",
        "用中文提问，得到资料里回答它的原句（或表格的格）和出处。strength：answer 是答案，possible 把握不大、要看原文，"
        "none 没有找到，reason 说明为什么；没有找到就是资料里没有可靠的答案，不要自己补。" + _FILTERS,
        (Parameter("question", "问题", is_required=True, least=1, most=MAX_QUESTION), _limit(5, parameters.MOST_HITS)),
        ask,
    ),
    Tool(
        "open",
        "打开原文",
        "读一份资料的一段，照文件现在的样子。place 写 文件:起-止（字符区间，如 hits 里的 file、start、end），或只写"
        f"文件，从头读起；一次最多 {parameters.MOST_OPENED} 字，next 是接着读的地方。只能打开 sources 列出的文件。",
        (Parameter("place", "文件:起-止，或文件", is_required=True, least=1),),
        open_place,
    ),
    Tool(
        "verify",
        "核对引文",
        "一句引文是否一字不差地在资料里（全角半角、换行除外）。写进文章的每一句引文都应先核对。found 为 false 时"
        " reason 说明，nearest 是最接近的原文，differences 列出不同的字。把数截断、去掉它的符号或单位的引文不算。",
        (
            Parameter("quote", "引文，不带外面的引号", is_required=True, least=2, most=parameters.MOST_QUOTED),
            Parameter("file", "只在这一份资料里找"),
        ),
        verify,
    ),
    Tool(
        "proof",
        "核稿",
        "把一段稿子逐句与资料核对：引号里的话要一字不差，数字、日期、地名、人名、文号逐项查对。holds 为 false 时"
        "看 sentences 里 fault 为 true 的各项：verdict 是 differs 不同（said 是原文的）、other_time 是另一年的、"
        "other_place 是另一地的、not_found 没有找到。没有可核对内容的句子不判。",
        (Parameter("text", "稿子，纯文本", is_required=True, least=1, most=parameters.MOST_PROOFED),),
        proof,
    ),
    Tool(
        "sources",
        "列出资料",
        "有哪些资料：文件、SHA-256、题名、日期、字数、段数；读不出来的文件写明原因。",
        (Parameter("name", "只列路径里有这些字的"), _limit(20, parameters.MOST_ROWS), _OFFSET),
        sources,
    ),
    Tool(
        "figures",
        "指标对照",
        "一个指标在各份资料、各地、各年的数，每个数注明出处，互相矛盾的在 differs 里写明与第几项不同。",
        (
            Parameter("measure", "指标，如 城镇居民人均可支配收入", is_required=True, least=1, most=200),
            Parameter("places", "只要这些地区的", "texts", least=1, most=50),
            Parameter("since", "从什么时候起，如 2019年、2024年3月", most=50),
            Parameter("until", "到什么时候为止", most=50),
            _limit(20, parameters.MOST_ROWS),
            _OFFSET,
        ),
        figures,
    ),
)

"""Rows of results as Markdown tables: the last row of each kind, size and program counts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]
_NONE = "–"
_HANDICAP = "384 维的程序只用了模型向量的语义部分(全部放不进内存),这一项使它们命中更少:那里的 hit@10 不能与 tjqa 比较。"
_STAGE_NAMES = {
    "understand": "拆解问题",
    "lexical": "BM25 打分",
    "encode": "问题向量",
    "vectors": "向量检索",
    "fetch": "读出候选",
    "features": "候选特征与排序",
    "copies": "合并转载",
    "decide": "选答句、定把握",
    "cite": "重读原文、引用",
    "remarks": "说明",
    "rest": "其余",
}


def read_rows(path: Path) -> list[Row]:
    """The rows of a results file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def table(rows: Sequence[Row]) -> str:
    """All tables for which there are rows, under the machine they were measured on."""
    own = _last(rows, "own", "size")
    parts = [_machine(rows), _own(own), _stages(own), _peers(own, _last(rows, "peer", "size", "who")), _sets(rows)]
    return "\n\n".join(part for part in parts if part)


def _last(rows: Iterable[Row], kind: str, *keys: str) -> list[Row]:
    """The newest row for each value of the keys; figures that it lacks are taken from earlier ones, for a run may
    measure only some parts."""
    found: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        if row["kind"] == kind:
            key = tuple(row[name] for name in keys)
            before = found.get(key, {}) if "not_run" not in row and "not_run" not in found.get(key, {}) else {}
            found[key] = {**before, **row}
    return [found[key] for key in sorted(found, key=lambda key: (key[0], *map(str, key[1:])))]


def _machine(rows: Sequence[Row]) -> str:
    runs = [row for row in rows if row["kind"] == "run"]
    if not runs:
        return ""
    last = runs[-1]
    versions = ", ".join(f"{name} {version}" for name, version in last["versions"].items())
    return (
        f"{last['date']},{last['processor']},每个程序 {last['threads']} 个核;tjqa {last['tjqa']},"
        f"Python {last['python']},{versions}。"
    )


def _own(rows: Sequence[Row]) -> str:
    """tjqa by size."""
    lines: list[tuple[str, Callable[[Row], str]]] = [
        ("段", lambda r: f"{r['passages']:,}"),
        ("建索引,段/秒", lambda r: f"{r['passages_per_second']:,.0f}"),
        ("建索引,秒(处理器秒)", lambda r: f"{r['index_seconds']:.1f} ({r['index_processor_seconds']:.1f})"),
        ("建索引,内存峰值(其中匿名)", lambda r: f"{_mib(r['index_peak_memory'])} ({_mib(r['index_peak_anonymous'])})"),
        ("文档", lambda r: _mib(r["sources_bytes"])),
        ("索引,含原文 / 不含", lambda r: f"{_mib(r['index_bytes'])} / {_mib(r['index_bytes_without_text'])}"),
        ("`tjqa ask` 冷启动,秒", lambda r: f"{r['cold_seconds']:.2f}"),
        ("与只导入 faiss、jieba 之比", lambda r: f"{r['cold_ratio']:.2f}"),
        ("打开资料库,秒", lambda r: f"{r['open_seconds']:.2f}"),
        ("提问 p50 / p99,毫秒", lambda r: _pair(r["latency"])),
        ("其中处理器时间", lambda r: _pair(r["latency_processor"])),
        ("FAISS 精确扫描 p50 / p99,毫秒", lambda r: _pair(r["scan"])),
        ("提问与扫描之比 p50 / p99", lambda r: _pair(r["ratio_to_scan"], 2)),
        ("按处理器时间", lambda r: _pair(r["ratio_to_scan_processor"], 2)),
        ("向量检索 recall@10", lambda r: f"{r['recall@10']:.4f}"),
        ("提问的 hit@10", lambda r: f"{r['hit@10']:.3f}"),
        ("问完后常驻内存", lambda r: _mib(r["memory"]["VmRSS"])),
        ("其中匿名 / 映射的文件", lambda r: f"{_mib(r['memory']['RssAnon'])} / {_mib(r['memory']['RssFile'])}"),
        ("改动一个文件后更新,秒", lambda r: f"{r['update_seconds']:.2f}"),
        ("更新,内存峰值", lambda r: _mib(r["update_peak_memory"])),
    ]
    return _markdown(["tjqa", *(f"{r['size']:,}" for r in rows)], [[n, *(_safe(f, r) for r in rows)] for n, f in lines])


def _stages(rows: Sequence[Row]) -> str:
    """Milliseconds of each stage by size."""
    rows = [row for row in rows if "stages" in row]
    names = [name for name in _STAGE_NAMES if any(name in row["stages"] for row in rows)]
    body = [
        [_STAGE_NAMES[name], *(_pair(row["stages"][name], 2) if name in row["stages"] else _NONE for row in rows)]
        for name in names
    ]
    missing = sorted({name for row in rows for name in row.get("stages_missing", ())})
    shown = _markdown(["各步 p50 / p99,毫秒", *(f"{row['size']:,}" for row in rows)], body)
    return shown + (f"\n\n没有量到的函数:{'、'.join(missing)}" if missing else "")


def _peers(own: Sequence[Row], peers: Sequence[Row]) -> str:
    """tjqa and the peers, size by size."""
    sizes = sorted({row["size"] for row in peers})
    shown = [{**row, "who": "tjqa", "peak_memory": row.get("index_peak_memory")} for row in own if row["size"] in sizes]
    speed = {row["size"]: row["latency"]["p50"] for row in shown if "latency" in row}

    def slower(row: Row) -> str:
        return f"{row['latency']['p50'] / speed[row['size']]:.2f}"

    body = [
        [
            f"{size:,}",
            row["who"],
            *_peer_cells(row),
            _safe(slower, row),
        ]
        for size in sizes
        for row in (*shown, *peers)
        if row["size"] == size
    ]
    head = ["段数", "程序", "向量维数", "入库,段/秒", "段/处理器秒", "提问 p50 / p99,毫秒", "处理器毫秒"]
    handicapped = any(row.get("handicapped") for row in peers)
    shown_table = _markdown([*head, "hit@10", "问了", "内存峰值", "p50 与 tjqa 之比"], body)
    return shown_table + (f"\n\n{_HANDICAP}" if handicapped else "") + _versions(peers)


def _peer_cells(row: Row) -> list[str]:
    if "not_run" in row:
        return [_NONE, f"没有跑:{row['not_run']}", *[_NONE] * 6]
    cells: tuple[Callable[[Row], str], ...] = (
        lambda r: str(r["dimension"] or _NONE),
        lambda r: f"{r['passages_per_second']:,.0f}",
        lambda r: f"{r['passages'] / r['index_processor_seconds']:,.0f}",
        lambda r: _pair(r["latency"]),
        lambda r: _pair(r["latency_processor"]),
        lambda r: f"{r['hit@10']:.3f}",
        lambda r: str(r["questions"]),
        lambda r: _mib(r["peak_memory"]),
    )
    return [_safe(cell, row) for cell in cells]


def _sets(rows: Sequence[Row]) -> str:
    """nDCG@10 on public sets."""
    found = sorted(_last(rows, "set", "set", "who"), key=lambda row: (row["set"], row["who"] != "tjqa", row["who"]))
    body = [
        [
            row["set"],
            row["who"],
            f"没有跑:{row['not_run']}" if "not_run" in row else f"{row['ndcg@10']:.4f}",
            _safe(lambda r: str(r["questions"]), row),
            _safe(lambda r: f"{r['latency']['p50']:.1f}", row),
        ]
        for row in found
    ]
    return _markdown(["公开集", "程序", "nDCG@10", "问题", "提问 p50,毫秒"], body) + _versions(found)


def _versions(rows: Sequence[Row]) -> str:
    """What the peers are made of, below their table."""
    told = {
        row["who"]: "、".join(f"{name} {version}" for name, version in row["versions"].items())
        for row in rows
        if "versions" in row
    }
    return "\n\n版本:" + ";".join(f"{who}:{made}" for who, made in told.items()) + "。" if told else ""


def _safe(cell: Callable[[Row], str], row: Row) -> str:
    """A cell, or a dash where the row has not been measured for it."""
    try:
        return cell(row)
    except (KeyError, TypeError):
        return _NONE


def _pair(times: dict[str, float], digits: int = 1) -> str:
    return f"{times['p50']:.{digits}f} / {times['p99']:.{digits}f}"


def _mib(size: int) -> str:
    return f"{size / 2**20:,.0f} MiB"


def _markdown(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    if not body or len(head) < 2:
        return ""
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in line) + " |" for line in lines)

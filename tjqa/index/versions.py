"""The versions of what makes an index; another one means a rebuild."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

from tjqa.errors import IndexOutdated
from tjqa.ingest.chunking import PACKER_VERSION
from tjqa.ingest.cleaning.clean import CLEANER_VERSION
from tjqa.ingest.readers import READING_VERSION
from tjqa.text.normalize import TEXT_VERSION
from tjqa.text.terms import TERMS_VERSION

VERSIONS = {
    "text": TEXT_VERSION,
    "terms": TERMS_VERSION,
    "cleaner": CLEANER_VERSION,
    "packer": PACKER_VERSION,
    "reading": READING_VERSION,
}


# What the numbers in `VERSIONS` count, and those by which a question is read like the passages were.
_VERSIONED = {"text": "文本规范", "terms": "索引词", "cleaner": "清洗规则", "packer": "分段规则", "reading": "文件读取",
              "words": "用户词典"}  # fmt: skip
_ASKING = {"text", "terms"}


def index_versions(words: tuple[str, ...]) -> dict[str, int]:
    """What an index depends on beside the documents and the model: our own versions, and the user's words."""
    return {**VERSIONS, "words": zlib.crc32("\n".join(words).encode("utf-8", "surrogatepass"))}


def rebuild_reason(made: Any, versions: Mapping[str, int]) -> str:
    """Why an index of other versions is due for a rebuild; empty when all are the same.

    Raises:
        IndexOutdated: a question would be read otherwise than the passages were.
    """
    made = made if isinstance(made, dict) else {}
    other = [name for name, number in versions.items() if made.get(name) != number]
    if not other:
        return ""
    names = "、".join(_VERSIONED.get(name, name) for name in other)
    if set(other) & _ASKING:
        raise IndexOutdated(f"{names}已更新,由旧版 tjqa 建立的索引不能再查。", "请运行 tjqa index 更新索引。")
    return f"{names}已更新,现在的索引仍可查询,但还是旧规则的结果;请运行 tjqa index 更新索引。"

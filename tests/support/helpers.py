"""Made-up documents, an encoder without weights, and ways to run the program, for all tests."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tjqa.text.segmenter import Segmenter

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
MODEL = ROOT / "embeddings" / "model"
ENCODER = ROOT / "embeddings" / "encoder"
READER = ROOT / "embeddings" / "reader"
PLAIN = Segmenter()  # cuts without words of the user's own

REPORT = """2021年白鹭县政府工作报告

一、2021年工作回顾

过去一年,全县上下团结奋斗,完成了年初确定的各项任务。全年地区生产总值达到186.5亿元,增长7.2%。一般公共预算收入完成12.8亿元,增长5.1%。全年新增就业3215人,城镇登记失业率控制在3.4%以内。新建改建农村公路64公里,改造老旧小区17个。

教育事业稳步发展,新建幼儿园6所,新增学位1280个。白鹭县第一中学新校区于2021年9月1日正式启用,总投资3.6亿元,由云岭建工集团承建。县医院住院楼完成封顶,新增床位300张。

二、2022年工作安排

今年全县地区生产总值预期增长7.5%左右,新增就业3500人。计划新建改建农村公路80公里,改造老旧小区20个,启动白鹭湖湿地修复工程。
"""
WATER = """石桥水库除险加固工程完工

石桥水库位于白鹭河上游,始建于1958年,总库容4200万立方米。2020年3月,水库除险加固工程开工,历时十九个月,于2021年10月通过竣工验收。工程加固大坝812米,更换闸门5扇,改造输水隧洞1条。

县水利局局长沈怀民介绍,工程完工以后,石桥水库可以灌溉下游农田6.3万亩,保障11.5万人的饮水安全。水库还安装了水位、雨量和渗流自动监测设备,值班人员在调度中心就能看到大坝的运行情况。
"""
TEA = """云岭毛峰茶叶种植技术

云岭毛峰产于海拔800米以上的山区,每年清明前后开始采摘。采摘标准是一芽一叶,要求芽叶完整、大小均匀、不带鱼叶。鲜叶要在四小时以内摊晾,摊晾厚度不超过三厘米。

杀青的锅温保持在180摄氏度,时间约八分钟。揉捻以后用炭火烘干,含水量降到6%以下才能入库。茶园每年施两次有机肥,第一次在二月下旬,第二次在十月上旬。
"""
DOCUMENTS = {
    "报告.txt": REPORT.encode(),
    "水利/水库.txt": b"\xef\xbb\xbf" + WATER.replace("\n", "\r\n").encode(),
    "茶叶.md": TEA.encode("gb18030"),
}


@contextlib.contextmanager
def deep_folder(top: Path, depth: int, names: Sequence[str] = ()) -> Iterator[Path]:
    """A folder `a` in `top` with another in it, and so on, `depth` of them; empty files of `names` in the innermost.

    Taken away afterwards: neither shutil nor pytest can remove what lies so deep.
    """
    place = os.open(top, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("a", dir_fd=place)
        inner = os.open("a", os.O_RDONLY, dir_fd=place)
        os.close(place)
        place = inner
    for name in names:
        os.close(os.open(name, os.O_WRONLY | os.O_CREAT, dir_fd=place))
    os.close(place)
    try:
        yield top / "a"
    finally:
        while (top / "a" / "a").exists():
            (top / "a" / "a").rename(top / "a next")
            (top / "a").rmdir()
            (top / "a next").rename(top / "a")
        shutil.rmtree(top / "a")


class FakeEncoder:
    """Vectors of hashed character pairs: near texts get near vectors, without weights."""

    def __init__(self, name: str = "pairs", dimension: int = 64) -> None:
        self.name = name
        self.dimension = dimension
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit rows, shape (len(texts), dimension); an empty text gets the zero vector."""
        self.encoded.extend(texts)
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for at in range(len(text) - 1):
                row[zlib.crc32(text[at : at + 2].encode()) % self.dimension] += 1
            row /= max(float(np.linalg.norm(row)), 1e-9)
        return rows


def data_file(generation: Path, kind: str) -> Path:
    """The file of a kind (passages.jsonl, vectors.faiss) of an index with one part."""
    (found,) = generation.glob(f"*.{kind}")
    return found


@dataclass(frozen=True)
class Finished:
    """What a command did."""

    code: int
    out: str
    err: str


def environment(**changes: str) -> dict[str, str]:
    """The environment of a program that finds this checkout from any folder."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **changes}


def python(*arguments: str | bytes, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run a fresh interpreter in the checkout to its end."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(**changes),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )

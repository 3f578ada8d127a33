"""What an update costs beside a full build: 1,000 generated files, nothing changed, then one changed.

    python -m tests.benchmarks.updates [--files 1000]

Builds with the shipped model in fresh processes, as a user does, and prints the seconds of each run and the passages
that were embedded. A run without changes should take at most 5 % of the full build.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from pathlib import Path

from tests.support.helpers import python

WORDS = "道路 桥梁 学校 医院 水库 农田 茶园 渔场 工厂 车站 公园 广场 仓库 港口 林场 牧场 隧道 堤坝 灌区 电站".split()  # noqa: SIM905
VERBS = "新建 改造 扩建 加固 维修 启用 验收 规划".split()  # noqa: SIM905


def main() -> None:
    """Build, build again, change one file, build again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder) / "资料"
        draw = random.Random(1)
        for number in range(options.files):
            path = sources / str(number % 20) / f"{number:05}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(document(number, draw), "utf-8")
        full, _ = run(folder, "full build")
        again, _ = run(folder, "nothing changed")
        print(f"  {again / full:.1%} of the full build")
        path.write_text(path.read_text("utf-8").replace("。", ",新增一项。", 1), "utf-8")
        run(folder, "one file changed")


def document(number: int, draw: random.Random) -> str:
    """A report of about 3,000 characters."""
    lines = [f"第{number}号乡镇年度工程报告"]
    for section in range(12):
        sentences = [
            f"{draw.choice(VERBS)}{draw.choice(WORDS)}{draw.randrange(2, 90)}处,总投资{draw.randrange(100, 9999)}万元,"
            f"比上年增长{draw.randrange(1, 300) / 10}%,惠及{draw.choice(WORDS)}周边农户{draw.randrange(20, 5000)}户"
            for _ in range(5)
        ]
        lines.append(f"第{section + 1}项工作进展顺利。" + "。".join(sentences) + "。")
    return "\n\n".join(lines) + "\n"


def run(folder: str, name: str) -> tuple[float, int]:
    """Seconds of `tjqa index` from start to end, and the passages it embedded."""
    began = time.perf_counter()
    done = python("-m", "tjqa", "index", "--fast", f"--sources={folder}/资料", f"--embeddings={folder}/embeddings")
    seconds = time.perf_counter() - began
    if done.returncode:
        sys.exit(done.stderr)
    told = done.stderr.strip().splitlines()[-1]
    embedded = int((re.search(r"新向量化 (\d+) 段", told) or [0, 0])[1])
    print(f"{name}: {seconds:.2f} s, {embedded} passages embedded ({told})")
    return seconds, embedded


if __name__ == "__main__":
    main()

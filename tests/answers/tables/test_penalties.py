"""Tables and forms of penalties, of one or two rows: the cell answers, not what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.tables import html_row
from tjqa.config import Settings
from tjqa.engine import Engine, build

HEAD = ["序号", "行政处罚决定文号", "被处罚当事人名称", "主要违法违规行为", "行政处罚内容", "作出决定机关名称"]
BANKS = [
    ["1", "青金罚决字〔2023〕12号", "青禾农村商业银行股份有限公司", "贷款三查不到位", "罚款85万元", "青禾监管分局"],
    ["2", "青金罚决字〔2023〕13号", "张建华", "对贷款三查不到位负有责任", "警告并罚款6万元", "青禾监管分局"],
]
FORM = [
    ["行政处罚决定文号", "云金罚决字〔2022〕5号"],
    ["被处罚当事人姓名或名称", "云溪县农村信用合作联社"],
    ["法定代表人或主要负责人姓名", "李卫东"],
    ["主要违法违规事实(案由)", "违规发放流动资金贷款用于固定资产投资"],
    ["行政处罚依据", "《中华人民共和国银行业监督管理法》第四十六条"],
    ["行政处罚决定", "罚款人民币30万元"],
    ["作出处罚决定的机关名称", "云溪监管支局"],
    ["作出处罚决定的日期", "2022年11月8日"],
]
SHOPS = [
    ["序号", "行政处罚决定书文号", "被处罚人", "违法事实", "处罚金额(元)", "处罚日期"],
    ["1", "柳市监处罚〔2024〕31号", "柳湾镇利民超市", "经营超过保质期的食品", "5000", "2024年3月12日"],
]


def page(title: str, rows: Sequence[Sequence[str]], text: str) -> bytes:
    """A page of a table."""
    table = f"<table>{''.join(map(html_row, rows))}</table>"
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p>{table}</body></html>".encode()


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A library of the three."""
    folder: Path = tmp_path_factory.mktemp("penalties")
    (folder / "sources").mkdir()
    told = "当事人柳湾镇利民超市因经营超过保质期的食品被立案调查,涉案货值金额326元,违法所得58元。"
    files = {
        "银行.html": page("行政处罚信息公开表", [HEAD, *BANKS], "现将处罚信息公开如下,数据以决定书为准。"),
        "联社.html": page("云溪监管支局行政处罚信息公开表", FORM, "现将有关处罚信息公开如下。"),
        "超市.html": page("柳湾镇市场监管所行政处罚公示", SHOPS, told),
    }
    for name, raw in files.items():
        (folder / "sources" / name).write_bytes(raw)
    settings = Settings(folder / "sources", folder / "embeddings")
    build(settings)
    return Engine.open(settings)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("青禾农村商业银行股份有限公司被罚多少万元", "罚款85万元"),
        ("青禾农村商业银行被罚款多少", "罚款85万元"),
        ("张建华被罚了多少钱", "警告并罚款6万元"),
        ("张建华因为什么被处罚", "对贷款三查不到位负有责任"),
        ("青禾农村商业银行的处罚决定文号是什么", "青金罚决字〔2023〕12号"),
        ("云溪县农村信用合作联社被罚款多少", "罚款人民币30万元"),
        ("云溪县农村信用合作联社因为什么被处罚", "违规发放流动资金贷款用于固定资产投资"),
        ("云溪县农村信用合作联社的处罚依据是什么", "《中华人民共和国银行业监督管理法》第四十六条"),
        ("云溪县农村信用合作联社什么时候被处罚", "2022年11月8日"),
        ("柳湾镇利民超市被罚了多少元", "5000"),
        ("利民超市的处罚决定书文号是什么", "柳市监处罚〔2024〕31号"),
        ("利民超市什么时候被处罚的", "2024年3月12日"),
    ],
)
def test_the_cell_answers(engine: Engine, question: str, value: str) -> None:
    """However the column is called, and whether the head stands on top or on the left."""
    assert [best.quote for best in engine.ask(question).best] == [value]


@pytest.mark.parametrize("question", ["柳湾镇利民超市库存食品有多少箱", "李卫东被罚款多少"])
def test_what_no_cell_says(engine: Engine, question: str) -> None:
    """A figure of something else, a person that another cell names: no sure answer."""
    assert engine.ask(question).strength != "answer"

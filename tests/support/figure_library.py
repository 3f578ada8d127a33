"""A library of one measure told in tables and sentences, with all that can go wrong between them."""

from __future__ import annotations

from pathlib import Path

from tests.support.formats import as_xlsx
from tjqa.config import Settings
from tjqa.engine import build

REPORT_2023 = """2023年桐江市国民经济和社会发展统计公报
2024-03-12
一、综合
初步核算,2023年全市地区生产总值达到1250.4亿元,比上年增长5.2%。其中,第三产业增加值610.2亿元,增长6.1%。
全年粮食产量84.3万吨,下降1.2%。单位地区生产总值能耗下降3.1%。
规模以上工业增加值320.5亿元,增长6.6%。
城镇居民人均可支配收入51821元,增长5.1%;农村居民人均可支配收入21691元,名义增长7.7%。
2023年1—8月,固定资产投资完成312.5亿元,同比增长4.0%。
"""
PLAN_2024 = """2024年桐江市政府工作报告
2024-01-15
二、2024年工作安排
“十四五”时期,全社会研发经费投入年均增长7%。深入实施创新驱动战略,研发经费投入增长10%。
今年经济社会发展的主要预期目标是:地区生产总值增长5.5%左右;粮食产量85万吨以上;城镇新增就业3万人。
预计2024年地区生产总值达到1320亿元。到2030年,地区生产总值突破2000亿元。
去年地区生产总值增长5%-6%。
"""
OTHER_2023 = """桐江日报:2023年我市经济稳中有进
2024-02-01
2023年桐江市地区生产总值12504000万元,粮食产量83.9万吨。
"""
TABLE = [
    ("表1 桐江市主要经济指标",),
    ("指标", "单位", "2022年", "2023年", "比上年增长(%)"),
    ("地区生产总值", "亿元", "1188.6", "1250.4", "5.2"),
    ("  第一产业", "亿元", "90.1", "92.2", "2.3"),
    ("粮食产量", "万吨", "85.3", "84.3", "-1.2"),
    ("发电量", "亿千瓦时", "200", "220", "15.0"),
]
MONTHS = [
    ("2024年5月桐江市社会消费品零售总额",),
    ("指标", "本月（万元）", "累计（万元）", "上年同期累计（万元）"),
    ("社会消费品零售总额", "4200", "21000", "20000"),
]


def figure_library(folder: Path, embeddings: Path) -> Settings:
    """Settings of the library, indexed."""
    folder.mkdir()
    texts = {"公报.txt": REPORT_2023, "政府工作报告.txt": PLAN_2024, "日报.txt": OTHER_2023}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="gb18030" if name == "日报.txt" else "utf-8")
    (folder / "主要指标.xlsx").write_bytes(as_xlsx({"指标": TABLE}))
    (folder / "2024年5月零售.xlsx").write_bytes(as_xlsx({"零售": MONTHS}))
    place = Settings(folder, embeddings)
    build(place)
    return place

"""Names that everyone shortens, and what tables write out; the short ones folded. Whatever is not here is told from its
characters (`matching`)."""

from __future__ import annotations

_NAMES = {
    "gdp": ("地区生产总值", "国内生产总值", "生产总值"),
    "生产总值": ("gdp",),
    "cpi": ("居民消费价格",),
    "ppi": ("工业生产者出厂价格", "工业品出厂价格"),
    "pmi": ("采购经理指数",),
    "r&d": ("研究与试验发展", "研发"),
    "社零": ("社会消费品零售",),
    "物价": ("消费价格", "价格指数"),
    "房价": ("商品住宅销售价格", "住宅销售价格", "住宅价格", "房屋价格"),
    "住房": ("居住", "住宅"),
    "gnp": ("国民生产总值", "国民总收入"),
    "kwh": ("千瓦时",),
    "lng": ("液化天然气",),
    "lpg": ("液化石油气",),
    "pvc": ("聚氯乙烯",),
    "pp": ("聚丙烯",),
    "pe": ("聚乙烯",),
    "营收": ("营业收入",),
    "财政收入": ("一般公共预算收入", "公共财政预算收入"),
    "财政支出": ("一般公共预算支出", "公共财政预算支出"),
}


def full_names(short: str) -> tuple[str, ...]:
    """What tables may write in place of a short name, folded."""
    return _NAMES.get(short, ())

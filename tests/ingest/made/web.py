"""Saved pages: portals, encyclopedias, pages of authorities."""

# ruff: noqa: E501  the documents are long

from __future__ import annotations

from tests.ingest.made import SENTENCE, Made

STORY = f"<p>{SENTENCE}</p><p>{SENTENCE.replace('新馆', '老馆')}</p>"


def saved(body: str, title: str = "新馆开放_云溪网", head: str = "<meta charset=utf-8>", codec: str = "utf-8") -> bytes:
    """A page as a browser saves it."""
    return f"<!DOCTYPE html><html><head>{head}<title>{title}</title></head><body>{body}</body></html>".encode(codec)


CASES = (
    Made(
        "the headline that the title element names was thrown away",
        "1.html",
        saved(f"<div>今日头条</div><div>云溪频道</div><h2>新馆开放</h2><p>2024-06-13 来源:云溪日报</p>{STORY}"),
        title="新馆开放",
        day="2024-06-13",
    ),
    Made(
        "a heading that was never closed took the article in",
        "1.html",
        saved(f"<h1>新馆开放<p>{SENTENCE * 3}</p><p>{SENTENCE}</p>"),
        title="新馆开放",
    ),
    Made(
        "menus were passages",
        "1.html",
        saved(f"<nav><a href=1>首页</a><a href=2>要闻</a></nav><h1>新馆开放</h1>{STORY}<footer>版权所有</footer>"),
        never=("首页", "版权所有"),
    ),
    Made(
        "a page that declares the wrong encoding",
        "1.html",
        saved(f"<h1>新馆开放</h1>{STORY}", head="<meta charset=gbk>"),
        title="新馆开放",
        says=(("", SENTENCE),),
    ),
    Made(
        "a page of Chinese Windows",
        "1.html",
        saved(f"<h1>新馆开放</h1>{STORY}", head="<meta charset=gb2312>", codec="gb18030"),
        says=(("", SENTENCE),),
    ),
    Made(
        "headings of a page did not nest",
        "1.html",
        saved(
            f"<h1>新馆开放</h1><h2>新馆的建设情况</h2><h3>面积和藏书</h3><p>{SENTENCE * 3}</p><h2>开放</h2><p>{SENTENCE}</p>"
        ),
        says=(("新馆的建设情况 / 面积和藏书", SENTENCE),),
    ),
    Made(
        "numbers of a list were lost",
        "1.html",
        saved(f"<h1>新馆开放</h1><p>办证需要:</p><ol><li>身份证</li><li>照片</li></ol>{STORY}"),
        says=(("", "2.照片"),),
    ),
    Made(
        "a power was read as a figure",
        "1.html",
        saved(f"<h1>新馆开放</h1><p>藏书9.6×10<sup>5</sup>册。</p>{STORY}"),
        never=("9.6×105",),
    ),
    Made(
        "what the page hides answered",
        "1.html",
        saved(f"<h1>新馆开放</h1><p hidden>新馆每周开放两天。</p><script>var 开放=1</script>{STORY}"),
        never=("每周开放两天", "var"),
    ),
    Made(
        "links to other articles answered",
        "1.html",
        saved(
            f"<h1>新馆开放</h1>{STORY}<h3>相关阅读</h3>"
            + "".join(f"<p><a href={n}>第{n}届读书节将在新馆开幕</a></p>" for n in range(1, 6))
        ),
        never=("读书节",),
    ),
    Made(
        "lines broken by br were one",
        "1.html",
        saved(f"<h1>新馆开放</h1><div>开放时间:<br>周二至周日<br>{SENTENCE * 2}</div>"),
        says=(("", "开放时间:周二至周日"),),
    ),
    Made(
        "the day of today above the headline was the day of the article",
        "1.html",
        saved(f"<div>今天是2024年9月9日 星期一</div><h1>新馆开放</h1><p>发布时间:2024-06-13</p>{STORY}"),
        day="2024-06-13",
    ),
    Made(
        "a headline set on three lines was cut to the first",
        "1.html",
        saved(
            f"<h1>云溪县人民代表大会<br>关于批准新馆预算<br>的决议</h1><p>(2024年6月13日通过)</p>{STORY}",
            title="云溪县人民代表大会关于批准新馆预算的决议_云溪网",
        ),
        title="云溪县人民代表大会关于批准新馆预算的决议",
        day="2024-06-13",
    ),
    Made(
        "the day that a page tells programs was not read",
        "1.html",
        saved(f"<h1>新馆开放</h1>{STORY}", head='<meta charset=utf-8><meta name="PubDate" content="2024-06-13 09:00">'),
        day="2024-06-13",
    ),
    Made(
        "a list of links laid out as a table was a table",
        "1.html",
        saved(
            "<table><tr><td>·<td><a href=1>书展开幕</a><td>2024/05/20<tr><td>·<td><a href=2>灯会闭幕</a><td>2024/05/09"
            f"<tr><td>·<td><a href=3>闸口通车</a><td>2024/05/08</table><h1>新馆开放</h1><p>2024-06-13</p>{STORY}"
        ),
        title="新馆开放",
        never=("书展开幕", "闸口通车"),
    ),
    Made(
        "what heads lists of links stayed when they went",
        "1.html",
        saved(f"<h1>新馆开放</h1><p>2024-06-13</p>{STORY}<h2>附近城市</h2>" + "<p><a href=1>白鹭市的书店</a></p>" * 3),
        never=("附近城市",),
    ),
    Made(
        "signs and counts below the headline stayed when only the markup told the menu",
        "1.html",
        saved(
            "<nav><p>首页<p>要闻</nav><h1>新馆开放</h1><div>2024-06-13 08:00</div><div>|</div><div>270</div>" + STORY
        ),
        title="新馆开放",
        never=("270", "|"),
    ),
)

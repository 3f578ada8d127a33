"""Plain text and Markdown: laws, reports, notices."""

# ruff: noqa: E501  the documents are long

from __future__ import annotations

from tests.ingest.made import SENTENCE, Made

LAW = (
    "# 云溪县养犬管理条例\n\n1992年4月3日 第七届县人民代表大会通过\n2015年8月29日 《关于修改〈云溪县养犬管理条例〉的决定》修正\n"
    "2015年10月1日 施行\n\n<!-- INFO END -->\n\n## 第一章 总则\n\n"
    f"**第一条** {SENTENCE}\n\n## 第二章 罚则\n\n**第二条** 有下列行为之一的,处以罚款:\n\n(一)携犬进入学校的;\n(二)不清除犬粪的。\n\n"
    "**第三条** 本条例自2015年10月1日起施行。\n"
)
CASES = (
    Made(
        "a law bore the day it was first passed",
        "养犬条例.md",
        LAW.encode(),
        title="云溪县养犬管理条例",
        day="2015-08-29",
        says=(("第二章 罚则 / 第二条", "(二)不清除犬粪的。"),),
    ),
    Made(
        "the version in the name of the file was passed over",
        "云溪县养犬管理条例(2019-03-24).md",
        LAW.encode(),
        day="2019-03-24",
    ),
    Made(
        "the greeting of a report was its title",
        "2022年工作报告.txt",
        f"各位代表:\n现在,我向大会报告工作。\n一、2021年工作回顾\n{SENTENCE * 3}\n".encode(),
        title="2022年工作报告",
    ),
    Made(
        "headings that run into the text were no headings",
        "报告.txt",
        f"工作报告\n{SENTENCE} 一、2018年工作回顾2018年是开局之年,{SENTENCE} (一)坚持创新驱动,动能加速转换。{SENTENCE * 3}\n".encode(),
        says=(("一、2018年工作回顾 / (一)坚持创新驱动,动能加速转换", SENTENCE),),
    ),
    Made(
        "items stood apart and said the opposite of what they are",
        "放假办法.txt",
        f"云溪县放假办法\n第一条 {SENTENCE}\n第二条 部分公民放假的节日:\n(一)妇女节,半天;\n(二)青年节,半天。\n第三条 少数民族的节日另定。\n".encode(),
        says=(("第二条", "部分公民放假的节日:(一)妇女节,半天;"),),
    ),
    Made(
        "the contents of a plan that was saved as text",
        "规划.txt",
        "云溪县规划\n\n目录\n第三章 床位......9\n第四章 食堂......13\n\n第四章 食堂\n三年内布设食堂340处,方便老人用餐。\n".encode(),
        says=(("第四章 食堂", "340处"),),
        never=("......",),
    ),
    Made(
        "the cover of a template that was saved as text",
        "范本.txt",
        f"云溪县施工招标\n招标文件范本\n(适用于电子招标)\n云溪县建设局\n二○二二年三月\n使用说明\n{SENTENCE * 3}\n".encode(),
        day="2022-03",
    ),
    Made(
        "a text of Chinese Windows",
        "通知.txt",
        f"关于年会的通知\n{SENTENCE * 3}\n".encode("gb18030"),
        title="关于年会的通知",
        says=(("", SENTENCE),),
    ),
    Made(
        "a text of two bytes a character with its mark",
        "通知.txt",
        f"\ufeff关于年会的通知\n{SENTENCE * 3}\n".encode("utf-16-le"),
        title="关于年会的通知",
        says=(("", SENTENCE),),
    ),
    Made(
        "headings of Markdown did not nest",
        "手册.md",
        f"# 手册\n\n## 安装\n\n### 准备\n\n{SENTENCE * 8}\n\n## 使用\n\n{SENTENCE}\n".encode(),
        says=(("安装 / 准备", SENTENCE), ("使用", SENTENCE)),
    ),
    Made(
        "a short article was read with the next chapter",
        "条例.md",
        f"# 云溪县条例\n\n## 第一章 总则\n\n第一条 {SENTENCE}\n\n第二条 施行。\n\n## 第二章 附则\n\n第三条 {SENTENCE}\n".encode(),
        says=(("第一章 总则 / 第二条", "第二条施行。"), ("第二章 附则 / 第三条", SENTENCE)),
    ),
    Made(
        "a date in the text became that of the text",
        "随笔.txt",
        f"白鹭河边\n2019年9月13日那天,大桥合龙了。{SENTENCE * 3}\n".encode(),
        day=None,
    ),
    Made(
        "the deadline of a tender was its day, the line above it the title",
        "招标文件.txt",
        f"云溪县水库设备采购公开招标公告\n一、概况\n预算金额:500万元\n投标截止时间:2026年8月15日 14:00\n二、要求\n{SENTENCE * 3}\n".encode(),
        title="云溪县水库设备采购公开招标公告",
        day=None,
    ),
)

"""Word: tenders, contracts, statutes, reports."""

# ruff: noqa: E501  the documents are long

from __future__ import annotations

from tests.ingest.made import SENTENCE, Made
from tests.support.formats import as_docx, word_table
from tests.support.word import (
    as_word,
    at,
    level,
    lists,
    word_box,
    word_field,
    word_paragraph,
    word_run,
)

STYLE = (
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
)


def styled(text: str, style: str = "1") -> str:
    """A paragraph in a style."""
    return word_paragraph(text, properties=f'<w:pStyle w:val="{style}"/>')


PLAIN = word_paragraph(SENTENCE * 2)
CASES = (
    Made(
        "terms of a web page dropped the contract behind its cover",
        "合同.docx",
        as_docx(
            f"云溪县机房维护合同\n服务协议\n第一条 {SENTENCE}\n第二条 版权所有的软件由乙方保管。\n联系方式:电话 12345\n"
        ),
        title="云溪县机房维护合同",
        says=(("", "版权所有的软件由乙方保管"), ("", "联系方式:电话12345")),
    ),
    Made(
        "a label alone on its line hid the name",
        "招标文件.docx",
        as_docx(
            f"招标文件\n项目编号:\nYX-032\n项目名称:\n云溪县水库设备点检项目\n二〇二五年十月\n第一章 邀请\n{SENTENCE * 2}"
        ),
        title="云溪县水库设备点检项目招标文件",
        day="2025-10",
    ),
    Made(
        "chapters that Word counts itself were not read",
        "办法.docx",
        as_word(
            word_paragraph("总则", properties=at(0)) + PLAIN + word_paragraph("罚则", properties=at(0)) + PLAIN,
            numbering=lists(level("第%1章", "chineseCounting")),
        ),
        says=(("第二章", "罚则"),),
    ),
    Made(
        "chapters and sections in one style stood side by side",
        "章程.docx",
        as_word(styled("第一章 总则") + styled("第一节 宗旨") + PLAIN + styled("第二节 名称") + PLAIN, styles=STYLE),
        says=(("第一章 总则 / 第二节 名称", SENTENCE),),
    ),
    Made(
        "a text box was put into the sentence it is anchored in",
        "通知.docx",
        as_word(word_paragraph("报名截止时间是", word_box(word_paragraph("温馨提示")), "七月十五日。")),
        says=(("", "报名截止时间是七月十五日。"),),
    ),
    Made(
        "text that was moved stood at its old place, too",
        "方案.docx",
        as_word(
            word_paragraph("工期", "<w:del><w:r><w:delText>三个月</w:delText></w:r></w:del>", "五个月。")
            + word_paragraph(f"<w:moveFrom>{word_run('质保两年。')}</w:moveFrom>")
            + word_paragraph(f"<w:moveTo>{word_run('质保两年。')}</w:moveTo>")
        ),
        says=(("", "工期五个月。"), ("", "质保两年。")),
        never=("三个月", "质保两年。质保两年。"),
    ),
    Made(
        "a hyphen that does not break was lost: 3-6 months became 36",
        "合同.docx",
        as_word(word_paragraph("试用期为", "<w:r><w:t>3</w:t><w:noBreakHyphen/><w:t>6</w:t></w:r>", "个月。")),
        never=("36个月",),
    ),
    Made(
        "a power was read as a figure: 2.4×10⁴ as 2.4×104",
        "报告.docx",
        as_word(word_paragraph("总量为2.4×10", word_run("4", '<w:vertAlign w:val="superscript"/>'), "立方米。")),
        says=(("", "2.4×10⁴"),),
        never=("2.4×104",),
    ),
    Made(
        "the contents answered instead of the chapter",
        "规划.docx",
        as_word(
            word_paragraph(word_field(r"TOC \o", "第四章 助餐网点布局\t13"))
            + styled("第四章 助餐网点布局")
            + word_paragraph("三年内布设老年食堂340处。"),
            styles=STYLE,
        ),
        says=(("第四章 助餐网点布局", "340处"),),
        never=("13",),
    ),
    Made(
        "requirements behind a colon were cut from what they are of",
        "需求.docx",
        as_docx("二、人员要求\n安保队员应当具备下列条件:\n" + "".join(f"{n}、{SENTENCE * 4}\n" for n in (1, 2, 3))),
        says=(("安保队员应当具备下列条件:", f"3、{SENTENCE}"),),
    ),
    Made(
        "a chapter that a sentence speaks of became its heading",
        "评标.docx",
        as_docx(f"评标办法\n第二章 评标\n{SENTENCE * 6}\n第三章“评标办法”没有规定的,不作为依据。{SENTENCE * 4}\n"),
        says=(("第二章 评标", "没有规定的,不作为依据"),),
    ),
    Made(
        "sections that are counted 1、2、3、 were no sections",
        "公告.docx",
        as_docx(
            f"第一章 公告\n1、招标条件\n{SENTENCE}\n2、开标时间及方式\n开标时间:3月29日9:00\n",
            word_table([["甲", "乙"]]),
        ),
        says=(("第一章 公告 / 2、开标时间及方式", "开标时间:3月29日9:00"),),
    ),
    Made(
        "the number of its section stood in the title",
        "原型说明.docx",
        as_docx(f"4.1 原型说明\n编制日期:2026 年 4 月 11 日\n{SENTENCE * 3}\n{SENTENCE}"),
        title="原型说明",
        day="2026-04-11",
    ),
    Made(
        "a plan was no kind of document",
        "计划书.docx",
        as_docx(f"仓库机器人系统\n项目计划书\n2026年3月22日\n第一章 引言\n{SENTENCE * 3}\n{SENTENCE}"),
        title="仓库机器人系统项目计划书",
        day="2026-03-22",
    ),
    Made(
        "minutes bore no day",
        "会议纪要.docx",
        as_docx(
            f"仓库机器人系统\n会议纪要\n会议主题:分工\n会议时间:2026年4月10日(周五) 参会人:林立\n{SENTENCE * 3}\n{SENTENCE}"
        ),
        day="2026-04-10",
    ),
    Made(
        "a table of changes that begins with the day was passed over",
        "计划.docx",
        as_docx(f"仓库机器人系统项目计划\n更改记录\n2026.03.14\t林立\tV1.0\n第一章 引言\n{SENTENCE * 3}\n{SENTENCE}"),
        day="2026-03-14",
    ),
    Made(
        "the day of a meeting that a notice speaks of is not its own",
        "通知.docx",
        as_docx(f"关于召开防汛会议的通知\n会议时间:2026年4月10日\n{SENTENCE * 3}\n{SENTENCE}"),
        day=None,
    ),
)

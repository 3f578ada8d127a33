"""The words of rich text that are known, and what they stand for."""

from __future__ import annotations

PAGES = {
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    204: "cp1251",
    238: "cp1250",
}
# Groups that hold nothing of the text; those that begin with a star and are not known hold nothing either.
APART = frozenset(
    """colortbl listtable listoverridetable revtbl rsidtbl generator xmlnstbl themedata colorschememapping latentstyles
    datastore pict object header headerl headerr headerf footer footerl footerr footerf annotation atnid atnauthor
    fldinst nonshppict template bkmkstart bkmkend pntxta pntxtb pnseclvl filetbl comment author operator company
    subject keywords doccomm hlinkbase category manager creatim revtim printim buptim userprops ftnsep ftnsepc ftncn
    aftnsep aftnsepc aftncn tc xe background nonesttables mmathPr private passwordhash""".split()  # noqa: SIM905
)
# What stands within the line and is shown; a picture of old beside that of today (nonshppict) is not.
PICTURES = frozenset({"pict", "shppict", "object"})
STARRED = frozenset({"shpinst", "shptxt", "listtext", "pntext", "ud", "fldrslt", "result", "footnote", "cs"})
# What says something of a shape: its name, its value. No other part of one is read.
PROPERTY = {"sp": "property", "sn": "name", "sv": "value"}
HIDDEN = "fHidden"  # the name of the property that hides a shape with all that stands in it
SIGNS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "emspace": " ", "enspace": " ", "qmspace": " ", "zwj": "", "zwnj": "",
}  # fmt: skip
ENTRIES = frozenset({"fonts", "styles", "title", "label", "name", "value"})  # what is gathered until it is whole
QUIET = frozenset({"label", "property", "name", "value"})  # of what words say nothing of the text
BREAKS = {
    "line": "<w:br/>", "tab": "<w:tab/>", "page": '<w:br w:type="page"/>', "column": "<w:br/>",
    "~": "\xa0", "_": "<w:noBreakHyphen/>", "-": "<w:softHyphen/>",
}  # fmt: skip

"""Layers of a PDF that are switched off: what stands in them is not drawn, and not read."""

from __future__ import annotations

import pytest

from tests.support.pdf_pages import Rule, Text, lines, placed_pdf
from tjqa.ingest.readers import pdf
from tjqa.ingest.readers.pdf import parameters

PAGE: list[Text | Rule | str] = [
    *lines(["青禾市年度报告。", "下辖五个镇。"]),
    "/OC /A BDC",
    Text(60, 160, "甲层的话。"),
    "EMC",
    "/OC /B BDC",
    Text(60, 190, "乙层的话。"),
    "/OC /A BDC",
    Text(60, 220, "两层的话。"),
    "EMC EMC",
    "/Span << /Lang (zh) >> BDC",
    Text(60, 250, "别的记号。"),
    "EMC",
]
ALWAYS = ["青禾市年度报告。", "下辖五个镇。"]


def read(*pages: list[Text | Rule | str], **states: bool) -> list[str]:
    """The lines of a file whose layers are on or off."""
    return pdf.read(placed_pdf(pages, layers=states), "图.pdf").text.splitlines()


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        ({"A": True, "B": True}, ["甲层的话。", "乙层的话。", "两层的话。"]),
        ({"A": False, "B": True}, ["乙层的话。"]),
        ({"A": True, "B": False}, ["甲层的话。"]),
        ({"A": False, "B": False}, []),
    ],
)
def test_text_in_layers(states: dict[str, bool], shown: list[str]) -> None:
    """Each by itself, within each other, on every page; the number of pages stays what it is."""
    assert read(PAGE, **states) == [*ALWAYS, *shown, "别的记号。"]
    second = ["/OC /A BDC", Text(60, 160, "次页甲层。"), "EMC", Text(60, 190, "次页的话。")]
    found = pdf.read(placed_pdf([PAGE, second], layers=states), "图.pdf")
    assert ("次页甲层。" in found.text) is states["A"] and "次页的话。" in found.text
    assert [mark.name for mark in found.landmarks if mark.name.startswith("第")][-1] == "第 2 页"


def test_layers_that_are_all_off_but_for_some() -> None:
    """As the file says it the other way round, or as layers depend on others."""
    raw = placed_pdf([PAGE], layers={"A": True, "B": True})
    group = raw[raw.index(b"/OCGs [") :].split(b"[", 1)[1].split(b" 0 R", 1)[0]
    off = raw.replace(b"/BaseState /ON", b"/BaseState /OFF /ON [%s 0 R]" % group)
    text = pdf.read(off, "图.pdf").text
    assert "甲层的话。" in text and "乙层的话。" not in text and "两层的话。" not in text
    member = raw.replace(b"/Type /OCG /Name (B)", b"/Type /OCMD /OCGs [%s 0 R] /P /AllOff" % group)
    text = pdf.read(member, "图.pdf").text
    assert "甲层的话。" in text and "乙层的话。" not in text


def test_a_table_in_a_layer_that_is_off_has_no_rules() -> None:
    """Its rules part no text that stands there."""
    rules = [*(Rule(50, y, 300, y) for y in (60, 120)), *(Rule(x, 60, x, 120) for x in (50, 110, 300))]
    text = Text(60, 100, "白鹭县的话写在这里。")
    assert read([text, "/OC /A BDC", *rules, "EMC"], A=False) == ["白鹭县的话写在这里。"]


def test_forms() -> None:
    """Layers within a form, and a form that is in one as a whole where its font shows whether it is drawn."""
    inside = ["/OC /A BDC", Text(60, 250, "表单里的甲层。"), "EMC", Text(60, 280, "表单里的话。")]
    forms = {"F1": (inside, ""), "F2": ([Text(60, 310, "A form", 12, latin=True)], "A")}
    page = [*lines(ALWAYS), "/F1 Do", "/F2 Do"]
    hidden = pdf.read(placed_pdf([page], layers={"A": False}, forms=forms), "图.pdf").text
    assert hidden.splitlines() == [*ALWAYS, "表单里的话。"]
    shown = pdf.read(placed_pdf([page], layers={"A": True}, forms=forms), "图.pdf").text
    assert shown.splitlines() == [*ALWAYS, "表单里的甲层。", "表单里的话。", "A form"]


def test_text_below_a_scan_stays() -> None:
    """It is not drawn whatever its layer is."""
    forms = {"F": ([Text(60, 310, "scanned words", 12, latin=True, mode=3)], "A")}
    page = [*lines(ALWAYS), "/F Do"]
    assert "scanned words" in pdf.read(placed_pdf([page], layers={"A": True}, forms=forms), "图.pdf").text


def test_many_layers(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than a row of squares; those beyond the bound are taken to be on."""
    page: list[Text | Rule | str] = [*lines(ALWAYS)]
    for at in range(150):
        page += [
            f"/OC /{'AB'[at % 2]} BDC",
            Text(60, 160 + 4 * at, f"{'off' if at % 2 else 'on'}{at}", 3, latin=True),
            "EMC",
        ]
    assert len([line for line in read(page, A=True, B=False) if line.startswith("on")]) == 75
    assert not [line for line in read(page, A=True, B=False) if line.startswith("off")]
    monkeypatch.setattr(parameters, "MOST_LAYERS", 10)
    assert [line for line in read(page, A=True, B=False) if line.startswith("off")]

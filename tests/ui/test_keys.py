"""tjqa.ui.keys: every command has its routes, no key is promised twice, keys are written as people write them."""

from __future__ import annotations

import pytest

from tjqa.ui.commands import COMMANDS
from tjqa.ui.keys import DEFAULTS, LOCAL, NAMES, normal, rivals, shown
from tjqa.ui.text.strings import Texts


def test_every_command_has_a_name_in_each_language() -> None:
    """With the palette, which lists the same table, and a key, where it has one, these are three ways to it."""
    assert sum(bool(command.keys) for command in COMMANDS) > len(COMMANDS) / 2
    for command in COMMANDS:
        assert any(name.isascii() for name in command.names) and not command.names[0].isascii(), command.action


def test_no_key_is_promised_twice() -> None:
    """Within a region, and between a region and the commands, which work everywhere."""
    assert {id_: rivals(id_, keys, DEFAULTS) for id_, keys in DEFAULTS.items() if rivals(id_, keys, DEFAULTS)} == {}


def test_no_name_means_two_things() -> None:
    """Names of commands and of other keys share one table of config.toml."""
    assert len(NAMES) == sum(len(command.names) for command in COMMANDS) + 2 * len(LOCAL)


def test_default_keys_reach_the_program_everywhere() -> None:
    """Not: prefixes of multiplexers (Ctrl+B A), flow control (Ctrl+S), twins of Tab or Enter, menus (F10 F11)."""
    lost = {f"ctrl+{letter}" for letter in "abshijmz"} | {"f10", "f11", "ctrl+space", "ctrl+full_stop"}
    second = {
        "app.figures": {"ctrl+b"},
        "app.settings": {"f10"},
        "input.newline": {"ctrl+j"},
    }  # beside one that reaches the program inside tmux as well
    for id_, keys in DEFAULTS.items():
        assert set(keys.split(",")) & lost <= second.get(id_, set()) and not set(keys.split(",")) <= lost, id_


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ctrl+Y", "ctrl+y"),
        ("PgUp", "pageup"),
        ("Shift+F1", "f13"),
        ("shift+f12", "f24"),
        ("N", "N"),
        ("esc, q", "escape,q"),
    ],
)
def test_keys_are_understood_as_help_writes_them(written: str, name: str) -> None:
    """Capitals and short names; Shift+F1 is what terminals send for it."""
    assert normal(written) == name


@pytest.mark.parametrize("written", ["crtl+x", "f25", "", "a,", "ctrl+m", "Ctrl+/", "shift+f3", "copy"])
def test_keys_that_never_arrive_are_not_understood(written: str) -> None:
    """Misspelt, or sent by terminals as something else."""
    assert normal(written) is None


def test_keys_are_shown_as_people_write_them() -> None:
    """Each once, without the full-width twins of the digits; in Chinese the space bar has a Chinese name."""
    assert shown("N,f13", True) == ["N", "Shift+F1"]
    assert shown("1,１", True) == ["1"]
    assert shown("space,ctrl+y,pagedown", True) == ["空格", "Ctrl+Y", "PgDn"]
    assert shown("space", False) == ["Space"]


def test_texts_name_the_keys_of_the_day() -> None:
    """A pair of arrows stands together; other pairs are parted."""
    assert Texts()("quit_hint") == "按 Ctrl+Q 退出"
    assert Texts("zh", {"app.quit": "f12"})("quit_hint") == "按 F12 退出"
    assert "↑↓ 上下卡片" in Texts()("hint_card") and "F8 F9 标记" in Texts()("hint_card")
    assert Texts("en", {"card.previous": "k", "card.next": "j"})("hint_card").count("k j cards")

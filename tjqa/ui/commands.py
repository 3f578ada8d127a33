"""The commands in one table: each has a key, an entry in the palette and a name to type after a slash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.binding import Binding

if TYPE_CHECKING:
    from tjqa.messages import Language

SLASHES = "/／、\\"
"""What a command may begin with: an input method gives ／ or 、 for the same key."""


@dataclass(frozen=True, slots=True)
class Command:
    """A thing the app can do; `keys` are "" where it has none, `action` is its name in the table of handlers
    (controllers/commands.py)."""

    action: str
    keys: str
    names: tuple[str, ...]
    zh: str
    en: str
    footer: tuple[str, str] | None = None

    def title(self, language: Language) -> str:
        """For the palette."""
        return self.zh if language == "zh" else self.en

    @property
    def searched(self) -> str:
        """What the palette searches beside the title: names and words of both languages."""
        return " ".join((*self.names, self.zh, self.en))


COMMANDS: tuple[Command, ...] = (
    Command("library", "ctrl+t,f2", ("资料", "资料库", "library"), "资料库", "library", ("资料库", "docs")),
    Command("source", "ctrl+o,f4", ("原文", "source"), "打开或关闭原文", "source", ("原文", "source")),
    Command("find", "ctrl+f", ("查找", "find"), "在原文里查找", "find in the source"),
    Command("line", "", ("行", "line"), "到原文的某一行", "go to a line of the source"),
    Command("outline", "f16", ("目录", "outline"), "原文的目录", "outline of the source"),
    Command("original", "ctrl+x", ("打开原件", "原件", "original"), "用系统程序打开原件", "open the original file"),
    Command("picture", "f18", ("图片", "picture"), "扫描件上这一处的图片", "picture of this place of a scan"),
    Command("reveal", "", ("所在文件夹", "reveal"), "打开原件所在的文件夹", "open the folder of the original"),
    Command("excerpt", "f12", ("摘下", "excerpt"), "摘下引文", "keep the quote"),
    Command("excerpts", "f24", ("摘录", "excerpts"), "摘录本", "kept quotes"),
    Command("copy", "ctrl+y", ("复制", "copy"), "复制答案和出处", "copy", ("复制", "copy")),
    Command("copy_words", "", ("复制原句", "copy_words"), "复制：只要原句", "copy the words alone"),
    Command("copy_references", "", ("复制著录", "copy_references"), "复制：著录（GB/T 7714）", "copy the references"),
    Command("copy_markdown", "", ("复制为markdown", "copy_markdown"), "复制：Markdown 引文", "copy as Markdown"),
    Command("export", "ctrl+e", ("导出", "export"), "导出对话", "export"),
    Command("figures", "ctrl+b,f22", ("对照", "指标", "figures"), "指标对照表", "figures of a measure side by side"),
    Command("new", "ctrl+n,f5", ("新对话", "新问", "new"), "新对话：没有筛选，不接上文", "new conversation"),
    Command("resume", "", ("接着", "继续", "resume"), "接着上次的对话", "go on with the last conversation"),
    Command(
        "open", "ctrl+k", ("打开", "文件夹", "folder", "open"), "打开文件夹，换一个库", "open a folder, another library"
    ),
    Command("only", "", ("只问", "only"), "只问选中的", "ask only what is selected"),
    Command("proof", "", ("核稿", "proof"), "核稿：写上稿子的文件名", "proof a draft: name its file"),
    Command("edit", "f6", ("修改", "edit"), "修改实际检索的问题", "edit the question searched"),
    Command("why", "f7", ("为什么", "why"), "为什么找到这一段", "why this passage"),
    Command("right", "f8", ("有用", "答到了", "right"), "标记：这一段有用", "mark: this passage answers"),
    Command("wrong", "f9", ("没用", "没答到", "wrong"), "标记：这一段没用", "mark: this passage does not answer"),
    Command("history", "ctrl+r", ("历史", "history"), "查找提问历史", "history"),
    Command("help", "f1", ("帮助", "help"), "帮助", "help", ("帮助", "help")),
    Command("rebuild", "ctrl+g", ("更新", "重建", "index"), "更新索引", "update the index"),
    Command("theme", "", ("主题", "theme"), "切换主题", "theme"),
    Command("language", "", ("语言", "lang"), "切换语言", "language"),
    Command("settings", "f10,f23", ("设置", "settings"), "设置", "settings"),
    Command("clear", "ctrl+l", ("清空", "clear"), "清空对话", "clear"),
    Command("quit", "ctrl+q", ("退出", "quit"), "退出", "quit", ("退出", "quit")),
)


ON_THE_DESKTOP = frozenset({"original", "reveal", "picture"})
"""Commands that start programs of the system."""


def bindings() -> list[Binding]:
    """Key bindings of all commands, in the order of the footer."""
    return [
        Binding(
            command.keys or f"unbound_{command.action}",  # no key yet: config.toml may give it one
            f"command('{command.action}')",
            command.zh,
            show=command.footer is not None,
            priority=True,
            id=f"app.{command.action}",
        )
        for command in COMMANDS
    ]


def footer_text(action: str, language: Language) -> str:
    """What the footer calls a bound action."""
    if action == "command_palette":
        return "命令" if language == "zh" else "menu"
    command = next(c for c in COMMANDS if f"command('{c.action}')" == action)
    assert command.footer is not None
    return command.footer[0 if language == "zh" else 1]


def is_command(line: str) -> bool:
    """True when a line typed is a command, not a question."""
    return line[:1] in SLASHES and bool(line[:1])


def parse(line: str) -> tuple[Command | None, str, str]:
    """A typed line as command (None when unknown), the name as typed, and its argument."""
    name, _, argument = line[1:].strip().partition(" ")
    name = name.strip().lower()
    found = next((c for c in COMMANDS if name in c.names), None)
    if found is None:  # 原文2: Chinese is typed without a blank before the argument
        for command in COMMANDS:
            for known in command.names:
                if name.startswith(known) and not known.isascii():
                    return command, known, (name[len(known) :] + " " + argument).strip()
    return found, name, argument.strip()


def command_name(action: str, language: Language) -> str:
    """The name of a command as it is typed: /打开."""
    command = next(command for command in COMMANDS if command.action == action)
    return "/" + (command.names[0] if language == "zh" else command.names[-1])


def names(language: Language) -> list[str]:
    """The names to type, one for each command, in the language."""
    return ["/" + (command.names[0] if language == "zh" else command.names[-1]) for command in COMMANDS]

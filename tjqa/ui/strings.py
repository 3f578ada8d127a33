"""Every text of the terminal app in one table: key → Chinese, English."""

from __future__ import annotations

from typing import Literal

Language = Literal["zh", "en"]

_TABLE: dict[str, tuple[str, str]] = {
    # the frame
    "name": ("政策问答", "Policy QA"),
    "slogan": ("离线检索 · 每个答案都注明出处", "works offline · every answer names its source"),
    "counts": ("资料 {documents} 篇 · {passages} 段", "{documents} documents · {passages} passages"),
    "model_loading": ("模型 加载中…", "model loading…"),
    "model_ready": ("模型 已就绪", "model ready"),
    "model_failed": ("模型 未就绪", "model not ready"),
    "index_date": ("索引 {date}", "index {date}"),
    "index_none": ("还没有索引", "no index yet"),
    "index_building": ("正在建立索引", "building the index"),
    "stale_chip": (
        "{count} 篇原文已更新，引用位置可能有偏差 · /重建",
        "{count} sources changed, citations may be off · /index",
    ),
    "too_small": ("窗口太小，请放大到 40×10 以上", "Window too small: 40×10 or more, please"),
    "placeholder": ("用中文提问，例如：{example}", "Ask in Chinese, for example: {example}"),
    "placeholder_plain": ("用中文提问，按 Enter 发送", "Ask in Chinese, Enter sends"),
    "hint_input": (
        "Enter 提问 · ↑↓ 历史 · 数字+Enter 打开引用 · 输入 / 看命令",
        "Enter asks · ↑↓ history · digit+Enter opens a citation · / shows commands",
    ),
    "hint_card": (
        "↑↓ 上下卡片 · 数字 打开引用 · 空格 展开段落 · Esc 回到输入",
        "↑↓ cards · digit opens a citation · Space expands · Esc back to the input",
    ),
    "hint_source": (
        "↑↓ PgUp PgDn 滚动 · n N 上下引用 · ×＝已略去的网页杂项 · Esc 关闭",
        "↑↓ PgUp PgDn scroll · n N citations · × = page furniture left out · Esc closes",
    ),
    "hint_library": (
        "输入字词筛选 · Enter 打开 · Ctrl+Y 复制路径 · Esc 关闭",
        "type to filter · Enter opens · Ctrl+Y copies the path · Esc closes",
    ),
    # the first page
    "samples": ("可以这样问（按数字再按 Enter，或点一下）", "You could ask (digit + Enter, or a click)"),
    "more_help": ("F1 帮助 · Ctrl+P 全部命令 · Ctrl+T 资料库", "F1 help · Ctrl+P all commands · Ctrl+T library"),
    "loading_page": (
        "正在加载模型和索引，可以先输入问题，稍后自动回答。",
        "Loading the model and the index. Ask now; it is answered as soon as they are ready.",
    ),
    "no_index_title": ("还没有索引", "No index yet"),
    "no_index_text": ("资料文件夹：{folder}", "Documents: {folder}"),
    "no_index_act": ("▸ 按 Enter 现在建立", "▸ Press Enter to build it now"),
    "rebuild_act": ("▸ 按 Enter 现在重建", "▸ Press Enter to rebuild it now"),
    "retry_act": ("▸ 处理好后按 Enter 重试", "▸ Press Enter to try again once this is settled"),
    "same_as": (
        "与命令 tjqa index 相同；Esc 随时可取消，原有索引不受影响。",
        "Same as the command tjqa index. Esc cancels at any time; an older index is kept.",
    ),
    "failed_title": ("暂时不能回答", "Cannot answer yet"),
    # building
    "build_title": ("正在建立索引", "Building the index"),
    "build_cancel": ("Esc 取消；取消后原有索引不受影响", "Esc cancels; an older index is kept"),
    "build_cancelling": ("正在取消…", "Cancelling…"),
    "build_cancelled": ("已取消，原有索引未改动。", "Cancelled; the older index is unchanged."),
    "build_done": (
        "索引已建立：{documents} 篇资料，{passages} 段，已略去 {dropped} 处网页杂项。",
        "Index built: {documents} documents, {passages} passages, {dropped} bits of page furniture left out.",
    ),
    "build_skipped": ("{count} 个文件没有读入：{names}", "{count} files were not read: {names}"),
    "build_busy": (
        "正在建立索引，请等它完成，或按 Esc 取消。",
        "The index is being built. Wait for it, or press Esc to cancel.",
    ),
    # cards
    "question": ("问", "Q"),
    "answer": ("答", "A"),
    "waiting": ("正在准备，稍后自动回答", "Getting ready; this is answered as soon as possible"),
    "waiting_index": ("索引建立后自动回答", "This is answered once there is an index"),
    "searching": ("检索中…", "Searching…"),
    "milliseconds": ("{ms} 毫秒", "{ms} ms"),
    "evidence": ("依据  共 {count} 段，按相关度排列", "Evidence  {count} passages, best first"),
    "nearest": (
        "最接近的 {count} 段（相关度低，仅供参考）",
        "The nearest {count} passages (low relevance, for reference only)",
    ),
    "more": ("▸ 还有 {count} 段（空格展开）", "▸ {count} more (Space expands)"),
    "show_nearest": (
        "▸ 看最接近的 {count} 段（空格展开，相关度低）",
        "▸ Show the nearest {count} passages (Space; low relevance)",
    ),
    "less": ("▾ 收起（空格）", "▾ Fold (Space)"),
    "nothing": ("资料里没有找到可靠的答案。", "No reliable answer was found in the documents."),
    "nothing_hint_1": (
        "· 换一种说法，或写出资料里可能用的词",
        "· Say it another way, with words the documents may use",
    ),
    "nothing_hint_2": (
        "· 写明地区、年份或指标，例如“2023 年”“人均收入”",
        "· Name the place, the year or the figure you mean",
    ),
    "nothing_hint_3": ("· 按 Ctrl+T 看资料库里有哪些资料", "· Ctrl+T shows which documents there are"),
    "failed": ("没能回答", "Could not answer"),
    "try_this": ("可以这样做", "Next step"),
    "line": ("第 {line} 行", "line {line}"),
    "line_column": ("第 {line} 行第 {column} 字", "line {line}, character {column}"),
    "undated": ("日期不详", "undated"),
    "very_relevant": ("很相关", "very relevant"),
    "relevant": ("相关", "relevant"),
    "little_relevant": ("略相关", "somewhat relevant"),
    "file_changed": ("原文已改动，这里显示的是建立索引时的文字", "the file has changed; this is the text as indexed"),
    "old_document": ("注意：该资料日期为 {date}", "Note: this document is dated {date}"),
    # source panel
    "source_title": ("原文  {name}", "Source  {name}"),
    "source_dropped": ("已略去：{reason}", "left out: {reason}"),
    "source_quote": ("建立索引时的引文：{quote}", "The quote as indexed: {quote}"),
    "source_none": ("还没有可打开的引用，先提一个问题。", "There is no citation to open yet; ask something first."),
    "no_citation": ("最新的答案里没有引用 [{number}]。", "The newest answer has no citation [{number}]."),
    "next_citation": ("引用 {index}/{count}", "citation {index}/{count}"),
    # library
    "library_title": ("资料库  {count} 篇", "Library  {count} documents"),
    "library_filter": ("筛选标题、文件名、日期", "Filter by title, file, date"),
    "library_row": (
        "{date} {passages}段 {kept}字 另略去{dropped}字",
        "{date} {passages} passages, {kept} characters, {dropped} left out",
    ),
    "library_articles": (" 等 {count} 篇", " ({count} articles)"),
    "library_dropped": ("略去字数：{reasons}", "Characters left out: {reasons}"),
    "library_empty": ("没有符合的资料", "Nothing matches"),
    "path_copied": ("路径 {path}", "the path {path}"),
    # copying, exporting
    "copied": ("已复制{what}", "Copied {what}"),
    "copied_maybe": (
        "已发送给终端；如未生效，按住 Shift 拖选，或 /导出",
        "Sent to the terminal; if nothing arrives, drag with Shift held, or /export",
    ),
    "answer_copied": ("答案和引用", "the answer with its citations"),
    "selection_copied": ("选中的文字", "the selected text"),
    "nothing_to_copy": ("还没有答案可复制。", "There is no answer to copy yet."),
    "exported": ("已导出 {path}", "Exported to {path}"),
    "export_failed": (
        "没能写入 {path}：{reason}。换一个位置，例如 /导出 ~/问答.md",
        "Could not write {path}: {reason}. Try another place, as in /export ~/answers.md",
    ),
    "export_format": (
        "导出文件名请以 .md .json 或 .csv 结尾。",
        "The file to export to must end in .md, .json or .csv.",
    ),
    "nothing_to_export": ("还没有答案可导出。", "There is no answer to export yet."),
    # commands
    "unknown_command": ("没有命令 {name}；输入 /帮助 看全部命令。", "No command {name}; /help lists them all."),
    "palette": ("搜索命令…", "Search for commands…"),
    "cleared": (
        "已清空对话，提问历史仍在（↑ 或 Ctrl+R）。",
        "Conversation cleared; past questions stay (↑ or Ctrl+R).",
    ),
    "theme_set": ("主题 {name}", "Theme {name}"),
    "theme_unknown": ("没有主题 {name}；可用：{names}", "No theme {name}; there are: {names}"),
    "theme_title": ("选择主题", "Choose a theme"),
    "language_set": (
        "界面语言：中文；文档和出错说明不翻译",
        "Language: English; documents and error messages stay Chinese",
    ),
    "language_unknown": ("没有语言 {name}；可用：中文、english", "No language {name}; there are: zh, en"),
    "history_title": ("提问历史", "Past questions"),
    "history_filter": ("输入字词查找，Enter 放回输入框", "Type to search, Enter puts it back into the input"),
    "history_empty": ("还没有提问历史", "No past questions yet"),
    "quit_hint": ("按 Ctrl+Q 退出", "Ctrl+Q quits"),
    "empty_question": ("先输入问题，再按 Enter。", "Type a question first, then Enter."),
    "cut_question": (
        "问题最多 {limit} 字，多出的 {count} 字没有放进来。",
        "A question holds at most {limit} characters; {count} were left out.",
    ),
    "internal_error": ("程序内部出错（{kind}）。", "Internal error ({kind})."),
    "internal_hint": ("详情已写入日志 {log}，可重试一次。", "Details are in the log {log}; please try once more."),
    "config_unreadable": ("读不懂设置文件 {path}：{reason}", "Cannot read the settings {path}: {reason}"),
    "config_unknown": (
        "设置文件 {path} 里不认识 {name}，已忽略。",
        "{path} holds an unknown {name}; ignored.",
    ),
    "config_value": (
        "设置文件 {path} 里 {name} 的值 {value} 不能用，已忽略。",
        "In the settings {path}, {name} cannot be {value}; ignored.",
    ),
    # help
    "help_title": ("帮助", "Help"),
    "help_close": ("Esc 关闭", "Esc closes"),
    "help_keys": ("按键", "Keys"),
    "help_commands": ("命令（行首的 / 也可以是 ／ 、 \\）", "Commands (start with /)"),
    "help_signs": ("记号", "Signs"),
    "help_ask": (
        "提问；只输入 1–9 则打开最新答案的那条引用",
        "ask; a lone 1–9 opens that citation of the newest answer",
    ),
    "help_history": ("输入框里：翻看提问历史", "in the input: past questions"),
    "help_suggestion": ("采用灰色的提示", "accept the grey suggestion"),
    "help_page": ("滚动对话或原文", "scroll the conversation or the source"),
    "help_tab": ("在输入、答案、原文、资料库之间切换", "move between input, answers, source and library"),
    "help_card": ("在答案卡片上：打开引用 1–9，空格展开", "on an answer: open citation 1–9, Space expands"),
    "help_next": ("在原文里：下一处、上一处引用", "in the source: next, previous citation"),
    "help_escape": ("关闭最上面的面板，回到输入", "close the top panel, back to the input"),
    "help_mouse": (
        "点引用打开原文，滚轮滚动，拖选后 Ctrl+C 复制",
        "click a citation, wheel scrolls, drag and Ctrl+C copies",
    ),
    "sign_answer": ("反白：直接回答问题的词句", "reversed: the words that answer"),
    "sign_cited": ("▌ 引用所在的行", "▌ the cited rows"),
    "sign_dropped": ("× 暗色：网页杂项，不参与检索", "× dim: page furniture, never searched"),
    "sign_bar": ("▮▮▮▯▯ 相关程度", "▮▮▮▯▯ how relevant"),
    "key_mouse": ("鼠标", "Mouse"),
}


class Texts:
    """The table in one language; call it with a key and the values its text names."""

    def __init__(self, language: Language = "zh") -> None:
        self.language: Language = language

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key`, filled with `values`."""
        text = _TABLE[key][0 if self.language == "zh" else 1]
        return text.format(**values) if values else text


def keys() -> dict[str, tuple[str, str]]:
    """The whole table, for the test that compares its languages."""
    return dict(_TABLE)

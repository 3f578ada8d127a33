"""Short lines put together from the words of page functions: 打印正文, 扫码在手机查看, 订阅我们的通讯.

`vocabulary` knows whole phrases; sites word theirs differently without end, but from few words. A line that consists
of such words, and of nothing else, is furniture where a page has its furniture: above and below the text.
"""

from __future__ import annotations

import re

from tjqa.cleaning import vocabulary as words

# What a page does or lets its reader do; one of these must be there.
_ACTS = """
    打印 分享 转发 收藏 订阅 登录 登陆 注册 搜索 检索 点击 展开 收起 返回 回到 关闭 下载 上传 提交 发送 回复 评论 留言 点赞 在看
    举报 反馈 纠错 找错 报错 投稿 爆料 报料 扫码 扫一扫 扫描 识别 长按 复制 朗读 收听 听 播报 播放 回放 列印 转寄 刷新 加载 换一换 换一批 切换 设为 加入
    打赏 跳转 引用 浏览 阅读 查看 观看 看 关注 订阅 参与 跟贴 跟帖 吐槽 求助 咨询 查询 链接 推荐 推荐度 捐赠 更多 最近 近期 导读 本版 猜你喜欢 猜你想看 满意 评价 评分
    收录 找回 忘记 同意 接受 拒绝 放弃 输入 填写 排序 倒序 正序 添加 写 回帖 发帖 发表 发布 使用 帮助 声明 版权 备案 主办 承办
    有用 没用 有帮助 没帮助 地图 顶部 底部 首页 主页 上一篇 下一篇 上一页 下一页 上一条 下一条 上一则 下一则 上一期 下一期 上一版 下一版 导航 购买 客服 提问 排行 热榜 弹幕 倍速 全屏 无障碍
    关怀版 长者版 适老化 繁体 简体 字号 字体 放大 缩小 默认 访问
"""
# What it does it with, or to.
_THINGS = """
    本页 此页 页面 本文 此文 全文 正文 原文 文章 新闻 资讯 内容 图片 图文 视频 音频 直播 电邮 格式 专题 栏目 频道 版面 目录 列表 故事 全部 详情 详细 窗口
    网站 本站 站点 网页 门户 站群 官网 客户端 app 公众号 服务号 订阅号 小程序 视频号 抖音号 微信 微博 抖音 快手 qq 空间 朋友圈 好友
    二维码 手机 手机端 电脑 电脑版 手机版 移动端 移动版 触屏版 浏览器 用户 会员 账号 密码 验证码 昵称 电子邮箱 电子邮件 通讯
    热门 热点 热文 相关 最新 精彩 往期 随机 同类 作者 小编 编辑 读者 网友 楼主 道具 积分 次数 次 人数 人 数 量 条 合集 选集
    剩余 隐私 政策 协议 条款 须知 说明 指南 意见 建议 中心 服务 系统 平台 政府 单位 管理 维护 信息 信箱 信件 来信 模式 版 版权所有
    正版 微信号 官方 官微 法律 广告 商务 合作 加盟 友情 数字报 电子报 表单 附件 文件 文档 pdf word doc 大图 语音 标题 摘要 时间 最热
    权限 排行榜 话题 标签 作品 评论区 相册 动态 消息 通知 个人 我的
"""
_FILL = """
    的 了 于 在 到 至 给 我 你 您 我们 本 此 该 这 篇 个 有 已 是 用 请 去 来 再 后 先 或 和 与 及 并 只 还 可 可以 即 即可 即将 离开 是否 也 都 为 中 上 下
    大 小 左 右 方 上方 下方 右上角 左下角 点 打开 进入 继续 立即 马上 需要 更 喜欢 想 对 吗 呢 啦 吧 家 一 一下 快 快来 当前 今日 总
    欢迎 这里 此处 其他 约 分 秒 往下 支持 提示 功能 反对 各大 应用市场 应用商店 朋友 分钟 小时 赞 人次
"""
_LATIN = frozenset(
    """
    home news contact about us sitemap site map privacy policy terms of use service services copyright all rights reserved
    follow share search login log in sign up register subscribe newsletter cookie cookies accept decline manage menu back
    to top next previous prev read more print email mobile desktop version english links link related stories story
    articles article posts post recommended popular latest most help faq feedback download app rss download pdf listen
    ta qzone doc docx word facebook twitter linkedin weibo wechat youtube instagram x government business travel living culture video photos
    life opinion sports world china special features services travel languages language en cn zh
    """.split()  # noqa: SIM905
)
_SEPARATORS = re.compile(r"[\s\W_]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[a-z]+")
_LONGEST = 30  # characters of a line that is one function or a row of them
_HALF = 0.5
_SHARE = 0.85  # of its characters; what is left is a name or a count
_NUMBERS = re.compile(
    r"\d+(?:\.\d+)?\s*(?:[万亿%]|[kmg]b?\b)?|“[^”]*”|《[^》]*》|\b[a-z]\b"
)  # counts, names, sizes of type


def _alternatives(*lists: str) -> str:
    return "|".join(sorted({re.escape(word) for words in lists for word in words.split()}, key=len, reverse=True))


_ACT = re.compile(_alternatives(_ACTS))
_PART = re.compile(_alternatives(_ACTS, _THINGS, _FILL))


# What a line of functions is for; the first that fits.
_PURPOSES = tuple(
    (reason, re.compile(parts))
    for reason, parts in (
        (
            words.RELATED,
            "推荐|相关|排行|热[门点文榜]|往期|猜你|更多新闻|最新|最热|同类|related|recommended|popular|latest",
        ),
        (words.RIGHTS, "版权|备案|声明|隐私|协议|条款|copyright|privacy|terms|cookie"),
        (
            words.SHARE,
            "分享|评|留言|赞|收藏|关注|扫|二维码|在看|打赏|转发|回复|[跟回]贴|跟帖|满意|订阅|share|follow|subscribe",
        ),
        (words.CONTACT, "热线|电话|客服|邮箱|投诉|[报爆]料|咨询"),
        (words.ADVERT, "下载|app|客户端|购买|download"),
    )
)


def purpose(core: str) -> str:
    """Why a composed line is dropped."""
    return next((reason for reason, parts in _PURPOSES if parts.search(core)), words.NAVIGATION)


def composed(core: str) -> bool:
    """True for a short folded line that consists of words of page functions, one of them an act."""
    return _share(core) >= _SHARE


def leaning(core: str) -> bool:
    """True for one that is half made of them: 订阅月报, 咨询政策专家. One proves nothing, several in a row do."""
    return _share(core) >= _HALF


def _share(core: str) -> float:
    """The share of a line that page functions cover; 0 for a long line and for one without an act."""
    if len(core) > _LONGEST:
        return 0
    bare = _SEPARATORS.sub(" ", _NUMBERS.sub(" ", core)).strip()
    latin = _WORD.findall(bare)
    if latin and not _HAN.search(bare):
        return float(all(word in _LATIN for word in latin))
    bare = _WORD.sub(lambda word: "" if word[0] in _LATIN else word[0], bare)
    letters = len(bare.replace(" ", ""))
    if letters < 2 or not _ACT.search(bare):
        return 0
    return sum(len(found[0]) for found in _PART.finditer(bare)) / letters

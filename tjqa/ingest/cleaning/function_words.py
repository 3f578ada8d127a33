"""Short lines put together from the words of page functions: 打印正文, 扫码在手机查看, 订阅我们的通讯.

`vocabulary` knows whole phrases; sites word theirs differently without end, but from few words. A line that consists
of such words, and of nothing else, is furniture where a page has its furniture: above and below the text.
"""

from __future__ import annotations

import re

from tjqa.documents import DropReason
from tjqa.ingest import parameters

# What a page does or lets its reader do; one of these must be there. What texts do as much (使用) is below.
_ACTS = """
    打印 列印 分享 转发 转载 转寄 收藏 订阅 登录 登陆 注册 注销 签到 搜索 检索 搜 点击 点播 展开 收起 折叠 隐藏 返回
    回到 关闭 下载 上传 提交 发送 回复 评论 留言 点评 点赞 首赞 在看 热议 爱看 想看 追问 写回答 邀请回答 举报 投诉
    反馈 纠错 找错 报错 挑错 投稿 爆料 报料 扫码 扫一扫 扫描 看全文 看大图 看视频 听新闻 听全文 听文章 我要 识别 长按
    双击 复制 粘贴 朗读 收听 播报 播放 回放 暂停 倍速 全屏 弹幕 音量 画质 刷新 重试 加载 换一换 换一批 切换 设为
    加入收藏 打赏 赞赏 捐赠 跳转 引用 浏览 阅读 查看 观看 关注 跟贴 跟帖 回帖 发帖 吐槽 求助 咨询 查询 链接 推荐
    推荐度 猜你 猜您 猜你喜欢 猜你想看 评分 找回 忘记 输入 选择 筛选 排序 倒序 正序 添加 购买 订购 下单 询价 测算
    领取 兑换 试用 试读 开通 续费 充值 支付 激活 绑定 授权 收录 首页 主页 导航 地图 顶部 底部 上一篇 下一篇 上一页
    下一页 上一条 下一条 上一则 下一则 上一期 下一期 上一版 下一版 上一张 下一张 过刊 提问 排行 热榜 热搜 榜单 无障碍
    关怀版 长者版 适老化 大字版 繁体 简体 字号 字体 放大 缩小 默认 声明 版权 备案 主办 承办 协办 许可证 运维 热词
    更多 最近 近期 导读 归档 有用 没用 有帮助 没帮助 不感兴趣 屏蔽 感兴趣 有兴趣 可能喜欢 编辑部 发行部 广告部 访问量
    点击量 阅读量 浏览量 访客 关键字 标签云 友链 免责 隐私 征稿 约稿 来稿 招贤纳士 诚聘英才 加入我们 联系我们
    关于我们 关于本站 赞过 踩过
"""
# What it does it with, or to.
_THINGS = """
    本页 此页 页面 本文 此文 全文 正文 原文 文章 文字 新闻 资讯 内容 图片 图文 图集 组图 视频 音频 直播 专题 专辑
    栏目 频道 版面 目录 列表 故事 全部 所有 详情 详细 窗口 杂志 本期 本刊 本报 本网 期刊 刊物 网站 本站 站点 站内
    全站 分站 子站 网页 门户 站群 官网 官方网站 客户端 app 公众号 服务号 订阅号 小程序 视频号 抖音号 头条号 快手号
    微信 微博 抖音 快手 qq 空间 贴吧 朋友圈 朋友 好友 群 粉丝 新媒体 融媒 矩阵 社区 论坛 圈子 问答 百科 文库 二维码
    手机 手机端 电脑 电脑版 手机版 移动端 移动版 触屏版 浏览器 用户 会员 vip 账号 帐号 密码 验证码 昵称 姓名 称呼
    手机号 号码 邮箱地址 电子邮箱 电子邮件 电邮 通讯 月报 周报 热门 热点 热文 热帖 相关 有关 最新 最热 精彩 精选 往期
    历史 随机 同类 类似 作者 小编 编辑 读者 网友 楼主 道具 积分 等级 任务 优惠券 购物车 订单 次数 次 位 人数 人 数 量
    条 个 篇 合集 选集 播放列表 剩余 政策 协议 条款 须知 说明 指南 规则 意见 建议 中心 服务 系统 平台 政府 单位 管理
    维护 建设 技术 支持 运营 制作 设计 信息 信箱 信件 来信 模式 版 版权所有 正版 微信号 官方 官微 法律 律师 顾问 广告
    广告位 商务 合作 合作伙伴 加盟 媒体 友情 数字报 电子报 表单 附件 文件 文档 pdf word doc 大图 原图 高清 语音 标题
    摘要 概览 提要 时间 格式 权限 排行榜 话题 标签 作品 评论区 留言板 相册 动态 消息 通知 私信 设置 语言 地区 城市
    行业 分类 类别 按 字母 索引 个人 我的 他的 ta的 需求 方案 报价 今天 昨日 昨天 本周 本月 一周 小时 周榜 月榜 日榜
    人气 收视 客服 站长 统计 总数 累计 举报中心 专区 专线 受理 违法 不良 有害 未成年人 谣言 辟谣 许可 编号 执照 网警
    公安 诚信 认证 联盟 使用 参与 写 看 听 填写 满意 评价 同意 接受 拒绝 放弃 帮助 访问 发表 发布 加入 喜欢 赞助
"""
_FILL = """
    的 了 于 在 到 至 给 我 你 您 我们 他 她 本 此 该 这 那 篇 有 没有 已 已经 是 用 请 请先 去 来 再 后 先 或 和 与
    及 并 只 还 还没 可 可以 可能 即 即可 也 都 为 中 上 下 大 小 左 右 方 上方 下方 以下 以上 右上角 左下角 点 打开
    进入 继续 立即 马上 需要 更 想 对 吗 呢 啦 吧 家 一 一下 第一 快 快来 抢 沙发 当前 今日 在线 总 欢迎 这里 此处
    其他 其它 提示 功能 分钟 赞 人次 反对 各大 应用市场 应用商店 约 分 秒 往下 即将 离开 是否 暂无 暂时 尚未 未 数据
    努力 正在 稍后 稍候 感谢 如何 怎么 什么 哪些 年 月 日 位于 由
"""
_LATIN = frozenset(
    """
    home news contact about us sitemap site map privacy policy terms of use service services copyright all rights
    reserved follow share search login log in sign up register subscribe newsletter cookie cookies accept decline
    manage menu back to top next previous prev read more print email mobile desktop version english links link
    related stories story articles article posts post recommended popular latest most help faq feedback download app
    rss pdf listen ta qzone doc docx word facebook twitter linkedin weibo wechat youtube instagram x government
    business travel living culture video photos the a an for our your we this on by at is not does do support
    supported browser tag page full report stay informed resources give you best experience click here view comments
    comment tags categories archives recent skip content main navigation footer header close open life opinion sports
    world china special features languages language en cn zh
    """.split()  # noqa: SIM905
)
_SEPARATORS = re.compile(r"[\s\W_]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[a-z]+")
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
            DropReason.RELATED_LINKS,
            "推荐|相关|排行|热[门点文榜]|往期|猜你|更多新闻|最新|最热|同类|related|recommended|popular|latest",
        ),
        (DropReason.COPYRIGHT, "版权|备案|声明|隐私|协议|条款|copyright|privacy|terms|cookie"),
        (
            DropReason.SHARING,
            "分享|评|留言|赞|收藏|关注|扫|二维码|在看|打赏|转发|回复|[跟回]贴|跟帖|满意|订阅|share|follow|subscribe",
        ),
        (DropReason.CONTACT, "热线|电话|客服|邮箱|投诉|[报爆]料|咨询"),
        (DropReason.ADVERTISING, "下载|app|客户端|购买|download"),
    )
)


def purpose(core: str) -> DropReason:
    """Why a composed line is dropped."""
    return next((reason for reason, parts in _PURPOSES if parts.search(core)), DropReason.NAVIGATION)


def composed(core: str) -> bool:
    """True for a short folded line that consists of words of page functions, one of them an act."""
    return _share(core) >= parameters.COMPOSED_SHARE


def leaning(core: str) -> bool:
    """True for one that is half made of them: 订阅月报, 咨询政策专家. One proves nothing, several in a row do."""
    return _share(core) >= parameters.LEANING_SHARE


def _share(core: str) -> float:
    """The share of a line that page functions cover; 0 for a long line and for one without an act."""
    if len(core) > (parameters.LONGEST_FUNCTION_LINE if _HAN.search(core) else parameters.LONGEST_LATIN_FUNCTION_LINE):
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

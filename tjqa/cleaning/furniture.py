"""The vocabulary of page furniture: what Chinese web pages carry around their articles.

Every entry names a function of the page (share, comment, go back), never a site or a topic. A line is furniture
when the whole line is such a phrase, not when a sentence mentions it: an article about 责任编辑 or 免责声明 stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from tjqa.cleaning.lines import Line

Kind = Literal["line", "list", "comment", "legal"]
"""What a furniture line governs: itself, a list of links after it, comments, or legal text to the page's end."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """The reason a line is dropped, and what it says about the lines after it."""

    reason: str
    kind: Kind = "line"


NAVIGATION, RELATED, SHARE = "导航", "相关推荐", "分享评论"
RIGHTS, CONTACT, RULES, PAGES = "版权声明", "联系方式", "投稿须知", "页码"
PICTURE, ADVERT, TAGS = "图片说明", "广告", "标签"

_TEASER_HEADS = (
    r"(?:相关|热门|推荐|最新|精彩|精选|精华|热点|今日|本周|本月|往期|更多|延伸|拓展|扩展|关联|随机|同类|特别|编辑|头条|图片|视频|最热|近期|阅读|"
    r"点击|24小时|48小时|一周|本站|站内|专题|猜你|您可能|你可能|您还|你还|大家|其他|其它|为你|为您|人气|独家|今天|社区|热评|滚动|网友|编辑|小编|上下|图文)+"
    r"(?:的|都|还|也|在|正在|感|想|会|爱|喜欢|兴趣|最)*"
    r"(?:阅读|推荐|新闻|文章|内容|资讯|报道|链接|专题|视频|图片|图集|排行榜?|热点|回顾|话题|关注|点击|消息|动态|喜欢|看|读|信息|导读|更新|发布|帖子|"
    r"热文|热帖|头条|榜单?|要闻|博文|产品|搜索|标签|问答|评论|精选|最热|兴趣|文档|下载|课程|图文|策划|栏目)"
)
_LIST_HEADS = re.compile(
    rf"(?:{_TEASER_HEADS}|猜你(?:喜欢|想看)|友情链接|友链|合作伙伴|(?:点击|阅读|热度)?排行榜?|热榜|热搜榜?|热词|"
    r"(?:相关|热门)(?:公司|企业|股票|基金|商品|职位|楼盘|人物|词条|城市|地区|产品)|"
    r"Related(?: Posts| Articles| News)?|You (?:May|Might) (?:Also )?Like|Recommended|Most (?:Popular|Read)|Recent Posts|Trending)",
    re.IGNORECASE,
)
_COMMENT_HEADS = re.compile(
    r"(?:我要|发表|写|网友|用户|全部|最新|热门|精彩|文章|添加|提交|查看|参与|所有|暂无|快速)*(?:评论|留言|回复|跟帖|跟贴|点评)"
    r"(?:与评论|列表|区|板|框|专区|内容|须知)?|(?:留言|评论)与(?:评论|回复|留言).*|"
    r"(?:共有?)?\s*\d*\s*条(?:评论|留言|回复)|取消回复|Leave a (?:Reply|Comment)|Comments?|Post Comment|抢沙发|我来说两句|说点什么.*",
    re.IGNORECASE,
)
_LEGAL_HEADS = re.compile(
    r"(?:免责|版权|法律|转载|郑重|特别|权利|侵权|隐私|网站|本站)?(?:声明|申明)|免责条款|"
    r"(?:网站|用户|平台)?(?:投稿|来稿|征稿|发稿|评论|发帖|注册|使用)(?:须知|提示|说明|协议|指南|启事|规则|规范|要求|条款)|"
    r"(?:用户|服务|隐私|使用|会员)(?:协议|条款|政策|规则|保护指引)|风险提示|著作权声明|关于我们|联系我们|联系方式|Cookie\s*(?:设置|政策|声明)|Privacy Policy|Disclaimer",
    re.IGNORECASE,
)
_LINE: tuple[tuple[str, re.Pattern[str]], ...] = (
    (NAVIGATION, re.compile(r"(?:«|<+|←|▲)?\s*(?:上|前)一?(?:篇|条|则|章|节|个)(?:文章|新闻|资讯|主题)?\s*[:：>»]?.{0,80}")),
    (NAVIGATION, re.compile(r"(?:»|>+|→|▼)?\s*(?:下|后)一?(?:篇|条|则|章|节|个)(?:文章|新闻|资讯|主题)?\s*[:：>»]?.{0,80}")),
    (NAVIGATION, re.compile(r"(?:Previous|Next|Prev|Older|Newer)(?: (?:Post|Article|Page))?\s*[:：]?.{0,60}", re.IGNORECASE)),
    (NAVIGATION, re.compile(r"(?:您?(?:的|现在的?)?(?:当前)?(?:所在)?(?:位置|的位置))\s*(?:是|在|为)?\s*[:：].{0,80}")),
    (NAVIGATION, re.compile(r"(?:首\s*页|主页|网站首页|Home)\s*(?:[>»›＞/|｜→]|->|::).{0,80}", re.IGNORECASE)),
    (NAVIGATION, re.compile(r"(?:导航(?:菜单|栏)?|网站导航|站点地图|网站地图|主菜单|菜单|目录导航|栏目导航|快速导航|快捷导航|Menu|Sitemap|Skip to content)", re.IGNORECASE)),
    (NAVIGATION, re.compile(r"(?:返回|回到|回)(?:顶部|首页|列表|目录|上一?[页级]|主页|频道|网站).{0,10}|(?:关闭|打印)(?:本页|窗口|页面|此页|文章)")),
    (NAVIGATION, re.compile(r"(?:请先?|您还?(?:没有|未)|立即|马上|免费)?(?:登录|登陆|注册)(?:后|/|或|、|\s)*(?:登录|注册|账号|即可|发表|查看|评论|参与|才能)*.{0,12}(?:评论|留言|回复|注册|登录|查看)|Please (?:Log ?in|Login|Sign in).*", re.IGNORECASE)),
    (NAVIGATION, re.compile(r"(?:设为首页|加入收藏|收藏本站|添加收藏|手机版|电脑版|无障碍浏览|长者模式|进入关怀版|繁體版?|简体版?|English)(?:[\s|｜/·].*)?")),
    (PAGES, re.compile(r"共\s*\d+\s*(?:页|条|篇)(?:记录|数据)?.{0,30}|第\s*\d+\s*(?:/\s*\d+\s*)?页.{0,20}|(?:(?:首页|上一页|下一页|尾页|末页|前一页|后一页|\d{1,4}|[<>«»‹›…]|\.\.\.|跳转|GO)[\s|,，]*){3,}|[上下前后]一页|(?:首|尾|末)页|Page \d+ of \d+", re.IGNORECASE)),
    (SHARE, re.compile(r"(?:一键)?(?:分享|转发)(?:到|至|给|本文|此文|按钮|朋友圈|微信|微博|文章|：|:).{0,60}|(?:微信|手机)?扫(?:一扫|码|描).{0,40}|(?:长按|识别|扫描).{0,8}二维码.{0,30}")),
    (SHARE, re.compile(r"(?:Like|Share|Tweet|Print|Likes|赞|点赞|喜欢|收藏|踩|打赏|顶|转发|分享)\s*[(（]?\s*\d*\s*[)）]?", re.IGNORECASE)),
    (SHARE, re.compile(r"(?:欢迎|请|敬请|点击|搜索)?(?:关注|订阅)(?:我们|本站|本刊)?.{0,20}(?:公众号|微信号|官方微信|官微|视频号|抖音号|微博|客户端).{0,30}|下载.{0,16}(?:APP|客户端).{0,20}", re.IGNORECASE)),
    (SHARE, re.compile(r"(?:有想补充|我要|点我|点击|在线)(?:的信息\S{0,3})?(?:点我|点击)?(?:投稿|纠错|报错|反馈|举报).{0,16}|.{0,12}(?:点我|点此|点击这里|点击此处)(?:投稿|反馈|报名|查看|下载|咨询|举报).{0,10}")),
    (SHARE, re.compile(r"验证码\s*[:：]?.{0,16}|(?:昵称|邮箱|姓名|网址|内容|用户名|密码)\s*[(（]?(?:必填|选填)?[)）]?\s*[:：*]{1,3}|看不清.{0,6}|匿名(?:发表|评论|用户)?|您的(?:电子邮箱|邮箱地址)不会被公开.*|必填项已用.*|还可以?输入\s*\d+\s*(?:个)?字.*")),
    (RIGHTS, re.compile(r".{0,40}(?:ICP\s*(?:备|证)|公网安备|公安备案|网安备).{0,80}|.{0,40}(?:Copyright|©|\(c\)\s*\d{4}).{0,120}|.{0,30}(?:All Rights? Reserved).{0,60}|.{0,40}版权所有.{0,60}", re.IGNORECASE)),
    (RIGHTS, re.compile(r".{0,30}(?:许可证|经营许可|备案号|准字号|网出证)[^。]{0,20}[:：(（]?[^。]{0,12}\d{4,}.{0,40}|.{0,6}(?:主办|承办|主管|技术支持|指导|建设|运维|版权)(?:单位|方)?\s*[:：][^。]{2,60}|网站标识码.{0,40}|建议使用.{0,40}(?:浏览器|分辨率).{0,20}")),
    (RIGHTS, re.compile(r"(?:本文|文章|原文|网页|本页|页面)?(?:永久)?(?:链接|地址|网址|URL)\s*[:：]\s*(?:https?:|www\.|/)?\S+", re.IGNORECASE)),
    (RIGHTS, re.compile(r"(?:违法和?不良信息|未成年人|涉未成年|网上有害信息|互联网).{0,12}举报.{0,60}|举报(?:电话|邮箱|热线)\s*[:：].{0,60}")),
    (CONTACT, re.compile(r"(?:广告|商务|市场|媒体|内容|版权|友链|客户|在线)(?:合作|服务|洽谈|投放|咨询|客服)?(?:电话|热线|邮箱|微信|QQ|联系)?\s*[:：].{0,60}|(?:客服|服务|咨询|投诉|招商|加盟|投资咨询|报名|新闻)(?:热线|电话)(?:\s*[:：].{0,40})?|(?:在线|联系|人工)客服|(?:立即|马上|免费|点击|在线)(?:获取|咨询|领取|下载|报名|申请|试用|体验|订阅|查看|购买|投稿|预约)")),
    (ADVERT, re.compile(r"广告|【?广告】?|赞助商?(?:链接|内容)|Advertisement|推广|点击查看(?:大图|原图|更多|全部).{0,10}|展开(?:全文|更多|阅读)?.{0,4}|(?:查看|加载|显示)(?:更多|全部|全文).{0,6}|点击(?:播放|加载更多|展开).{0,10}|(?:阅读|查看)原文|加载中.{0,6}", re.IGNORECASE)),
    (TAGS, re.compile(r"(?:文章|本文)?(?:标签|关键词|关键字|Tags?)\s*[:：].{0,100}", re.IGNORECASE)),
    (PICTURE, re.compile(r"[(（【]?(?:相关)?(?:资料图|图文无关|配图|题图|示意图|图为示意|本报图片|网络图|图片来自网络|视频截图|网页截图)(?:片|与内文无关)?[)）】]?")),
)
# Phrases of notices about the page itself. Reports about such notices quote them; quoted text is cut out first.
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》|「[^」]*」|\"[^\"]*\"")
_NOTICE = re.compile(
    r"如若转载|转载(?:时)?(?:请|须|需|务必|应)(?:务必)?(?:注明|标明|保留|联系)|请注明(?:出处|来源|转自)|未经.{0,14}(?:许可|授权|同意|允许).{0,14}(?:不得|禁止|严禁|谢绝|请勿)|"
    r"(?:不|并不|未必|不一定)(?:代表|意味着|反映).{0,20}(?:立场|观点|意见|赞同)|(?:仅|只)代表作者.{0,8}(?:观点|立场|意见)|与本(?:站|网|平台|网站|公众号|号).{0,12}无关|"
    r"如(?:有|涉|存在|发现|果|若).{0,24}(?:侵权|侵犯|版权).{0,40}(?:联系|删除|告知|处理|通知)|侵(?:权)?(?:必|立)?删|对您?(?:造成|构成)了?侵权|"
    r"凡(?:本|注明|未注明|转载|.{0,12}注明).{0,30}(?:来源|作品|稿件|原创|版权)|版权(?:均)?(?:归|属于?).{0,16}(?:所有|作者|原)|(?:内容|信息|观点|数据|文章|资讯).{0,8}仅供.{0,8}参考|"
    r"不构成.{0,10}(?:投资|任何|操作|买卖)?.{0,4}(?:建议|意见|依据|承诺)|据此(?:操作|投资|入市).{0,8}(?:风险|后果|自担|自负)|投资有风险|入市需谨慎|"
    r"(?:本|该)(?:站|网|网站|平台|页面|公众号).{0,30}(?:不承担|不负责|概不|保留.{0,6}权利|转载自|来自网络|来源于网络|整理|无法(?:保证|核实))|"
    r"(?:文章|图片|内容|素材|资料|部分.{0,8})(?:来源于?|来自|转自|源自|源于|整理自)(?:于)?(?:互联网|网络)|原创文章.{0,4}作者|网友.{0,6}(?:评论|发言).{0,10}(?:代表|遵守)"
)
_SELF = re.compile(r"本(?:站|网|文|平台|公众号|页|刊|报|号)|我们|您|作者|注明|转载|请|侵权|联系")
NAV_WORDS = frozenset(
    "首页 主页 新闻 要闻 国内 国际 社会 财经 经济 体育 娱乐 文娱 文化 科技 教育 健康 汽车 房产 旅游 军事 视频 图片 专题 评论 观点 论坛 博客 社区 直播 "
    "时尚 美食 游戏 数码 家居 亲子 女性 历史 读书 理财 股票 基金 银行 保险 房价 招聘 人才 法治 政务 政策 时政 本地 城市 环创 环球 滚动 头条 热点 更多 登录 登陆 "
    "注册 退出 搜索 收藏 分享 打印 关闭 返回 顶部 反馈 客服 举报 投诉 投稿 微信 微博 抖音 快手 QQ QQ空间 朋友圈 新浪微博 腾讯微博 邮箱 邮件 复制链接 APP 客户端 手机版 "
    "电脑版 繁体 简体 English 大 中 小 字号 设为首页 加入收藏 网站地图 网站导航 导航 联系我们 关于我们 招贤纳士 诚聘英才 广告服务 广告合作 法律声明 免责声明 隐私政策 用户协议 友情链接 "
    "帮助中心 帮助 服务 会员 会员中心 个人中心 我的 消息 订阅 RSS 下载 下载APP 资讯 产品 案例 解决方案 公司简介 企业简介 公司动态 行业动态 行业新闻 公司新闻 新闻中心 新闻动态 "
    "政务公开 信息公开 政府信息公开 办事服务 政务服务 互动交流 政民互动 公众参与 走进我区 领导之窗 机构职能 通知公告 公示公告 政策法规 政策解读 工作动态 图片新闻 专题专栏 数据发布 "
    "上一页 下一页 尾页 末页 上一篇 下一篇 确定 确认 取消 提交 发布 回复 点赞 赞 踩 转发 关注 扫码 二维码 主菜单 菜单 全部 最新 最热 推荐 精选 排行 榜单 活动 商城 购物车 企业入驻 "
    "Home About Contact News Blog Login Register Search Menu Share Facebook Twitter WeChat Weibo Email Print Copy Link More".split()
)
_TOKENS = re.compile(r"[\s|｜/·•,，、>»›＞<【】\[\]()（）:：丨-]+")
_CONTACT_ONLY = re.compile(
    r"(?:(?:电话|手机|传真|热线|联系电话|客服|邮箱|E-?mail|QQ|微信|地址|邮编|网址|TEL|FAX|联系人)\s*[:：]?\s*)?"
    r"(?:\+?[\d][\d\s()（）/转-]{6,40}|[\w.+-]+@[\w-]+\.[\w.]+|(?:https?://|www\.)\S+)",
    re.IGNORECASE,
)


def notice(text: str) -> bool:
    """True for a stand-alone notice about copying, liability or origin of the page."""
    plain = _QUOTED.sub("", text)
    found = _NOTICE.search(plain)
    if not found:
        return False
    # A long line has to speak about the page itself: reports on copyright use the same words.
    return len(plain) <= 60 or len(set(_SELF.findall(plain))) >= 2


def furniture(line: Line) -> Furniture | None:
    """What kind of page furniture the line is by its words alone; None for anything else."""
    core = line.core.strip("#=*-_ \t　【】[]|丨").rstrip(":：>»›+… ").strip()
    if not core or len(core) > 600:
        return None
    if len(core) <= 16:
        if _LIST_HEADS.fullmatch(core):
            return Furniture(RELATED, "list")
        if _COMMENT_HEADS.fullmatch(core):
            return Furniture(SHARE, "comment")
        if _LEGAL_HEADS.fullmatch(core):
            return Furniture(RULES if "稿" in core else CONTACT if "联系" in core else RIGHTS, "legal")
    if len(core) <= 200 and not line.prose:
        for reason, pattern in _LINE:
            if pattern.fullmatch(core) or pattern.fullmatch(line.core):
                return Furniture(reason)
        if toolbar(core):
            return Furniture(NAVIGATION)
    if notice(core):
        return Furniture(RIGHTS)
    return None


def toolbar(core: str) -> bool:
    """True for several functional words in a row: "首页 新闻 财经", "分享 打印 关闭"."""
    tokens = [token for token in _TOKENS.split(core) if token]
    return len(tokens) >= 2 and sum(token in NAV_WORDS for token in tokens) >= 0.8 * len(tokens)


def nav_word(core: str) -> bool:
    """True for one functional word; alone it proves nothing, beside others it does."""
    return core.strip(":：>» ") in NAV_WORDS


def contact_only(core: str) -> bool:
    """True for a line that is only a telephone number, an address on the net or the like."""
    return _CONTACT_ONLY.fullmatch(core) is not None

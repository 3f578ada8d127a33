"""The numbers that steer cleaning and chunking, all of them, so that a sweep can set them (`parameters.NAME = …`).

Modules read them as `parameters.NAME` each time they are needed; none may be imported by itself. Whoever changes one
for good raises `CLEANER_VERSION` or `PACKER_VERSION`. Limits of safety and of formats stand where they are kept.

Lengths are characters of one line unless it says otherwise. Where no other reason is given a number was chosen on the
pages of tests/data/cleaning, on whose labels tests/ingest/cleaning/test_clean.py holds what cleaning keeps and drops.
"""

from __future__ import annotations

# --- How much one document may hold (pipeline; of its text see readers/base.MAX_CHARACTERS)

# Lines of a text that is no table, blank ones among them. A book of five million characters has half as many lines of
# twenty characters. Each takes up to 0.1 ms and 0.7 KB to clean.
MOST_LINES = 500_000
# The longest text gives 112,000 passages of 150 characters. A heading every ten characters gives many times as many:
# what is kept with each of them would be hundreds of times as much as the document, and to analyse one takes 1 ms.
MOST_PASSAGES = 120_000

# --- Passages (chunking)

TARGET_PASSAGE = 250  # characters: windows of this size gave the best recall of all sizes tried
LONGEST_PASSAGE = 500  # characters: a citation longer than this is no citation
FULL_PARAGRAPH = 150  # characters of a passage from which on a paragraph end ends it, too
SHORT_REST = 60  # characters: a rest shorter than this joins the passage before it
LONGEST_SECTION = 90  # characters of the headings that are carried with a passage: three names of up to 30
DEEPEST_PATH = 3  # so many headings: chapter, article, and the one between
LONGEST_ITEM = 120  # characters of a numbered item of a list; a longer one is a section with text of its own
LONGEST_LEAD = 60  # characters of the sentence before a list that are carried with its items

# --- What a line is by its shape (lines, page)

LONG_PROSE = 80  # a line this long with a full stop anywhere in it is running text, however it ends
SHORTEST_PROSE = 25  # a line that ends like a sentence is a paragraph from this length on
SHORTEST_HEADLINE = 4  # without a date below it
SHORTEST_DATED_HEADLINE = 2  # above a date even 灰雁 is a headline
LONGEST_HEADLINE = 80  # of an article
TITLE_LINES = 4  # on which a headline may be set
LONGEST_ASKING_HEADLINE = 50  # a headline that asks or exclaims
SHORTEST_LINKED_HEADLINE = 10  # a headline in a list of links
LONGEST_LINKED_HEADLINE = 50  # the same
LONGEST_DATED_LINK = 90  # a headline with the day of its article at one end
SHORTEST_DATED_LINK = 10  # the same, date and all
LONGEST_HEADING = 30  # a section heading without a number
LONGEST_NUMBERED_HEADING = 60  # one with 一、 or 2.1 before it

# --- Furniture by its words (boilerplate)

LONGEST_BLOCK_HEADING = 16  # the heading of a block: 相关阅读
LONGEST_OWN_LINKS_HEADING = 60  # a heading that names the article whose links follow
LONGEST_PHRASE_LINE = 200  # a line that one phrase of furniture fills
LONGEST_NOTICE_LINE = 1000  # a line that notices fill; longer ones are not looked at
SHORT_NOTICE = 16  # so short a notice need not speak of the page: 未经许可,不得转载
NOTICE_SHARE = 0.7  # of a text's characters must stand in notices to call it one
MENU_SHARE = 0.7  # of a line's words must be words of menus
NAMES_IN_BRACKETS = 3  # a text may set so many names in brackets in a row; more in a row are buttons
LONGEST_BREADCRUMB = 80  # the way to the page: 新闻中心 > 产经 > 正文

# --- Lines that are made of the words of page functions (function_words)

LONGEST_FUNCTION_LINE = 30  # one function or a row of them
LONGEST_LATIN_FUNCTION_LINE = 80  # one without Chinese characters
COMPOSED_SHARE = 0.85  # of a line's characters; what is left is a name or a count
LEANING_SHARE = 0.5  # such a line proves nothing, several in a row do

# --- Metadata

LONGEST_METADATA = 160  # a line of nothing but dates, names, counts
LEFT_OVER_BESIDE_LABEL = 4  # characters that no pattern explains on a line with a label (来源:) or a date
LEFT_OVER_AFTER_MOMENT = 24  # on one that a moment opens: the name of a paper and counts go with it
LEFT_OVER_BEFORE_MOMENT = 12  # on one that a moment ends
LEFT_OVER_BESIDE_SAID = 16  # on one that says 发布于 or ends in 发布
LEFT_OVER_AROUND_MOMENT = 24  # on one with a moment in its middle, which is no longer than the next number
LONGEST_AROUND_MOMENT = 80  # characters of such a line
REPORT_OPENING = 60  # characters in which a report names its day
SPEECH_DASHES = 3  # characters before the day that heads a speech: "——", "("
SPEECH_LINES = 3  # lines in which the day of a speech may stand, below its headline
LONGEST_STAND_IN_TITLE = 30  # characters of the first sentence that stand in for a headline

# --- Where the article of a page stands (page)

WEB_PAGE_LINES = 2  # so many lines of furniture show a saved web page
MENU_LINES = 3  # so many lines of functional words in a row are a menu
LONGEST_ABOVE_HEADLINE = 120  # characters of slogans and notes that may stand above a headline
SHARE_ABOVE_HEADLINE = 0.1  # or this share of the page's paragraphs, where that is more
SENTENCES_ABOVE_HEADLINE = 2  # so many sentences above a headline with a date may be notices of the site,
STAMPS_OF_LISTING = 2  # so many moments above a headline date posts that stand above it
SHORTEST_VERSE = 5  # of so many characters each
LINES_BELOW_DATE = 12  # lines below a date line in which its article has to begin
LEAST_BELOW_DATE = 100  # characters that stand below an article's date at least,
SHARE_BELOW_DATE = 0.15  # or this share of the page's paragraphs, where that is less
NEW_ARTICLE_PARAGRAPH = 100  # characters of the paragraph that opens a further article, below headline and date
DATED_LINKS = 3  # so many dated headlines on neighbouring lines are a list of links
LINKS_SEEN = 8  # lines of a block below a vague heading (更多内容) that are looked at for dates
LEAST_MARKED_LINKS = 2  # of them must carry a date or break off,
LEAST_LINKS_TO_END = 3  # or so many headlines run down to the end of the page
LINKED_SHARE = 0.8  # of the lines of a block must look like linked headlines

# --- Above the text (site_head)

LEAST_MENU_RUN = 10  # so many very short lines in a row above the text
LONGEST_RUN_ENTRY = 16  # of so many characters each
LEAST_RUN_FUNCTIONS = 4  # are a menu when so many of them name what a page does,
RUN_FUNCTIONS_SHARE = 0.12  # and this share of them
SHORTEST_RUN_HEADLINE = 6  # one so long above the last of these functions may be the headline above its buttons
LONELY_LINES = 30  # so many lines below a paragraph before the next one, furniture among them,
LONELY_SHARE = 0.05  # and the paragraph is no more of the page's: a notice in the site's head

# --- Above the text (head)

COLUMN_NAMES = 3  # so many names
LONGEST_COLUMN_NAME = 6  # of so many characters at most make a row of columns: 职位搜索 公司搜索 简历中心
SHORTEST_COLUMN_NAME = 2  # and so many at least
SHORTEST_TAB_NAME = 4  # of a name in a row below the date: people's names are shorter
NEIGHBOUR_LINES = 2  # lines away another piece of furniture has to stand
LONGEST_MENU_ENTRY = 8  # a line of a menu that has a line for each entry
LEAST_MENU_ENTRIES = 3  # so many of these lines make one
MENU_ENTRIES_SHARE = 0.5  # of these lines must be words of menus
SITE_HEAD_LINES = 5  # so many lines above the headline of a dated article are the site's
SITE_HEAD_SHARE = 0.3  # of the lines above a headline without a date must be furniture
DEFINING_LINES = 3  # lines from the first paragraph on of which one defines what an encyclopedia's page is about
SHORTEST_SURE_TITLE = 8  # a shorter line right below a menu is the site's name or the column's

# --- In and below the text (body)

LEAST_ARTICLE = 120  # characters of paragraphs that make a page an article with furniture around it
LEAST_BEFORE_END = 60  # characters of text after which comments or legal text may end the page
COMMENTS_TO_TEXT = 10  # comments may be so many times longer than their article, hardly more
LEAST_POSTS = 3  # so many counts of comments on a page, paragraphs between them: answers, each with its own comments
LEAST_POST_LINKS = 4  # the same for the word 评论 alone
COMMENT_MARKS_NEAR = 11  # lines in which a second mark of a comment (3小时前) has to follow the first
SETTLED_FOOT_LINES = 2  # so many lines of furniture surely are the foot of the page:
LARGEST_REST = 0.2  # paragraphs below them that are less than this share of the article are a notice
LONGEST_TEASER = 300  # a paragraph longer than this is no teaser
SHORTEST_SOLID_PARAGRAPH = 45  # nor is one of this length without a bullet and a date
LONGEST_LINKS_LABEL = 8  # a heading over links: 同一作者, 周边推荐
UNANNOUNCED_LINKS = 5  # so many headlines in a row after the text are links though nothing says so
SHORTEST_SENTENCE = 12  # a short sentence that still is text
SHORTEST_KNOWN_LINE = 5  # on a page without paragraphs a shorter line of furniture stays

# --- The ends of the page (page_ends)

DATED_PAGE_LINES = 12  # lines in which a date or source shows a text to be a saved page
LAST_PARAGRAPH_SHARE = 0.1  # of the text that a last paragraph must have to be surely text
LONGEST_COMPANION = 4  # a line that always stands beside furniture and goes with it
REPEATED_BLOCK = 3  # lines that stand again in the same order, furniture among them
REPEATED_FUNCTION = 3  # times the same function stands on a page that lists posts
# The foot of the page begins where this sum over its lines, from the last one up, is largest.
FOOT_FOR = 1.5  # a line half made of page functions
FOOT_AGAINST = 1.0  # any other short line
FOOT_AGAINST_LINK = 0.3  # a headline: links are common in feet
FOOT_AGAINST_TEXT = 3.0  # a sentence or a numbered line
SHORTEST_FOOT_LINK = 10  # such a headline has so many characters
LEANING_LINES = 2  # so many lines half made of functions in the foot are furniture; one proves nothing
LONGEST_LOOSE_NOTICE = 80  # a sentence of liability below the text: 以上数据仅供参考
LONGEST_WEDGED = 10  # a line between two of furniture that goes with them: counts, formats of files
LEAST_ABOVE_FOOT = 60  # characters of sentences that make a text whose foot can be looked for
ANNOUNCING_END = 40  # characters at the end of the text that may announce what follows: 名单如下
SIGNATURE_LINES = 2  # lines below the text that show whether they belong to it
LEAST_UNKNOWN_FOOT = 5  # short lines that are a foot though none of them is known,
LEAST_KNOWN_FOOT = 2  # or so many where furniture follows them

# --- Furniture glued to paragraphs (glued_notices)

GLUED_HEAD = 200  # characters in which menu, headline and date of a page in one line stand
GLUED_MENU_NAMES = 3  # so many names
LONGEST_GLUED_NAME = 6  # of so many characters at most are a menu
LONGEST_GLUED_TITLE = 80  # as `LONGEST_HEADLINE`
LONGEST_GLUED_NOTICES = 600  # characters of glued notices; a longer tail is text

# --- What the markup of a page shows (readers/html_lines)

LINKED_LINE = 0.9  # of a line's characters must be links to call it one
LONGEST_BOXED_LABEL = 20  # characters of a line that the box beside it goes on, colon and all
LONGEST_BOXED_VALUE = 60  # characters in the box beside a label, no sentence among them
LINK_LINES = 3  # so many lines of links in a row are a list of links
LINKS_IN_ROW = 3  # so many links side by side on one line are a menu, pages, tags: two may stand in a note
SHORTEST_TEASER_TITLE = 8  # characters of a link that a line begins with, which is the title of what it goes on to tell
LONGEST_RUN_LABEL = 12  # a line between two lists of links that labels the second one
LINKS_IN_NOTE = 0.3  # of the characters of a box in an article that may be links
MAIN_SHARE = 0.8  # of a page's sentences that stand in what it calls its main part: then the rest is not text

# --- What the format of a file marks (clean)

LARGEST_DECLARED_SHARE = 0.9  # of a page's characters; a page of which more is marked is made of what is marked

# --- Templates of a folder (templates)

# Boilerplate stands at the ends of a page: so many lines at either end are compared. A line in the middle of the text
# is never dropped for standing elsewhere, too.
TEMPLATE_EDGE = 12
# Three pages may quote the same thing; four pages of one folder, and a quarter of it, are a template.
TEMPLATE_FILES = 4
TEMPLATE_SHARE = 0.25  # of the pages of the folder
# A file most of whose lines stand in others is a copy of them, not their template.
LARGEST_TEMPLATE_SHARE = 0.5

# --- What a document is called (titles)

HEAD_LINES = 40  # lines that are not blank in which a title stands: a cover, or the head of a page
SHORTEST_NAMED_HEADLINE = 6  # letters and digits from which on a name is no chance
SURELY_NAMED = 0.85  # the same of names that are one but for an edition (V0.5)
ALIKE_NAMES = 0.6  # Dice's coefficient of two names for the same thing: 2026_云溪县_工作报告, 2026年云溪县政府工作报告
SAME_SIZE = 0.06  # type sizes, in those of the body, that differ by no more are one
COVER_TYPE = 1.2  # size of type, in that of the body, from which on a line of a cover is set large
LEAST_UPRIGHT = 3  # lines of one letter each that are a line set from top to bottom
COVER_REACH = 4  # lines of a cover between the project's name and 招标文件
TITLE_LINE_COST = 0.04  # what each line above it costs a title
LEAST_TITLE_SCORE = 0.6  # a line that less speaks for is no title: then the file's name is the better one
SHARE_ABOVE_NAMED = 0.2  # of a page's paragraphs may stand above the headline that its title element names
CAPTION_LINES = 6  # lines of a sheet in which its name stands, above the head
LONGEST_LABELLED_LINE = 16  # characters of a name behind a label (项目名称:) from which on it may go on below
LEAST_NAME_SCORE = 0.3  # the same for a line that says of what 招标文件 is

# --- Which day a document bears (dates)

LONGEST_COVER_LINE = 60  # characters of a line of a cover that dates the document
LEAST_COVER_LINES = 4  # short lines before the first paragraph that make a cover of a plain text
MOST_COVER_DATES = 4  # different ones: the rows of a table of versions; more are a table of something else
SIGNATURE_REACH = 6  # lines at the end of a document in which its signature stands
ENACTMENT_LINES = 14  # lines between a law's name and its first article that tell when it was passed and amended

# --- Word and PDF documents (document)

LEAST_CONTENTS = 3  # so many lines of entry, leader and page are a table of contents,
LEAST_HEADED_CONTENTS = 2  # or so many below the word 目录
LONGEST_CONTENTS_LINE = 300  # characters of such a line, dots and all
CONTENTS_GAP = 3  # lines apart they may stand: entries that were broken
POSTER_TYPE = 1.5  # a line set so much larger than the text may be the title anywhere on the first page
LARGER_HEADING = 1.15  # a line set so much larger than the text is a heading
LEAST_NUMBERED_TEXTS = 3  # names above an official number that show a bound volume
LEAST_ARTICLES = 3  # 第…条 a regulation has before 第一条 of another one follows

# --- In which encoding a text is (readers/foreign_encodings)

# Shares of the letters of a text. Of Chinese, half and more are among the five hundred most frequent characters; of
# bytes of another language read as Chinese 13 % are by chance.
TELLING_START = 100_000  # characters of a text that are looked at first: a book in Chinese need not be counted whole
SURELY_CHINESE = 0.4  # from here on nothing else is tried
SURELY_FOREIGN = 0.4  # of the letters must be frequent ones of the other language: by chance 4 % of syllables are
MORE_FOREIGN = 2.0  # times as many as are frequent in Chinese
JAPANESE_KANA = 0.2  # of what is beyond ASCII: then it is Japanese, unless the Chinese reading is the better one
MORE_BESIDE_KANA = 1.5  # times as many ideographs as are frequent in Chinese
LEAST_PART = 16  # characters of lines that are judged by themselves: of fewer, half are frequent by chance too often
RARE_PART = 0.2  # of them are frequent ones of Chinese at most where a part is in another encoding: by chance 13 %
SURELY_PART = 0.5  # of them are then frequent ones of its own language
DECLARED_OUTDONE = 2.0  # times as much like Chinese: then another Chinese encoding than the declared one is right
LEAST_SEVEN_BIT = 8  # characters in an encoding of seven bits that nothing declares: fewer may be signs of a program
LEAST_LETTERS = 6  # of an alphabet: three Chinese characters read as letters are frequent ones too often by chance
LEAST_SYLLABLES = 3  # the same of syllables and ideographs
PURE_SCRIPT = 0.9  # of what is beyond ASCII must be letters of the language, else it is no text in it
LATIN_RUNS = 0.6  # of the runs of bytes above 127 that are one byte long: nearly all of a European text, few of Big5
MOSTLY_ASCII = 0.85  # of the bytes: no UTF-16 of Chinese, in which half of them are, but a European text

# --- Tables (tables)

LARGEST_MERGED = 100_000  # cells merged into one: a sheet that merges all of its million cells says nothing by it
MOST_MERGED = 400_000  # cells of merged ones in a table that are kept in mind, 200 bytes each
MOST_LEAD = 2_000  # blank cells before the first of a row
SAMPLED_ROWS = 200  # rows that show what a column holds
HEAD_REACH = 15  # rows from the top in which the head of a table begins: above it stand its name, notes, labels
MOST_HEAD_ROWS = 5  # rows of heads; a sixth level is a table within a table
WORDS_IN_STUB = 0.5  # of the cells of a column that names rows are words
REPEATED_NAMES = 0.7  # different ones among a column's names, below which they name groups and not rows
SHORTEST_NUMBERING = 3  # rows that count 1, 2, 3 from which on a column is one of running numbers
LONGEST_HEAD = 60  # characters of a head; what is longer is a text in the first row
LONGEST_TABLE_NAME = 80  # characters of a line that names a table
LONGEST_LABEL = 8  # characters of the labels of a form in the mean
WIDEST_GAP = 600  # characters of running heads and page numbers between two parts of a table
FILLED_LENGTH = 1.3  # times as long as its labels is what is filled into a form
LEAST_NOTE = 30  # characters of a line below a table that is a note though it does not say 注
LABELLED_SHARE = 0.4  # of a table's cells end in a colon: pairs of labels and values
LONGEST_CELL = 80  # characters of most cells of a table of data: those of one that only lays a page out are longer
SMALL_TABLE = 500  # characters of a table that is one passage, head and all
ROWS_ALONE = 20_000  # rows of a file up to which each is a passage; those of a larger one share passages
NAME_REACH = 3  # lines above a table in a document in which its name and its unit stand

# --- A folder that is watched (watching)

WATCH_STEP = 200  # milliseconds without a change that end a burst of them; so often the watching thread looks up
WATCH_LOOK = 2_000  # milliseconds after which it is looked whether the folder is still the same one
WATCH_GONE = 3.0  # seconds between two looks for a folder that is gone

# --- A picture file (readers/image)

LEAST_PICTURE_TEXT = 10  # characters recognised from which on it is a document: a photo has a sign or a number plate

"""What steers the answers from tables: each number with its reason.

Read as `parameters.NAME` where it is used, so that a sweep can set one and ask again. Chosen on half of the tables of
two public sets (price tables, annual reports), by eye and by sweep; the other half was looked at once, at the end.
"""

from __future__ import annotations

TABLE_HITS = 16
"""Ranked passages whose tables are looked at."""

MOST_TABLES = 12
"""Tables that are looked at for one question, best ranked first."""

MOST_PASSAGES = 1200
"""Passages of a file that are read for a question; of a longer one the hits alone are looked at."""

# What the words of a question weigh

COMMON_WORD = 0.05
"""The least weight of a word: of the commonest ones a little stays."""

FIGURE_WORD = 0.8
"""The weight of a token with a digit or Latin letter (95#, PVC): a name that hardly any word replaces."""

VERB_WORD = 0.4
"""What a verb weighs beside a noun as rare: another wording exchanges verbs first."""

CHANGE_WORD = 0.3
"""The same of a word for a change (涨, 增长): whether a cell is one is seen by its head, whatever the word."""

# How far a text supports a word

ABBREVIATED = 0.8
"""A word made of the first characters of words of the text: 营收 of 营业收入."""

OTHER_TIME_WORD = 0.7
"""A head that calls a time of accounts otherwise than the question: 期末 for 年末."""

LEAST_PAIRS = 0.5
"""Share of a longer word's pairs of characters from which on they support it."""

SINGLE_CHARACTER = 0.8
"""A word of which the text holds one character that alone is what it names: 铜 in 电解铜."""

CONTEXT = 0.85
"""What a word counts that only the table's name, its file or a heading holds: it says the same of every cell."""

FORM_WORD = 0.6
"""What a word counts that another cell of a form holds: a form is of one thing, which one of its cells names."""

LONGEST_LABEL = 12
"""Characters of a cell that may be a label over or beside what is filled in."""

# How well a cell fits

ROW_EXCESS = 0.45
COLUMN_EXCESS = 0.3
"""What a head loses by saying more than the question: 其他业务 is not 业务. A row's says what is spoken of."""

WHOLE_HEAD = 0.15
"""What a cell gains where the question holds the whole head of its row."""

ASKED_HEAD = 0.2
"""What a cell gains where a head of it ends in what the question word asks for: 发行日期 of 什么时候发行."""

OTHER_ASPECT = 0.5
"""What a cell loses by being of another kind than what is asked for: a change, a share, a level."""

OTHER_UNIT = 0.35
"""The same by counting in another unit than asked for."""

NO_FIGURE = 0.2
"""The same by holding no figure where 多少 asks for one."""

WITHIN_ANOTHER = 0.25
"""What a cell loses where the question holds a head of it only within a longer head of the table: 固定资产 where
固定资产清理 is asked for."""

SAME_PERIOD = 0.4
"""What a cell gains by being of the very period that is asked for."""

UNTOLD_PERIOD = 0.15
"""What a cell loses by telling no period where one is asked for."""

RANKED_FIRST = 0.15
"""What the first of the ranked tables gains beside one found last: its words say where to look."""

TOTAL_ROW = 0.2
"""What a row of sums loses where no sum is asked for."""

# The decision

LEAST_COVER = 0.5
"""Share of the question's weight that an answering cell with its heads and table must hold."""

LEAST_ROW = 0.3
"""Share of its row's or its column's head that the question must hold, so that it speaks of that cell at all."""

ALIKE = 0.02
"""Difference of fit within which two cells are as good."""

BESIDE = 0.6
"""Difference of fit within which another cell of the row or column is the second one that a question asks for."""

MOST_TRIED = 12
"""Cells, best first, that are tried where the best one of all does not answer."""

MOST_CELLS = 12
"""Cells of one answer; more are read in the table."""

MOST_SELECTED = 40
"""Cells that meet a condition (超过1000亿元) of one answer: each is shown, for a count without them proves nothing; of
more the table itself is to be read."""

LEAST_GAIN = 0.05
"""Share of the question's weight that a second cell's head must hold beyond the first one's."""

KEPT_FILES = 64
"""Files whose tables are kept between questions: one is mostly followed by others of the same folder."""

STRONG_COVER = 0.75
"""Share of the question's weight from which on a cell answers before a sentence of running text that answers, too."""

PERCENT_UNASKED = 0.3
"""Share of `OTHER_UNIT` that a percentage loses where the question says nothing of a unit."""

UNIT_OF_OTHER_KIND = 0.5
"""The same of a unit of another kind of thing: what units count is told by their names alone."""

LEAST_OWN = 0.4
"""Share of what the names of table, file and text leave of the question's weight that a cell's own heads must hold: a
table in a text about the right project is not yet a table about what is asked."""

NOTHING_ELSE = 0.8
"""Share of the question's weight in a row's heads from which on it asks for nothing but the row's value."""

LONGEST_KEY = 24
"""Characters of a cell that may say what its row is: a longer one is text, which holds many words by chance."""

SHORTEST_KEY = 3
"""Characters of a cell from which on it tells its row: 张三 may be a part of any name."""

LEAST_BESIDE = 0.5
"""Share of its head that the question must hold of a second cell."""

AS_BESIDE = 0.8
"""The same as a share of what the question holds of the first cell's head: the names of both say more than it does."""

LEAST_OF_SEVERAL = 0.5
"""The same of one more of several things that are asked for at once, of which the others are named as well as it."""

LEAST_LABEL = 0.7
"""The same of a label of a form."""

ROWS_LIKE_HEADS = 3
"""First rows of a column without a head in which its name is looked for."""

ALIKE_TABLES = 0.12
"""Difference of fit within which the cells of two tables that hold the same of a question are as good: one that names
neither file nor period means either. Their heads differ by a word that the question does not ask: 期末数, 期末余额."""

NEGLIGIBLE = 0.15
"""Share of the question's weight up to which names that nothing holds are a manner of speaking: 的费用, 的数额."""

MOST_RIVALS = 7
"""Further tables whose cells are told beside the first one's where the question does not say which it means."""

LEAST_COVER_OF_NAMED = 0.3
"""`LEAST_COVER` of a cell whose row and column the question both names whole: what else it says is mostly how it is
asked."""

LEAST_ROWS = 3
"""Rows of a column from which on one of them is the highest or the lowest."""

NARROWING = 0.185
"""Weight of a word from which on it narrows the measure that it stands right before, so that a cell without it is of
something else: 农村, 女性, 规模. What every question says of its own (公司, 企业, 项目, 主要) is commoner."""

MOST_LACKING = 0.33
"""Share of the question's weight of a single word from which on a cell whose heads and table lack it is that of
something else: 西桥街道 for 东桥街道, whatever else they have in common."""

NAMED_THING = 0.1
"""Weight of a name from which on a question that names a row and it asks for a column of that name, not for whatever
the row holds."""

TELLING_CHARACTER = 0.25
"""Rarity from which on a single character names a thing; the common ones are parts of how it is asked."""

LEAST_OF_MEASURE = 0.05
"""Weight of a word from which on it names a measure, where the column chosen says nothing that the question does."""

DOUBTFUL = 0.5
"""The most chance that cells have which may be of another measure than is asked for: they are told as possible."""

LONGEST_GENERAL = 5
"""Characters of a name so general that many rows narrow it (人口, 旅游收入): a longer one (在岗职工平均工资) is mostly
meant as it is called."""

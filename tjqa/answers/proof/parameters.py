"""What steers the proof of a draft: each number with its reason. Read as `parameters.NAME` where it is used."""

from __future__ import annotations

LONGEST_DRAFT = 200_000
"""Characters of a draft that are checked: a book of that length takes minutes; whoever has more checks it in parts."""

MOST_PASSAGES = 14
"""Passages that a sentence is held against: the one it was written from is among the first few where it is there at
all, the others bring what else is told of the same."""

SHORTEST_QUOTATION = 9
"""Characters from which on what stands in quotation marks is somebody's words, and no name or term: in reports and news
terms in marks (双一流, 一带一路) have 2 to 8; a stop inside makes a quotation of a shorter one."""

SHORTEST_PART = 4
"""Characters of a part between … that is looked up by itself: two characters stand everywhere. Shorter ones must stand
in their place between the others."""

LONGEST_ELISION = 2_000
"""Characters of a document that … may stand for: what is further apart is of two speeches, two articles."""

NEAR_QUOTATION = 0.6
"""Share of a quotation's characters that the nearest text has in the same order, from which on that is what was meant;
two sentences about the same matter seldom share half."""

SAME_CONTEXT = 0.38
"""Agreement of the words around a fact from which on an equal one in the library is the same: lightly rewritten
sentences keep two thirds of their pairs of characters, others of the same subject under a third."""

SAME_FIGURE = 0.28
"""The same of a figure that is equal to the last digit: that alone is seldom chance."""

OTHER_CONTEXT = 0.52
"""The same from which on another figure in its place contradicts it: to accuse takes more than to bear out."""

LEEWAY = 0.2
"""By how much a contradicting place may fit better than an equal one: rewriting moves a word or two."""

BESIDE = 0.45
"""What a time can agree at most that only a title or heading tells, where the sentence itself tells another one."""

OF_ANOTHER = 0.1
"""What a figure agrees more that its sentence says of the draft's thing, where it says the draft's figure of another
thing: others of the sentence are of neither."""

OTHER_UNIT = 0.1
"""What a figure agrees less when it is told in another unit of the same kind (户 for 个), or in none."""

NO_CHANGE = 0.15
"""What a cell agrees less that is a level where the draft tells a change, or the other way round."""

LEEWAY_OF_CELLS = 0.08
"""The same of two cells of tables: heads are no sentences, and are seldom written otherwise."""

ENTIRELY = 0.8
"""Agreement from which on a word that is no fact by itself (三个方面, an unknown name) is judged: all around it is the
same."""

SHORTEST_NUMBER = 2
"""Characters of a number without a unit from which on it is told when it stands nowhere: one digit numbers things."""

FAR_WINDOW, NEAR_WINDOW = 18, 9
"""Characters before and behind a fact that tell what it is of: a measure with its attributes, the words that follow."""

FULL_WEIGHT = 12
"""Letters before a fact from which on more of them say no more of what it is of."""

BEHIND = 0.6
"""What a letter behind a fact tells of it, as a share of what one before it tells."""

ELSEWHERE = 0.8
"""What words before a fact count that stand elsewhere in the library's sentence: clauses may have changed places."""

SLACK = 10
"""Characters more that are looked at in the library: adverbs and attributes that the draft left out."""

MOVED = 0.9
"""How much of its agreement a clause is worth that stands on the other side of a date or a name in the library."""

SELF_CONTAINED = 5
"""Letters of a clause before its fact from which on it says itself what it is of; 同比增长 is of the clause before."""

NEAR_COPY = 0.72
"""Share of a clause's characters that a sentence of the library has in the same order, from which on the clause was
taken from it and a name put in place of another shows."""

ROUNDING = 0.51
"""Units of the draft's last digit by which a rounded figure may differ: half of one, and a little for figures that were
rounded twice."""

NEARLY = 0.1
"""Share of a figure by which one told as 近 or 不足 may be above what it stands for."""

MOST_MENTIONED = 12
"""Characters of a measure as it is shown beside its figure."""

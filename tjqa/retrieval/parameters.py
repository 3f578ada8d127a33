"""What steers retrieval and ranking beside the fitted weights: each number with its reason.

Read as `parameters.NAME` where it is used, so that a sweep can set one and ask again. What belongs to the index (K1, B,
how passages are cut) is not here: another value of those is another index.
"""

from __future__ import annotations

MAX_QUESTION = 500
"""Characters of a question that are looked at. A question is a sentence or two; of anything longer (a pasted article)
the start says what it is about."""

# Candidates

CANDIDATES = 40
"""Candidates of each leg, BM25 and vectors."""

LATIN_CANDIDATES = 60
"""The same of the vectors for a question in Latin script, which has only them to find its candidates by, and they order
them worse."""

RERANK_DEPTH = 16
"""Of the candidates so many are looked at closely, which is most of the cost of a question: those that words, vectors
and late interaction together find best (a cascade: Wang, Lin, Metzler 2011). Of 1,500 questions about 10,600 passages
0.13 % lose their answer here, of 1,500 about 2,600 passages 0.13 %, of 336 about news 1.8 %; without late interaction
24 had to be looked at, and 0.20 %, 0.40 % and 1.8 % were lost."""

RERANK_DEPTH_WITHOUT_TOKENS = 24
"""The same of a model without token vectors, which has no late interaction."""

LEXICAL_PROMISE = 2
"""What the share of words counts beside the others when candidates are chosen; 1 to 2 are as good."""

MEANING_PROMISE = 8
"""What the cosine of the model that reads context counts there, where there is one; its cosines lie near each other."""

CONTRAST_HITS = 10
"""Different hits that the best one is held against, however many are shown."""

SPARE_HITS = 6
"""Hits ranked beyond those: copies of a shown one give their place to others."""

# Late interaction

WINDOW = 3
"""Clauses of a window: what is said of one thing in a report, its name and two or three figures."""

CONTEXT_CLAUSE_SHARE = 0.7
"""What a token met in a passage's title counts for each clause, beside the same token in the clause."""

FOCUS_REACH = 4
"""Characters from the question word at which a word counts half as much as next to it: what a question wants to know
stands beside its question word (常住人口有多少, 种了多少亩水稻)."""

# Words

CONTEXT_SENTENCE_SHARE = 0.5
"""What an index term met in a passage's title, section or date counts for each of its sentences. Less than a token's
(`CONTEXT_CLAUSE_SHARE`): a term is met as it is written, and a title of many words meets many."""

TELLING_CHARACTER = 0.35
"""Rarity from which on a single character says something; the common ones (要, 后) stand everywhere."""

NEARNESS_WINDOWS = (6, 12, 25)
"""Characters around a figure or name in which the question's words are looked for: a word close by counts in all three,
so that of two figures in reach of the same words the nearer one wins."""

NEARNESS_AFTER = 0.5
"""How far these windows reach behind it, as a share: what a figure measures is mostly written before it."""

COUNTED_NOUN_REACH = 12
"""Characters after a count of one character within which what it counts is named (三个百亿级产业集群)."""

QUESTION_REACH = 60
"""Characters before a count in which the question may stand that it answers (问:新建几所幼儿园? 答:一共六所)."""

# Slips of the input method

SUSPECT_CHARACTER = 0.35
"""Rarity from which on a character that stands alone is suspected; commoner ones (想, 是) stand alone in good
sentences."""

# Other names

OTHER_WORDINGS = 2
"""Other wordings of a question that are searched: each costs as much as the question itself."""

OTHER_WORDING_LEAD = 0.0
"""Log odds by which the best passage of another wording must lie above that of the question as it was asked. Of lay
questions on laws (EQUALS, a part for development) nDCG@10 is .675 at 0, .666 at .25, .65 at .5."""

SHORTEST_INITIALS = 3
"""Characters of a shortened name: two (北大) are too often two that merely stand together."""

NAMING_PASSAGES = 10
"""Best passages whose bodies are held against the question for a shortened name."""

SHORTEST_NAME = 4
"""Characters of a name that stands in a question, for which a passage gives a shorter one."""

# Follow-ups

MAX_FOLLOWUP = 40
"""Characters of a follow-up; a longer line says itself what it is about."""

MOST_OF_ELLIPSIS = 8
"""Characters beside its question words of a line that is taken to leave out its subject: a longer one names it."""

MOST_OF_ASKING = 12
"""Characters of a line that asks with a question word of its own before 呢 (温度是多少呢): a longer one is whole."""

LOCAL_PLACE_RARITY = 0.6
"""Rarity of a word that may be a place no dictionary knows: under a hundred times in jieba's count of Chinese at large.
就业 stands before 市 in 就业市场 and names no town."""

# Copies

COPY_TRIPLES = 0.9
"""Of the shorter passage's triples of characters, how many the other one must hold to be a copy."""

SAID_TRIPLES = 0.7
"""Of a sentence's triples, how many a copy of its passage must hold to say the same or the contrary: one word of a
short sentence (增长, 下降) changes four of a dozen."""

COPY_FIGURES = 0.6
"""Of the figures of the passage with fewer of them, how many must be the same: another year's report shares fewer."""

COPY_SHORTEST = 30
"""Characters a copy has at least: a shorter line is alike by chance."""

COPY_SIZE = 0.6
"""Of a copy's length, how long the hit must be that it is put to: a longer copy says more than that hit."""

COPY_PROBE = 5
COPY_PROBES = 6
"""Characters of a probe, and how many probes are looked for before all triples are compared."""

HITS_OF_ONE_FILE = 3
"""Passages of one file that are shown before those of other files that answer too."""

OTHERS_SCORE = 0.5
"""The share of the best hit's score from which on a passage of another file answers too."""

# --- What a library offers to filter by (filter_values)

TITLES_READ = 3_000  # titles that are looked at for places: cutting them takes half a second
PASSAGES_COUNTED = 20_000  # passages that filters are tried on to say what they leave: half a second

NAMING_WORD = 0.35
"""Rarity from which on a word may name the document that a question means (云峰): commoner ones (公司, 项目)
stand in every opening."""

BEFORE_NAME = 2
"""Characters before such a word, times aside (请问, 在): what stands further on (零售额) is asked of what is named
before it."""

MOST_NAMING_WORDS = 2
"""Such words looked for: each costs a search."""

MOST_NAMING_FILES = 8
"""Files that hold such a word up to which their openings are read; what more speak of names none of them."""

OPENING_PASSAGES = 5
"""Passages that a document opens with: cover, preface and what it is of. Further on it speaks of others, too."""

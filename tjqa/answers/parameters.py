"""What steers the choice of an answer beside the fitted weights: each number with its reason.

Read as `parameters.NAME` where it is used, so that a sweep can set one and ask again.
"""

from __future__ import annotations

SENTENCE_DEPTH = 8
"""Passages whose sentences are weighed against each other; below these the passage itself is too weak a match."""

MAX_ANSWER = 160
"""Characters of an answering sentence: it is read at a glance, so a longer one is cut down to the clauses around the
match."""

MAX_OF_TWO = 95
"""The same of each of two answering sentences: together they are to be read at a glance, too."""

MAX_PROVISION = 300
"""Characters up to which an article of a law or contract is quoted whole, or the paragraph of a longer one: what one
sentence of it grants, the next takes back (但…除外), and who asks in lay words is answered by the article."""

SECOND_SHARE = 0.1
"""A second sentence is evidence of its own when it brings a tenth of the question's weight that the first lacks."""

SAME_WORDS = 0.8
"""Of the matched words of the best sentence, what another must hold to say the same of something else."""

ALIKE_SHARE = 0.4
"""Of the question's weight, what a sentence must hold for another to say the same: of two that share a word with the
question nothing is alike."""

PROSE_CELL = 20
"""Characters from which on a cell of a table is a text of its own: names of rows and measures are shorter."""

LENGTH_LIMIT = 200
"""Characters from which on a longer sentence is no worse: the feature "length" is a share of it."""

SHORTEN_FITTING = 0.1
"""What a stretch of a long sentence gains by holding the kind of thing asked for, as a share of the question's
weight."""

SHORTEN_LONGER = 1e-4
"""What it gains by each character: of equally good stretches the longer one, for what follows a match is often its
figure."""

COMPARED_HITS = 5
"""Passages that are taken together for a comparison: what one lacks the others may say."""

TELLING_WORD = 0.3
"""Rarity from which on a word that no passage holds is worth naming: common ones (开始, 大概) are no reason for a
refusal; jieba counts them in the thousands. Lower than for a single character (retrieval's TELLING_CHARACTER), which
alone tells less."""

UNTOLD_WORD = 0.2
"""Rarity from which on a word of the question that neither the answer nor its passage says is named: lower than for a
refusal, as the answer stays (电话, 女儿)."""

SAID_OTHERWISE = 0.45
"""How near a word of the passage is to one of the question, from which on it may say the same in another word."""

WITHHELD_NAME_REACH = 10
"""Characters after 某 in which the thing is named whose name is withheld."""

SHARED_NAME = 6
"""Characters in a row that a question and the name of a file share, from which on the file is meant."""

SHORTEST_SHARED_NAME = 3
"""The same where the whole name of the file is so short: 附件1."""

MOST_UNREAD_NAMED = 3
"""Files without text that are named beside one answer."""

MOST_ITEMS = 12
"""Items of a list that are shown with the sentence that announces them; a longer list is read in its source."""

READ_DEPTH = 16
"""Ranked passages that are read together with the question: all that the ranking looks at closely, most of the time a
question takes."""

MOST_RELEVANCE = 8.0
"""Log odds of the reader beyond which it is not surer: training saw one in some thousand passages so far out."""

LONGEST_RUN_IN = 20
"""Characters of a numbered sentence before the text that it is the heading of, as of a heading on a line of its own."""

NAMED_HEADING = 0.5
"""Share of a heading's pairs of characters that a question holds, from which on it asks for what stands below it:
云雾春茶 names 云雾春茶饼."""

ECHO = 0.95
"""Share of a line's pairs of characters that the question holds, from which on the line only repeats it."""

MARKED_SPAN = 0.5
"""Chance that the reader's span is the answer's, from which on it is marked: more likely than all others together."""

SHORTEN_READ = 0.5
"""What a stretch of a long sentence gains by holding the reader's span: more than half of the question's words."""

MOST_PLACES = 20
"""Places of one quote that are told: a sentence that stands in more is a formula."""

MOST_LOOKED = 10_000
"""Places of one quote in one document that are looked at: 5人 stands in many a number (15人, 25人) before it stands."""

SCANNED_FILES = 512
"""Documents up to which a quote is looked for in all of their texts, also in what is left out of the index: as many as
are kept in memory once read."""

SCANNED_CHARACTERS = 8_000_000
"""The same in characters: to look through them takes a tenth of a second."""

FRAGMENT = 24
"""Characters of a sentence by which the index finds the documents that may hold it: long enough to be rare, short
enough to lie within one passage."""

NEAR_PASSAGES = 5
"""Passages among which the stretch is looked for that a false quote was perhaps made of."""

NEAR_CHARACTERS = 600
"""Length of a quote up to which that is done: comparing takes the square of it."""

NEAR_ENOUGH = 0.5
"""Likeness from which on a stretch is told as what a quote may have been made of: less than half is another text."""

MOST_STRETCHES = 20_000
"""Stretches that are looked at for that: of ordinary texts some hundred a document."""

MOST_COMPARED = 30_000_000
"""Pairs of characters of quote and stretches that are compared for that, three seconds at worst: of ordinary texts few
pairs are the same, and the comparing takes a hundredth."""

MOST_DIFFERENCES = 20
"""Differences that are told of one quote: with more it is another sentence."""

"""Excerpts: quotes that a reader keeps of a library, each with its citation and a note, by topic.

    excerpt.py     what an excerpt is, and as a row of JSON
    file.py        the file that holds them, shared by all programs that have the library open
    recheck.py     whether a quote still stands in its document
    notebook.py    all of this for one library
    exporting.py   as a file: Markdown, Word, BibTeX, RIS, CSL-JSON

A quote is kept only if it stands in its document then, and is looked for there again whenever it is shown or exported.
"""

"""What a Word document holds beside its paragraphs: styles, numbering, fields, notes, text boxes, equations, symbols.

`tjqa.ingest.readers.docx` puts them together; docs/formats.md says of each what becomes of it.
"""

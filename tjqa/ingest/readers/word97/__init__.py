"""Parts of the reader of binary Word files (.doc): where text stands, how it is set, lists, tables ([MS-DOC])."""

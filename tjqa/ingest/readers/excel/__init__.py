"""Parts of the reader of workbooks: number formats, what is told of a file."""

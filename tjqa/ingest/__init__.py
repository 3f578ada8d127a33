"""A file -> text -> articles -> passages: readers, cleaning, chunking."""

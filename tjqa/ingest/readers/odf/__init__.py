"""Parts of the readers of OpenDocument files (.odt, .ods): names, styles, lists, inline text."""

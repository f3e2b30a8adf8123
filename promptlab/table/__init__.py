"""The comparison as HTML, XLSX, CSV and Markdown: every writer takes a comparison and gives back a text or bytes."""

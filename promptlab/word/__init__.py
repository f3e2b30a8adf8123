"""The comparison table as a Word document, and the names by which a document is found again."""

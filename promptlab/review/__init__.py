"""The rules of a copie: tagging, remarks, tasks, undo; no screen and no file."""

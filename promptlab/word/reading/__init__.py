"""A comparison document read back: what a person highlighted, wrote and changed in Word or LibreOffice.

`archive` opens the file, bounded and without entities; `flow` and `walker` make lines of text of its XML; `looks` says
in which colour each stretch is seen, `palette` which tag that is; `layout` finds the tables, their columns and rows.
`originals` is the document as it was handed out; `placing` says which text of it each line is, `beside` what was typed
in the look of the view, `spans` and `marks` line the letters up. `tagged` makes tags, `notes` rationales of comments,
`proofs` finds the documents that they name, `written` the texts of the pupil, `changes` what differs, `doubts` what can
be no tag; `filled` puts it all together. What no file of Word itself has shown is said in the module that relies on it
as *not verified with Word*.
"""

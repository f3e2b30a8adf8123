"""A comparison document read back: what a person highlighted, wrote and changed in Word or LibreOffice.

`archive` opens the file, bounded and without entities; `flow` and `walker` make lines of text of its XML; `looks` says
in which colour each stretch is seen, `palette` which tag that is; `layout` finds the tables, their columns and rows.
`originals` is the document as it was handed out; `placing` says which text of it each line is, `spans` and `marks` line
the letters up. `tagged` makes tags, `notes` rationales of comments, `written` the texts of the pupil, `changes` what
differs; `filled` puts it all together. What no file of Word itself has shown is said in the module that relies on it as
*not verified with Word*.
"""

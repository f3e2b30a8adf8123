"""LibreOffice at work on a hand-in: saving it again, and the edits of a pupil by a macro of its own language."""

import subprocess
from pathlib import Path

LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false">{}</library:library>"""
CATALOGUE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/{}.xlb/" xlink:type="simple"
 library:link="false"/></library:libraries>"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Pupil" script:language="StarBasic">{}
</script:module>"""
BASIC = """
Sub Paint(doc, words, colour)
  Dim search, found
  search = doc.createSearchDescriptor()
  search.SearchString = words
  found = doc.findFirst(search)
  found.CharBackColor = colour
End Sub
Sub Note(doc, words, said)
  Dim search, found, field
  search = doc.createSearchDescriptor()
  search.SearchString = words
  found = doc.findFirst(search)
  field = doc.createInstance("com.sun.star.text.textfield.Annotation")
  field.Author = "eleve"
  field.Content = said
  found.Text.insertTextContent(found, field, True)
End Sub
Sub Retype(doc, words, said)
  Dim search, found
  search = doc.createSearchDescriptor()
  search.SearchString = words
  found = doc.findFirst(search)
  found.String = said
End Sub
Sub Fill(doc, head, column, said)
  Dim number, table, line
  For number = 0 To doc.TextTables.Count - 1
    table = doc.TextTables.getByIndex(number)
    For line = 0 To table.Rows.Count - 1
      If InStr(table.getCellByPosition(0, line).String, head) = 1 Then
        table.getCellByPosition(column, line).String = said
      End If
    Next
  Next
End Sub
Sub Main(source, target)
  Dim doc, hidden(0) As New com.sun.star.beans.PropertyValue, kind(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  doc = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
@EDITS@
  kind(0).Name = "FilterName"
  kind(0).Value = "MS Word 2007 XML"
  doc.storeToURL(ConvertToURL(target), kind())
  doc.close(True)
End Sub
"""


def again(soffice, folder, sources, kinds):
    """Save files in other forms, one after the other, all files of one form in one go; {name: content} at the end."""
    for number, kind in enumerate(kinds):
        out = folder / f"{number}-{kind}"
        out.mkdir(parents=True)
        command = [soffice, _home(folder), "--headless", "--convert-to", kind, "--outdir", out, *sources]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        sources = [out / f"{Path(source).stem}.{kind}" for source in sources]
    return {source.stem: source.read_bytes() for source in sources}


def edited(soffice, folder, source, edits):
    """`source` opened in LibreOffice, edited by the lines `edits` of its Basic, and saved as .docx."""
    # The first start of LibreOffice lays out a new profile, and would write over a library put there before.
    again(soffice, folder / "macro", [source], ("txt",))
    basic = folder / "macro" / "home" / "user" / "basic"
    (basic / "Standard").mkdir(parents=True, exist_ok=True)
    program = BASIC.replace("@EDITS@", "\n".join(edits))
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), ('"', "&quot;")):
        program = program.replace(sign, name)
    (basic / "Standard" / "Pupil.xba").write_text(MODULE.format(program), "utf-8")
    (basic / "Standard" / "script.xlb").write_text(
        LIBRARY.format('<library:element library:name="Pupil"/>'), encoding="utf-8"
    )
    (basic / "Standard" / "dialog.xlb").write_text(LIBRARY.format(""), encoding="utf-8")
    for name in ("script", "dialog"):
        (basic / f"{name}.xlc").write_text(CATALOGUE.format(name), encoding="utf-8")
    target = folder / "edited.docx"
    macro = f'macro:///Standard.Pupil.Main("{source}","{target}")'
    subprocess.run(
        [soffice, _home(folder / "macro"), "--headless", macro], check=True, capture_output=True, timeout=180
    )
    return target.read_bytes()


def _home(folder):
    return f"-env:UserInstallation={(folder / 'home').as_uri()}"


LINES = (
    'Paint(doc, "Distinguer les faits des émotions.", RGB(255, 255, 0))',
    'Paint(doc, "Consulter les services concernés", RGB(129, 212, 26))',
    'Paint(doc, "il y a remboursement", RGB(255, 0, 0))',
    'Note(doc, "il y a remboursement", "la facture n’est pas encore payée")',
    'Retype(doc, "La transmettre à la personne compétente.", "La transmettre à Mme Duvalier.")',
    'Fill(doc, "Remarques", 1, "écrit dans LibreOffice, colonne 1")',
    'Fill(doc, "Remarques", 3, "écrit dans LibreOffice, colonne 3")',
    'Fill(doc, "Échange", 2, "discuté en LibreOffice")',
)
LINES_GOLD = {
    "tags": [
        {"column": 2, "item": "2.2", "words": "Distinguer les faits des émotions.", "whole": True,
         "tag": "inappropriate", "rationale": ""},
        {"column": 1, "item": "4.2", "words": "Consulter les services concernés", "whole": False,
         "tag": "relevant", "rationale": ""},
        {"column": 3, "item": "6.1", "words": "il y a remboursement", "whole": False,
         "tag": "non_compliant", "rationale": "la facture n’est pas encore payée"},
    ],
    "remarks": ["écrit dans LibreOffice, colonne 1", "", "écrit dans LibreOffice, colonne 3"],
    "discussion": ["", "discuté en LibreOffice", ""],
    "texts": ["Mme Duvalier"],
}  # fmt: skip

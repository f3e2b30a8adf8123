"""Files that cannot be read, or not as a copie of this case: name to bytes."""

import json

from tests.class_of_thirty.electronic import as_json, copie, fingerprints, notebook
from tests.class_of_thirty.sheet import Sheet, packed

MOODLE = "{}_{}_assignsubmission_file_"


def unreadable(handout, other):
    """The files that a grader must list, each with a name of its own."""
    values, _gold = copie(handout, "P98")
    truncated = as_json(values)
    return {
        MOODLE.format("Coupé Hugo", 20101) + "comparaison.docx": handout[: len(handout) * 2 // 3],
        MOODLE.format("Secret Lina", 20102) + "comparaison.docx": _encrypted(),
        MOODLE.format("Papier Marc", 20103) + "comparaison.docx": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
        MOODLE.format("Bombe Noé", 20104) + "comparaison.docx": _bomb(handout),
        MOODLE.format("Vide Ana", 20105) + "comparaison.docx": b"",
        MOODLE.format("Autre Zoé", 20106) + "comparaison.docx": other,
        MOODLE.format("Lettre Paul", 20107) + "lettre.docx": _no_table(handout),
        MOODLE.format("Moitie Eva", 20108) + "copie.json": truncated[: len(truncated) // 2],
        MOODLE.format("Liste Tom", 20109) + "copie.json": b'["P77", 12]',
        MOODLE.format("Cahier Lou", 20110) + "seance-2.ipynb": notebook({"autre": 1}).replace(b"promptlab.work", b"x"),
        MOODLE.format("Autrecas Max", 20111) + "copie.json": as_json(
            values | {"case": "inventaire", "about": values["about"] | {"answers": fingerprints(other)}}
        ),
        MOODLE.format("Futur Jean", 20112) + "copie.json": as_json(values | {"format": 99}),
        MOODLE.format("Photo Kim", 20113) + "tableau.jpg": b"\xff\xd8\xff\xe0" + bytes(300),
    }


def _encrypted():
    """The start of what Word writes under a password: a compound file with EncryptionInfo in its folder."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00"
    return head.ljust(512, b"\x00") + "EncryptedPackage".encode("utf-16-le").ljust(1024, b"\x00")


def _bomb(handout):
    parts = Sheet(handout).parts
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + b" " * 60_000_000)
    return packed(parts)


def _no_table(handout):
    sheet = Sheet(handout)
    for table in list(sheet.root.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}tbl")):
        table.getparent().remove(table)
    sheet.parts.pop("docProps/custom.xml")
    for part in ("[Content_Types].xml", "_rels/.rels"):
        tree = sheet.parts[part].decode()
        at = tree.find("custom.xml")
        start, end = tree.rfind("<", 0, at), tree.find(">", at)
        sheet.parts[part] = (tree[:start] + tree[end + 1 :]).encode()
    return sheet.bytes()


def noise():
    """What computers leave about: passed over without a word."""
    return {
        "__MACOSX/._comparaison.docx": b"\x00\x05\x16\x07",
        ".DS_Store": b"\x00\x00\x00\x01Bud1",
        "~$mparaison.docx": b"\x05eleve" + bytes(150),
        "Thumbs.db": bytes(64),
    }


def outside(handout):
    """A whole copie under a name that leads out of the folder."""
    values, _gold = copie(handout, "P97")
    return "../../evade.json", json.dumps(values).encode()

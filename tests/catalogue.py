"""The French catalogue: made from the messages in the code and their translations.

    python -m tests.catalogue

reads every `_("…")` and `ngettext("…", "…", n)` of the package, keeps the French of `promptlab.po`, adds that of
`click.po` (what the command-line library says) and of `parts/*.po` (fragments, which win), writes `promptlab.po` and
`promptlab.mo`, and says what is still missing or badly set. The same messages always give the same two files.
"""

import io
import re
import string
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "promptlab" / "locale"
PO = LOCALE / "fr" / "LC_MESSAGES" / "promptlab.po"
MO = PO.with_suffix(".mo")
CLICK = LOCALE / "click.po"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("**.js", "javascript")]
NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # a date in the header would change the file at every run
HEADER = """\
# French messages of promptlab: correct a translation here, then run `python -m tests.catalogue`.
msgid ""
msgstr ""
"Project-Id-Version: promptlab\\n"
"Language: fr\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""

Text = str | tuple[str, ...]


def _empty() -> Catalog:
    return Catalog(locale="fr", domain="promptlab", project="promptlab", creation_date=NEVER, revision_date=NEVER)


def read(path: Path) -> Catalog:
    """The catalogue in a .po file; ValueError names the line that is not understood."""
    with path.open("rb") as file:
        return read_po(file, locale="fr", domain="promptlab", abort_invalid=True)


def key(message: Message) -> str:
    """What gettext looks a message up by: its text, the singular where there is a plural."""
    return message.id if isinstance(message.id, str) else message.id[0]


def messages(catalog: Catalog) -> Iterator[Message]:
    """The messages of a catalogue without its header."""
    return (message for message in catalog if message.id)


def in_code(package: Path = ROOT / "promptlab") -> Catalog:
    """Every message that the package marks for translation, and every one of click's; without French."""
    found = _empty()
    for name, _line, text, comments, _context in extract_from_dir(
        package, METHODS, keywords=KEYWORDS, comment_tags=("For translators:",), strip_comment_tags=False
    ):
        found.add(text, locations=[(f"{package.name}/{Path(name).as_posix()}", 0)], auto_comments=comments)
    for message in messages(read(CLICK)):
        found.add(message.id, locations=[("click", 0)])
    return found


def known() -> dict[str, tuple[Text, bool]]:
    """The French (and whether it is fuzzy) of every message that any of the files translates; fragments win."""
    french: dict[str, tuple[Text, bool]] = {}
    for path in [PO, CLICK, *sorted(LOCALE.glob("parts/*.po"))]:
        if path.exists():
            french |= {key(m): (m.string, m.fuzzy) for m in messages(read(path)) if any(_forms(m))}
    return french


def merged() -> Catalog:
    """The messages of the code with their French."""
    catalog, french = in_code(), known()
    for message in messages(catalog):
        text, fuzzy = french.get(key(message), ("", False))
        if isinstance(message.id, tuple) == isinstance(text, tuple):
            message.string = text
        elif isinstance(message.id, tuple):
            message.string = (text, text) if text else ("", "")
        else:
            message.string = text[0]
        if fuzzy:
            message.flags.add("fuzzy")
        message.flags -= {"python-format", "python-brace-format"}
    return catalog


def to_po(catalog: Catalog) -> bytes:
    """The .po text: sorted, no dates, no line numbers, so that it only changes with the messages."""
    out = io.BytesIO()
    write_po(out, catalog, width=110, omit_header=True, sort_output=True, include_lineno=False)
    return HEADER.encode() + out.getvalue().strip() + b"\n"


def to_mo(catalog: Catalog) -> bytes:
    """The compiled catalogue that gettext reads."""
    compiled, out = _empty(), io.BytesIO()
    for message in sorted(messages(catalog), key=key):
        if all(_forms(message)):
            compiled.add(message.id, message.string, flags=message.flags)
    write_mo(out, compiled)
    return out.getvalue()


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _places(text: str) -> set[str]:
    """The places to fill in: `{name}` with any format, and click's `%(name)s`."""
    try:
        braces = {name.split(".")[0].split("[")[0] for _, name, _, _ in string.Formatter().parse(text) if name}
    except ValueError:  # a text that is never formatted may hold lone braces
        braces = set()
    return braces | set(re.findall(r"%\((\w+)\)", text))


TYPOGRAPHY = {
    r"(?<=[^\W\d_])'(?=[^\W\d_])": "straight apostrophe (want ’)",
    r"(?<![\u00a0\u202f:;!?»])[:;!?»](?=[\s)»…]|$)": "want U+00A0 before : and », U+202F before ; ! ?",
    r" [:;!?»]": "plain space before a double sign",
    r"«(?!\u00a0)": "no U+00A0 after «",
    r"(?<=\w)[·•]\w": "point médian",
    r"\.\.\.": "three dots (want …)",
}


def untypeset(text: str) -> list[str]:
    """What is wrong with the typography of a French text."""
    plain = re.sub(r"\{[^{}]*\}|`[^`]*`", "x", text)
    return [fault for pattern, fault in TYPOGRAPHY.items() if re.search(pattern, plain)]


def faults(catalog: Catalog) -> list[str]:
    """What is wrong with the French of a catalogue, one line for each fault; empty when all is well."""
    found: list[str] = []
    for message in messages(catalog):
        name, forms = key(message), _forms(message)
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        if not all(forms):
            found.append(f"no French: {name!r}")
            continue
        if message.fuzzy:
            found.append(f"fuzzy: {name!r}")
        for english, form in zip(ids, forms, strict=True):
            # "un fichier" may do without its {count}
            if (_places(english) ^ _places(form)) - ({"count"} if len(forms) > 1 else set()):
                found.append(f"other {{places}} than {english!r}: {form!r}")
            found += [f"{fault}: {form!r}" for fault in untypeset(form)]
    return found


def main() -> int:
    """Write both files; the exit status tells whether anything is left to translate or to set right."""
    catalog = merged()
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(to_po(catalog))
    MO.write_bytes(to_mo(catalog))
    left = faults(catalog)
    print(*left, f"{len(catalog)} messages, {len(left)} faults: {PO.relative_to(ROOT)}", sep="\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())

"""What `promptlab read` found in a hand-in, against what is really in it."""

import unicodedata


def letters(text):
    """A text as its letters and figures alone, so that spaces and signs do not count."""
    plain = unicodedata.normalize("NFC", text)
    return "".join(sign for sign in plain.casefold() if sign.isalnum())


def misses(gold, read):
    """The faults of `read` (the JSON of `promptlab read`), one line for each; a text told in a problem is no fault."""
    told = [letters(f"{one['where']} {one['message']}") for one in read["problems"]]
    told += [letters(f"{one['was']} {one['is']}") for one in read["changed"]]
    faults, used = [], []
    for tag in gold["tags"]:
        if tag["tag"].startswith("?"):
            kind = tag["tag"][1:]
            if not any(_same(tag | {"tag": kind}, one) for one in read["tags"]) and not _told_of(tag, read):
                faults.append(f"not told of: {_shown(tag)}")
            used += [one for one in read["tags"] if _same(tag | {"tag": kind or one["tag"]}, one)]
            continue
        found = [one for one in read["tags"] if _same(tag, one)]
        used += found
        if not found:
            place = [one for one in read["tags"] if (one["column"], one["item"]) == (tag["column"], tag["item"])]
            kept = letters(tag["words"]) and any(letters(tag["words"]) in one for one in told)
            faults.append(f"tag {'only told' if kept else 'lost'}: {_shown(tag)}; there: {[*map(_shown, place)]}")
        elif tag.get("reason") not in (None, found[0]["reason"]):
            faults.append(f"reason {tag['reason']} of {_shown(tag)}: read {found[0]['reason']}")
        elif not any(
            letters(tag["rationale"]) in one for one in (*told, *(letters(each["rationale"]) for each in found))
        ):
            faults.append(f"rationale {tag['rationale']!r} of {_shown(tag)}: read {found[0]['rationale']!r}")
    faults += [f"invented: {_shown(one)}" for one in read["tags"] if one not in used]
    faults += [
        f"answers not recognised: {one}" for one in told if letters("answers of this document are not at hand") in one
    ]
    for kind in ("remarks", "discussion"):
        faults += _texts(kind, gold[kind], read[kind], told)
    said = told + [letters(text) for text in (*read["remarks"], *read["discussion"])]
    said += [letters(one["rationale"]) for one in read["tags"]]
    faults += [f"text lost: {text!r}" for text in gold["texts"] if not any(letters(text) in one for one in said)]
    return faults


def _same(tag, one):
    if (tag["column"], tag["item"], tag["tag"]) != (one["column"], one["item"], one["tag"]):
        return False
    return one["span"] is None if tag["whole"] else letters(tag["words"]) == letters(one["text"])


def _told_of(tag, read):
    reference = f"{tag['column']}·{tag['item']}"
    return any(
        reference in f"{one['where']} {one['message']}" or letters(tag["words"] or "—") in letters(one["message"])
        for one in read["problems"]
    )


def _texts(kind, gold, read, told):
    faults = []
    for column, (wanted, found) in enumerate(zip(gold, read, strict=True), 1):
        if _lines(wanted) == _lines(found):
            continue
        where = f"{kind} {column}"
        if wanted and letters(wanted) in letters(found):
            faults.append(f"{where}: more than written, {found!r} for {wanted!r}")
        elif not wanted:
            faults.append(f"{where}: invented {found!r}")
        elif not any(letters(wanted) in one for one in told):
            faults.append(f"{where}: {wanted!r} read as {found!r}")
    return faults


def _lines(text):
    return [letters(line) for line in text.split("\n") if line]


def _shown(tag):
    words = tag.get("words", tag.get("text", ""))
    return f"{tag['column']}·{tag['item']} {tag['tag']} {words[:50]!r}" + ("" if tag.get("whole", True) else " (part)")

"""A picture in HTML that a saved notebook keeps: an image with its words, which nothing in it can leave."""

from base64 import b64encode

from promptlab.table.markup import text as escaped


def image_html(picture: bytes, alternative: str, description: str = "", *, summary: str = "") -> str:
    """`picture` (SVG or PNG) as an <img>; `description` in words below it, to unfold under `summary`."""
    mime = "image/png" if picture.startswith(b"\x89PNG") else "image/svg+xml"
    source = f"data:{mime};base64,{b64encode(picture).decode('ascii')}"
    image = f'<img class="pl-paper" src="{source}" alt="{escaped(alternative)}" style="max-width:100%;background:#fff">'
    if not description:
        return image
    words = escaped(description).replace("\n", "<br>")
    return f"{image}<details><summary>{escaped(summary)}</summary><p>{words}</p></details>"

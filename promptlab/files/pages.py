"""What a page that promptlab writes may load: nothing but the pictures that it holds itself."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
NOTHING_LOADED = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'  # stands first in the head

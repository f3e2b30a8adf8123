"""What a person does on a panel, without a browser."""

from promptlab.ui.tree import words


def send(panel, key, value=None, *, was=None, content=b""):
    """Have `panel` take one action of the screen; gives what it sent back."""
    sent = []
    panel.send = lambda message, buffers=None: sent.append((message, buffers))
    panel.receive({"do": "act", "id": "1", "key": key, "value": value, "was": was}, [content] if content else [])
    return sent


def show(panel, *, page="page", view="view"):
    """Have a view of `panel` appear; gives what it sent."""
    sent = []
    panel.send = lambda message, buffers=None: sent.append((message, buffers))
    panel.receive({"do": "hello", "page": page, "view": view})
    return sent


def press(panel, key):
    """Press the button `key`, which must be there."""
    assert node_of(panel, key)["kind"] in ("button", "download")
    return send(panel, key)


def write(panel, key, value):
    """Give the field `key`, which must be there, a value."""
    node_of(panel, key)
    return send(panel, key, value)


def upload(panel, key, name, content):
    """Give the field `key` a file."""
    return send(panel, key, name, content=content)


def nodes(node):
    """A node and all below it."""
    yield node
    for child in node.get("children", ()):
        yield from nodes(child)


def node_of(panel, key):
    """The node `key` of the panel as it stands; the keys that there are where it is missing."""
    found = {node["k"]: node for node in nodes(panel.tree())}
    assert key in found, f"no {key!r} among {[k for k in found if '/' not in k]}"
    return found[key]


def has(panel, key):
    """Whether the panel has a node `key`."""
    return any(node["k"] == key for node in nodes(panel.tree()))


def words_of(panel):
    """All texts of the panel as one."""
    return "\n".join(words(panel.tree()))

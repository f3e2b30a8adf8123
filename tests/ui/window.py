"""A panel in a real browser without JupyterLab: the page talks to the panel of this process as a kernel would."""

import base64
import json

PAGE = """<!doctype html><html lang="fr" data-jp-theme-light="{light}"><head><meta charset="utf-8"><title>Panel</title>
<style>body {{ margin: 8px; background: {paper}; color: {ink}; }}</style><style>{css}</style></head>
<body data-jp-theme-light="{light}"><main><h1>Notebook</h1><h2>Step</h2><div id="cell"></div></main></body></html>"""

START = """async ({esm, traits}) => {
  const listeners = {};
  const model = {
    get: (name) => traits[name],
    on: (name, then) => (listeners[name] ??= []).push(then),
    off() {},
    send: async (content, _callbacks, buffers = []) => {
      if (window.kernel === "dead") return;
      if (window.kernel === "gone") throw new Error("the comm is closed");
      const bytes = await Promise.all(buffers.map(async (buffer) => {
        const view = new Uint8Array(buffer);
        return btoa(Array.from(view, (byte) => String.fromCharCode(byte)).join(""));
      }));
      hear(JSON.parse(await window.toKernel(JSON.stringify(content), bytes)));
    },
  };
  const hear = window.hear = (answers) => {
    for (const [message, files] of answers) {
      const views = files.map((file) => Uint8Array.from(atob(file), (sign) => sign.charCodeAt(0)));
      for (const then of listeners["msg:custom"] || []) then(message, views);
    }
  };
  window.fire = (name) => (listeners[name] || []).forEach((then) => then());
  window.kernel = "alive";
  const address = URL.createObjectURL(new Blob([esm], {type: "text/javascript"}));
  const {default: widget} = await import(address);
  const el = document.getElementById("cell");
  const begun = performance.now();
  window.again = (at = el) => { window.leave = widget.render({model, el: at}); };
  window.again();
  document.body.getBoundingClientRect();
  window.drawn = (performance.now() - begun) / 1000;
}"""


ANSWER = "## 1. Accuser réception\n- Répondre vite sous 24 heures\n- Rester poli\n\n## 2. Vérifier\n- La facture"
ADDRESS = "http://localhost/panel"
FOCUSED = """() => {
  const el = document.activeElement;
  return el.dataset.item ? `${el.dataset.column}:${el.dataset.item}` : el.closest("[data-k]")?.dataset.k ?? el.tagName;
}"""


class Window:
    """`page` with `panel` on it."""

    def __init__(self, context, panel, *, dark=False):
        self.page, self.panel = context.new_page(), panel
        self.asked = []
        light, paper, ink = ("false", "#111", "#eee") if dark else ("true", "#fff", "#111")
        html = PAGE.format(css=panel._css, light=light, paper=paper, ink=ink)
        self.page.route(ADDRESS, lambda route: route.fulfill(body=html, content_type="text/html"))
        self.page.goto(ADDRESS)  # an address of its own, so that the page has a store as in a notebook
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.asked.append(f"error: {error}"))
        self.page.expose_function("toKernel", self._to_kernel)
        panel.send = lambda message, buffers=None: self.page.evaluate("(one) => window.hear([one])", [message, []])
        self._push = panel.send
        panel._repr_mimebundle_()
        self.page.evaluate(START, {"esm": panel._esm, "traits": {"words": panel.words, "first": panel.first}})
        self.settle()

    def _to_kernel(self, content, buffers):
        answers = []

        def send(message, buffers=None):
            answers.append([message, [base64.b64encode(each).decode() for each in buffers or ()]])

        self.panel.send = send
        self.panel.receive(json.loads(content), [base64.b64decode(each) for each in buffers])
        self.panel.send = self._push
        return json.dumps(answers)

    def settle(self):
        """Wait until all that was done is acknowledged."""
        self.page.wait_for_function("!document.querySelector('.pl-status')?.textContent.includes('Saving…')")

    def words(self, column, item):
        """The text `item` of `column` in the table."""
        return self.page.locator(f'.pl-words[data-column="{column}"][data-item="{item}"]')

    def button(self, key):
        """The button, field or node `key`."""
        return self.page.locator(f'[data-k="{key}"]')

    def press(self, *keys):
        """Keys one after the other, each when the last is done."""
        for key in keys:
            self.page.keyboard.press(key)
            self.settle()

    def focused(self):
        """What has the focus: the spot of a text, else the key of a node."""
        return self.page.evaluate(FOCUSED)


def tags(window):
    """The tags that the copie of the table in `window` has."""
    return [(one.column, one.item, one.span, one.tag) for one in window.panel.desk.copie.taggings]

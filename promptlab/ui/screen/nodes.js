// The kinds of nodes, and the screen that keeps the page equal to the tree: in place, so that focus and caret stay.

const simple = (tag, look) => ({
  make: () => {
    const el = make(tag, look);
    return { el, slot: el };
  },
  set() {},
});

const presser = (ui, screen) => {
  ui.button.addEventListener("click", () => {
    if (ui.button.getAttribute("aria-disabled") !== "true") screen.act(ui.node.k, null);
  });
};

const actor = (node, screen) => {
  const el = make("span", "pl-act");
  const button = make("button", "pl-button");
  button.type = "button";
  const error = make("span", "pl-error");
  error.setAttribute("role", "alert");
  el.append(button, error);
  const ui = { el, button, error };
  presser(ui, screen);
  return ui;
};

const KINDS = {
  ...FIELDS,

  text: {
    make: (node) => ({ el: make("p", `pl-text pl-text-${node.tone || "plain"}`) }),
    set: (ui, node) => showParts(ui.el, node.parts),
  },
  heading: {
    make: (node) => ({ el: make(`h${node.level}`, "pl-heading") }),
    set: (ui, node) => showParts(ui.el, node.parts),
  },
  list: {
    make(node) {
      const el = make(node.ordered ? "ol" : "ul", "pl-list");
      return { el, slot: el };
    },
    set() {},
  },
  entry: simple("li", ""),
  pairs: simple("dl", "pl-pairs"),
  term: {
    make: () => ({ el: make("dt") }),
    set: (ui, node) => showParts(ui.el, node.parts),
  },
  value: simple("dd", ""),
  group: {
    make(node, screen) {
      const el = make("div");
      // A form that opens or grows is brought into sight.
      if (node.look === "editor") new ResizeObserver(() => screen.live && el.scrollIntoView({ block: "nearest" })).observe(el);
      return { el, slot: el };
    },
    set(ui, node) {
      ui.el.className = `pl-group pl-look-${node.look || "plain"}`;
    },
  },
  wide: {
    make() {
      const el = make("div", "pl-wide");
      el.tabIndex = 0;
      el.setAttribute("role", "region");
      return { el, slot: el };
    },
    set: (ui, node) => give(ui.el, "aria-label", node.label),
  },
  fieldset: {
    make() {
      const el = make("fieldset", "pl-fieldset");
      const legend = make("legend", "pl-label");
      const slot = make("div", "pl-group");
      el.append(legend, slot);
      return { el, legend, slot };
    },
    set: (ui, node) => say(ui.legend, node.legend),
  },
  details: {
    make(node) {
      const el = make("details", "pl-details");
      const summary = make("summary");
      const slot = make("div", "pl-group");
      el.append(summary, slot);
      el.open = Boolean(node.open);
      return { el, summary, slot };
    },
    set: (ui, node) => say(ui.summary, node.summary),
  },
  notice: {
    make(node) {
      const el = make("div");
      const head = make("p", "pl-notice-name");
      const slot = make("div", "pl-group");
      el.append(head, slot);
      if (node.alert) el.setAttribute("role", "alert");
      return { el, head, slot };
    },
    set(ui, node) {
      ui.el.className = `pl-notice pl-${node.tone}`;
      showParts(ui.head, [{ s: "sign", t: `${node.sign} ` }, { s: "", t: node.name }]);
    },
  },
  table: {
    make() {
      const el = make("table", "pl-table");
      const caption = make("caption");
      const slot = make("tbody");
      el.append(caption, slot);
      return { el, caption, slot };
    },
    set(ui, node) {
      say(ui.caption, node.caption);
      ui.caption.classList.toggle("pl-ear", Boolean(node.ear));
      ui.el.className = `pl-table pl-table-${node.look || "plain"}`;
    },
  },
  row: {
    make(node) {
      const el = make("tr", node.look ? `pl-row-${node.look}` : "");
      el.setAttribute("role", "row");
      return { el, slot: el };
    },
    set() {},
  },
  cell: {
    make(node) {
      const el = make(node.scope ? "th" : "td");
      if (node.scope) el.scope = node.scope;
      if (node.span) el.colSpan = node.span;
      el.setAttribute("role", { col: "columnheader", row: "rowheader" }[node.scope] || "cell");
      if (!node.which) return { el, slot: el };
      const which = make("p", "pl-which");
      which.setAttribute("aria-hidden", "true");
      which.textContent = node.which;
      const slot = make("div", "pl-cell");
      el.append(which, slot);
      el.dataset.column = node.column;
      return { el, slot };
    },
    set() {},
  },
  button: {
    make: actor,
    set(ui, node) {
      const { button } = ui;
      say(button, node.label);
      button.className = `pl-button pl-tone-${node.tone || "usual"}`;
      give(button, "aria-label", node.says);
      give(button, "aria-pressed", node.pressed === null || node.pressed === undefined ? "" : String(node.pressed));
      give(button, "aria-disabled", node.disabled ? "true" : "");
      say(ui.error, node.error ? `✖ ${node.error}` : "");
    },
  },
  download: {
    make(node, screen) {
      const ui = actor(node, screen);
      ui.help = make("span", "pl-help");
      ui.el.append(ui.help);
      return ui;
    },
    set(ui, node) {
      showParts(ui.button, [{ s: "sign", t: node.shows ? "↗ " : "⬇ " }, { s: "", t: node.label }]);
      say(ui.help, node.help || "");
      say(ui.error, node.error ? `✖ ${node.error}` : "");
    },
  },
  picture: {
    make(node) {
      const el = make("figure", "pl-picture");
      const image = make("img");
      const more = make("details", "pl-details");
      const summary = make("summary");
      const words = make("p", "pl-text");
      more.append(summary, words);
      el.append(image, more);
      return { el, image, more, summary, words };
    },
    set(ui, node) {
      if (ui.source !== node.source) {
        ui.source = node.source;
        ui.image.src = /^data:image\/(png|svg\+xml);base64,/.test(node.source) ? node.source : "data:,";
      }
      ui.image.alt = node.alt;
      say(ui.summary, node.summary);
      say(ui.words, node.description);
      ui.more.hidden = !node.description;
    },
  },
  progress: {
    make() {
      const el = make("div", "pl-progress");
      const bar = make("progress");
      const words = make("span");
      el.append(bar, words);
      return { el, bar, words };
    },
    set(ui, node) {
      ui.bar.max = node.most;
      ui.bar.value = node.value;
      give(ui.bar, "aria-label", node.words);
      say(ui.words, node.words);
    },
  },
  bars: {
    make(node, screen) {
      const el = make("figure", "pl-bars");
      const caption = make("figcaption");
      const list = make("ul");
      caption.id = screen.id();
      list.setAttribute("aria-labelledby", caption.id);
      el.append(caption, list);
      return { el, caption, list, id: screen.id() };
    },
    set(ui, node) {
      say(ui.caption, node.caption);
      ui.list.replaceChildren(...node.bars.map((one, place) => barOf(one, `${ui.id}-${place}`)));
    },
  },
};

const barOf = (one, id) => {
  const entry = make("li");
  const label = make("span", "pl-bar-label");
  const words = make("span", "pl-bar-words");
  say(label, one.label);
  say(words, one.t);
  const svg = draw("svg", { viewBox: "0 0 200 16", preserveAspectRatio: "none", "aria-hidden": "true" });
  const hatch = draw("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
  hatch.append(draw("rect", { width: 3, height: 6, class: "pl-bar-ink" }));
  const room = draw("rect", { x: 0.5, y: 0.5, width: 199, height: 15, class: "pl-bar-room" });
  const bar = draw("rect", { x: 0.5, y: 0.5, width: 199 * one.share, height: 15, fill: `url(#${id})`, class: "pl-bar" });
  svg.append(hatch, room, bar);
  entry.append(label, svg, words);
  return entry;
};

const TEXTS = new Set(["line", "area"]);

class Screen {
  constructor(root, words, send) {
    this.root = root;
    this.words = words;
    this.send = send;
    this.uis = new Map();
    this.waiting = new Map();
    this.after = new Set();
    this.frozen = false;
    this.live = false; // nothing scrolls by itself before the person has done something
    this.count = 0;
    this.name = `pl${Math.random().toString(36).slice(2, 8)}`;
  }

  id() {
    return `${this.name}-${++this.count}`;
  }
  focused() {
    return this.root.contains(document.activeElement) ? document.activeElement : null;
  }
  waits(key) {
    return [...this.waiting.values()].some((one) => one.key === key);
  }
  unsent() {
    return [...this.uis.values()].some((ui) => ui.flush && ui.sent !== undefined && ui.control.value !== ui.sent);
  }

  // Texts that were written and that the kernel has not acknowledged.
  drafts() {
    return [...this.uis.values()]
      .filter(({ node, sent }) => TEXTS.has(node.kind) && !node.error && sent !== undefined)
      .filter(({ node, control, sent }) => control.value !== (node.value ?? "") && (control.value !== sent || this.waits(node.k)))
      .map(({ node, control }) => ({ key: node.k, value: control.value, was: node.value ?? "" }));
  }

  // Gives texts back to the fields that they were written in, and has them saved.
  takeBack(drafts) {
    if (!drafts.any()) return;
    for (const ui of this.uis.values()) {
      if (!TEXTS.has(ui.node.kind) || this.waits(ui.node.k) || ui.control.value !== ui.sent) continue;
      const draft = drafts.find(ui.node.k);
      if (!draft) continue;
      drafts.forget(ui.node.k);
      if (draft.value === (ui.node.value ?? "")) continue;
      ui.control.value = draft.value;
      ui.sent = draft.value;
      this.act(ui.node.k, draft.value, { was: draft.was });
    }
  }

  // With a kernel that is gone nothing can be done any more: what stands there can be read and copied.
  freeze(on) {
    if (this.frozen === on) return;
    this.frozen = on;
    for (const ui of this.uis.values()) this.hold(ui);
  }

  hold(ui) {
    const { control, node } = ui;
    if (control && TEXTS.has(node.kind)) control.readOnly = this.frozen;
    else if (control && node.kind !== "radios") control.disabled = this.frozen || Boolean(node.fixed);
    if (ui.box) for (const input of ui.box.querySelectorAll("input")) input.disabled = this.frozen;
    if (ui.button && node.kind !== "jump") ui.button.disabled = this.frozen;
  }

  act(key, value, { was = null, buffers = [] } = {}) {
    if (this.frozen) return;
    for (const ui of this.uis.values()) if (ui.flush && ui.node.k !== key && ui.sent !== undefined) ui.flush();
    this.send(key, value, was, buffers);
  }

  show(tree) {
    const ui = this.uis.get(tree.k);
    if (ui) this.morph(ui, tree);
    else this.root.replaceChildren(this.build(tree).el);
  }

  build(node) {
    const kind = KINDS[node.kind];
    const ui = kind.make(node, this);
    ui.node = node;
    ui.el.dataset.k = node.k;
    this.uis.set(node.k, ui);
    kind.set(ui, node, this);
    if (ui.slot && node.children) for (const child of node.children) ui.slot.append(this.build(child).el);
    return ui;
  }

  own(ui, node) {
    ui.node = { ...node };
    KINDS[node.kind].set(ui, node, this);
  }

  morph(ui, node) {
    this.own(ui, node);
    if (ui.slot) this.arrange(ui, node.children || [], true);
  }

  arrange(ui, children, deep) {
    const els = children.map((child) => {
      const old = this.uis.get(child.k);
      if (!old || old.el.parentNode !== ui.slot || (child.kind && old.node.kind !== child.kind)) {
        return child.kind ? this.build(child).el : old && old.el;
      }
      if (deep) this.morph(old, child);
      return old.el;
    }).filter(Boolean);
    const wanted = new Set(els);
    for (const el of [...ui.slot.childNodes]) if (!wanted.has(el)) this.drop(el);
    els.forEach((el, place) => {
      if (ui.slot.childNodes[place] !== el) ui.slot.insertBefore(el, ui.slot.childNodes[place] || null);
    });
  }

  drop(el) {
    for (const inner of [el, ...el.querySelectorAll("[data-k]")]) {
      const ui = this.uis.get(inner.dataset.k);
      if (ui && ui.el === inner) {
        clearTimeout(ui.timer);
        this.uis.delete(inner.dataset.k);
      }
    }
    el.remove();
  }

  patch(patches) {
    this.live = true;
    for (const one of patches) {
      const ui = this.uis.get(one.k);
      if (!ui) continue;
      if (one.p) this.own(ui, one.p);
      if (one.order) {
        const fresh = new Map(one.new.map((node) => [node.k, node]));
        this.arrange(ui, one.order.map((k) => fresh.get(k) || { k }), false);
      }
    }
  }

  focus(key) {
    const ui = this.uis.get(key);
    const at = ui && (ui.control || ui.button || ui.words || ui.el);
    if (!at) return;
    if (at.tabIndex < 0 && !at.hasAttribute("tabindex")) at.tabIndex = -1;
    at.focus({ preventScroll: false });
  }
}

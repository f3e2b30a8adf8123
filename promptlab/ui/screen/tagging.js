// The table whose texts are tagged: pieces of text, and what mouse and keys do to them. What that means is Python's.

const PATTERNS = 6;
const NARROW = 860; // px: below that one cell stands under the other

const pieceOf = (piece, ui, at) => {
  const words = document.createTextNode(piece.t);
  ui.pieces.push({ node: words, start: at, n: piece.n ?? points(piece.t), whole: piece.n !== undefined });
  let el = words;
  if (piece.b) {
    el = make("strong");
    el.append(words);
  }
  if (piece.tag !== undefined) {
    const mark = make("mark", `pl-tag pl-pattern-${piece.tag % PATTERNS}`);
    mark.style.setProperty("--tag", `var(--tag-${piece.tag})`);
    mark.style.setProperty("--ink", `var(--ink-${piece.tag})`);
    if (piece.open) mark.append(heard(piece.open), letterOf(piece.letter));
    mark.append(el);
    if (piece.close) mark.append(heard(piece.close));
    el = mark;
  }
  if (!piece.chosen) return el;
  const chosen = make("span", "pl-chosen");
  if (piece.chosen === "first") chosen.append(heard(ui.screen.words.chosen));
  chosen.append(el);
  return chosen;
};

const heard = (words) => {
  const el = make("span", "pl-ear");
  el.textContent = words;
  return el;
};

const letterOf = (letter) => {
  const el = make("span", "pl-letter");
  el.setAttribute("aria-hidden", "true");
  el.textContent = letter;
  return el;
};

const chipOf = (chip) => {
  const el = make("span", `pl-chip pl-pattern-${chip.tag % PATTERNS}`);
  el.style.setProperty("--tag", `var(--tag-${chip.tag})`);
  el.style.setProperty("--ink", `var(--ink-${chip.tag})`);
  const label = make("span");
  label.textContent = chip.t;
  el.append(letterOf(chip.letter), label);
  return el;
};

const innerTable = (rows) => {
  const table = make("table", "pl-inner");
  const body = make("tbody");
  rows.forEach((cells, place) => {
    const line = make("tr");
    line.append(
      ...cells.map((cell) => {
        const el = make(place ? "td" : "th");
        if (!place) el.scope = "col";
        el.textContent = cell;
        return el;
      }),
    );
    body.append(line);
  });
  table.append(body);
  return table;
};

const paint = (el, tags) =>
  tags.forEach((tag, place) => {
    el.style.setProperty(`--tag-${place}`, tag.colour);
    el.style.setProperty(`--ink-${place}`, tag.ink);
  });

KINDS.legend = {
  make: () => ({ el: make("ul", "pl-legend") }),
  set(ui, node) {
    paint(ui.el, node.tags);
    ui.el.replaceChildren(
      ...node.tags.map((tag, place) => {
        const entry = make("li");
        const meaning = make("span");
        meaning.textContent = tag.meaning;
        entry.append(chipOf({ tag: place, letter: tag.letter, t: tag.label }), meaning);
        return entry;
      }),
    );
  },
};

KINDS.passages = simple("ul", "pl-passages");

KINDS.passage = {
  make(node, screen) {
    const el = make(node.li ? "li" : "div");
    const lead = make("span", "pl-mark");
    lead.setAttribute("aria-hidden", "true");
    const words = make("span", "pl-words");
    words.tabIndex = -1;
    words.setAttribute("role", "button");
    const table = make("div", "pl-inner-box");
    const slot = make("div", "pl-under");
    el.append(lead, words, table, slot);
    return { el, lead, words, table, slot, screen };
  },
  set(ui, node) {
    const tagged = node.whole === null ? "" : ` pl-whole pl-pattern-${node.whole % PATTERNS}`;
    ui.el.className = `pl-passage pl-${node.look}`;
    say(ui.lead, node.mark);
    ui.words.className = `pl-words${tagged}${node.here ? " pl-here" : ""}`;
    ui.words.style.setProperty("--tag", node.whole === null ? "" : `var(--tag-${node.whole})`);
    ui.words.style.setProperty("--ink", node.whole === null ? "" : `var(--ink-${node.whole})`);
    ui.words.dataset.column = node.column;
    ui.words.dataset.item = node.item;
    give(ui.words, "aria-expanded", String(Boolean(node.open)));
    const told = JSON.stringify([node.pieces, node.chips, node.label]);
    if (ui.told !== told) {
      ui.told = told;
      ui.pieces = [];
      const content = [];
      if (node.before) content.push(heard(node.before));
      if (node.label) {
        const label = make("strong", "pl-lead");
        label.textContent = `${node.label} `;
        content.push(label);
      }
      let at = 0;
      for (const piece of node.pieces) {
        content.push(pieceOf(piece, ui, at));
        at += ui.pieces[ui.pieces.length - 1].n;
      }
      for (const chip of node.chips) content.push(document.createTextNode(" "), chipOf(chip));
      ui.words.replaceChildren(...content);
    }
    const rows = JSON.stringify(node.rows || []);
    if (ui.rows !== rows) {
      ui.rows = rows;
      ui.table.replaceChildren(...(node.rows ? [innerTable(node.rows)] : []));
    }
  },
};

const offsetOf = (ui, container, offset) => {
  const point = document.createRange();
  point.setStart(container, offset);
  let count = 0;
  for (const piece of ui.pieces) {
    if (piece.node === container) {
      const before = piece.node.data.slice(0, offset);
      return count + (piece.whole ? (offset * 2 > piece.node.length ? piece.n : 0) : points(before));
    }
    if (point.comparePoint(piece.node, 0) < 0) count += piece.n;
  }
  return count;
};

const spotOf = (words) => ({ column: Number(words.dataset.column), item: words.dataset.item });

const selectedIn = (screen, words) => {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0).cloneRange();
  if (!range.intersectsNode(words)) return null;
  const ui = screen.uis.get(words.closest("[data-k]").dataset.k);
  if (!words.contains(range.startContainer)) range.setStart(words, 0);
  if (!words.contains(range.endContainer)) range.setEnd(words, words.childNodes.length);
  const span = [offsetOf(ui, range.startContainer, range.startOffset), offsetOf(ui, range.endContainer, range.endOffset)];
  return span[0] < span[1] ? span : null;
};

class Hands {
  constructor(ui, screen) {
    this.ui = ui;
    this.screen = screen;
    const { el } = ui;
    el.addEventListener("focusin", (event) => this.rove(event.target.closest(".pl-words")));
    el.addEventListener("keydown", (event) => this.key(event));
    el.addEventListener("mousedown", (event) => this.down(event));
    el.addEventListener("click", (event) => this.click(event));
  }

  tell(what, words, more = {}) {
    const wide = !this.ui.el.classList.contains("pl-stacked"); // the form then has a row of its own
    this.screen.act(this.ui.node.k, { what, ...spotOf(words), wide, ...more });
  }

  all() {
    return [...this.ui.el.querySelectorAll(".pl-words")];
  }

  rove(words) {
    if (!words) return;
    for (const other of this.ui.el.querySelectorAll('.pl-words[tabindex="0"]')) if (other !== words) other.tabIndex = -1;
    words.tabIndex = 0;
  }

  one() {
    if (!this.ui.el.querySelector('.pl-words[tabindex="0"]')) this.rove(this.ui.el.querySelector(".pl-words"));
  }

  down(event) {
    this.selected = false;
    const words = event.target.closest(".pl-words");
    if (!words || event.button) return;
    const up = () => {
      document.removeEventListener("mouseup", up);
      const span = selectedIn(this.screen, words);
      if (!span) return;
      this.selected = true;
      document.getSelection().removeAllRanges();
      words.focus({ preventScroll: true });
      this.tell("select", words, { span });
    };
    document.addEventListener("mouseup", up);
  }

  click(event) {
    const words = event.target.closest(".pl-words");
    if (!words || this.selected) return;
    words.focus({ preventScroll: true });
    this.tell("open", words);
  }

  key(event) {
    const words = event.target;
    if (event.key === "Escape" && !event.defaultPrevented) return this.leave(event);
    if (!words.classList.contains("pl-words") || event.altKey) return undefined;
    if (event.ctrlKey || event.metaKey) return this.history(event);
    const tag = this.ui.node.letters[event.key.toLowerCase()];
    if (event.shiftKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      this.tell("extend", words, { way: event.key === "ArrowRight" ? 1 : -1 });
    } else if (event.key.startsWith("Arrow") && !event.shiftKey) this.move(words, event.key);
    else if (event.key === "Home" || event.key === "End") this.edge(words, event.key === "End");
    else if (event.key === "Enter" || event.key === " ") this.tell("open", words, { focus: true });
    else if (event.key === "Delete" || event.key === "Backspace") this.tell("erase", words);
    else if (tag && !event.repeat) this.tell("tag", words, { tag });
    else return undefined;
    return event.preventDefault();
  }

  history(event) {
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    this.screen.act(this.ui.node.k, { what: key === "y" || event.shiftKey ? "redo" : "undo" });
    event.preventDefault();
  }

  leave(event) {
    const passage = event.target.closest(".pl-row-editor") ? this.ui.el : event.target.closest(".pl-passage");
    const words = passage?.querySelector(passage === this.ui.el ? '.pl-words[aria-expanded="true"]' : ".pl-words");
    if (!words) return;
    event.preventDefault();
    words.focus();
    this.tell("close", words);
  }

  move(words, key) {
    const found = key === "ArrowUp" || key === "ArrowDown" ? this.along(words, key) : this.beside(words, key);
    if (found) found.focus();
  }

  along(words, key) {
    const column = this.all().filter((other) => other.dataset.column === words.dataset.column);
    return column[column.indexOf(words) + (key === "ArrowDown" ? 1 : -1)];
  }

  beside(words, key) {
    const cells = [...words.closest("tr").querySelectorAll("td")].filter((cell) => cell.querySelector(".pl-words"));
    const cell = cells[cells.indexOf(words.closest("td[data-column]")) + (key === "ArrowRight" ? 1 : -1)];
    if (!cell) return undefined;
    const top = words.getBoundingClientRect().top;
    const far = (other) => Math.abs(other.getBoundingClientRect().top - top);
    return [...cell.querySelectorAll(".pl-words")].reduce((best, other) => (far(other) < far(best) ? other : best));
  }

  edge(words, last) {
    const column = this.all().filter((other) => other.dataset.column === words.dataset.column);
    column[last ? column.length - 1 : 0].focus();
  }
}

KINDS.grid = {
  make(node, screen) {
    const el = make("div", "pl-grid");
    const error = make("p", "pl-error");
    error.setAttribute("role", "alert");
    const region = make("div", "pl-region");
    region.setAttribute("role", "region");
    const table = make("table", "pl-aligned");
    table.setAttribute("role", "table");
    const caption = make("caption");
    const head = make("thead");
    const slot = make("tbody");
    for (const part of [head, slot]) part.setAttribute("role", "rowgroup");
    table.append(caption, head, slot);
    region.append(table);
    el.append(error, region);
    const ui = { el, error, region, table, caption, head, slot };
    ui.hands = new Hands(ui, screen);
    ui.fits = () => {
      const narrow = el.clientWidth > 0 && el.clientWidth < NARROW * Math.max(1, (ui.font || 100) / 100);
      el.classList.toggle("pl-stacked", ui.stacked || narrow);
      el.style.setProperty("--pl-seen", `${region.clientWidth}px`);
    };
    ui.watch = new ResizeObserver(ui.fits);
    ui.watch.observe(el);
    screen.after.add(() => ui.hands.one());
    return ui;
  },
  set(ui, node) {
    const { el } = ui;
    ui.stacked = node.stacked;
    ui.font = node.font;
    ui.fits();
    const laid = JSON.stringify([node.rows, node.shows]);
    if (ui.laid !== undefined && ui.laid !== laid) {
      ui.region.scrollTop = 0;
      ui.region.scrollLeft = 0;
    }
    ui.laid = laid;
    el.classList.toggle("pl-high", node.contrast === "high");
    el.style.setProperty("--pl-size", node.font / 100);
    el.style.setProperty("--pl-space", node.spacing / 100);
    el.style.setProperty("--pl-columns", node.head.length - 1);
    paint(el, node.tags);
    say(ui.error, node.error ? `✖ ${node.error}` : "");
    say(ui.caption, node.caption);
    give(ui.region, "aria-label", node.name);
    give(ui.table, "lang", node.lang);
    const told = JSON.stringify(node.head);
    if (ui.told === told) return;
    ui.told = told;
    const line = make("tr");
    line.setAttribute("role", "row");
    line.append(
      ...node.head.map((words) => {
        const cell = make("th");
        cell.scope = "col";
        cell.setAttribute("role", "columnheader");
        cell.textContent = words;
        return cell;
      }),
    );
    ui.head.replaceChildren(line);
  },
};

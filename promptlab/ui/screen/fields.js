// Fields. What a person is writing is never taken away: the value of the kernel waits until the field is left.

const PAUSE = 800; // ms without a key before a text is sent

const frame = (node, screen, control, look) => {
  const el = make("div", `pl-field pl-${look}`);
  const id = screen.id();
  const label = make("label", "pl-label");
  const help = make("p", "pl-help");
  const error = make("p", "pl-error");
  label.htmlFor = control.id = id;
  help.id = `${id}-h`;
  error.id = `${id}-e`;
  error.setAttribute("role", "alert");
  control.classList.add("pl-control");
  return { el, control, label, help, error };
};

const around = (ui, node) => {
  say(ui.label, node.label);
  ui.label.classList.toggle("pl-ear", Boolean(node.hide_label));
  say(ui.help, node.help || "");
  ui.help.hidden = !node.help;
  say(ui.error, node.error ? `✖ ${node.error}` : "");
  const told = [node.help && ui.help.id, node.error && ui.error.id].filter(Boolean).join(" ");
  give(ui.control, "aria-describedby", told);
  give(ui.control, "aria-invalid", node.error ? "true" : "");
};

const dirty = (ui) => ui.control.value !== ui.sent;

const settle = (ui, node, screen) => {
  const { control } = ui;
  const value = node.value ?? "";
  if (String(value) === control.value) ui.sent = control.value;
  else if (node.error || (ui.sent !== undefined && dirty(ui)) || screen.waits(node.k)) return;
  else if (screen.focused() === control && String(value).trim() === control.value.trim()) return;
  else {
    control.value = value;
    ui.sent = control.value;
  }
};

const sendText = (ui, screen) => {
  clearTimeout(ui.timer);
  if (screen.frozen || !dirty(ui)) return;
  ui.sent = ui.control.value;
  screen.act(ui.node.k, ui.sent, { was: ui.node.value });
};

const written = (tag, look) => ({
  make(node, screen) {
    const control = make(tag);
    if (tag === "input") control.type = "text";
    const ui = frame(node, screen, control, look);
    ui.el.append(ui.label, ui.help, control, ui.error);
    ui.flush = () => sendText(ui, screen);
    control.addEventListener("input", () => {
      clearTimeout(ui.timer);
      ui.timer = setTimeout(ui.flush, PAUSE);
    });
    control.addEventListener("blur", () => {
      ui.flush();
      settle(ui, ui.node, screen);
    });
    control.addEventListener("keydown", (event) => {
      if (tag !== "input" || event.key !== "Enter" || event.isComposing) return;
      ui.flush();
      if (ui.node.enter) screen.act(ui.node.enter, null);
    });
    return ui;
  },
  set(ui, node, screen) {
    around(ui, node);
    give(ui.control, "placeholder", node.placeholder);
    give(ui.control, "maxlength", node.most || "");
    if (node.rows) ui.control.rows = node.rows;
    settle(ui, node, screen);
  },
});

const FIELDS = {
  line: written("input", "line"),
  area: written("textarea", "area"),

  choice: {
    make(node, screen) {
      const control = make("select");
      const ui = frame(node, screen, control, "choice");
      ui.el.append(ui.label, ui.help, control, ui.error);
      control.addEventListener("change", () => screen.act(ui.node.k, control.value));
      return ui;
    },
    set(ui, node, screen) {
      around(ui, node);
      const told = JSON.stringify(node.options);
      if (ui.told !== told) {
        ui.told = told;
        ui.control.replaceChildren(
          ...node.options.map(([value, words]) => {
            const option = make("option");
            option.value = value;
            option.textContent = words;
            return option;
          }),
        );
      }
      if (!node.error && !screen.waits(node.k)) ui.control.value = node.value;
    },
  },

  radios: {
    make(node, screen) {
      const el = make("fieldset", "pl-field pl-radios");
      const label = make("legend", "pl-label");
      const help = make("p", "pl-help");
      const error = make("p", "pl-error");
      const box = make("div", "pl-options");
      help.id = screen.id();
      error.id = screen.id();
      error.setAttribute("role", "alert");
      el.append(label, help, box, error);
      return { el, control: el, label, help, error, box, name: screen.id() };
    },
    set(ui, node, screen) {
      around(ui, node);
      const told = JSON.stringify(node.options);
      if (ui.told !== told) {
        ui.told = told;
        ui.box.replaceChildren(
          ...node.options.map(([value, words]) => {
            const label = make("label", "pl-option");
            const input = make("input");
            input.type = "radio";
            input.name = ui.name;
            input.value = value;
            input.addEventListener("change", () => screen.act(ui.node.k, value));
            label.append(input, document.createTextNode(words));
            return label;
          }),
        );
      }
      if (node.error || screen.waits(node.k)) return;
      for (const input of ui.box.querySelectorAll("input")) input.checked = input.value === node.value;
    },
  },

  check: {
    make(node, screen) {
      const control = make("input");
      control.type = "checkbox";
      const ui = frame(node, screen, control, "check");
      const line = make("div", "pl-option");
      line.append(control, ui.label);
      ui.el.append(line, ui.help, ui.error);
      control.addEventListener("change", () => screen.act(ui.node.k, control.checked));
      return ui;
    },
    set(ui, node, screen) {
      around(ui, node);
      ui.control.disabled = Boolean(node.fixed);
      if (!screen.waits(node.k)) ui.control.checked = Boolean(node.value);
    },
  },

  upload: {
    make(node, screen) {
      const control = make("input");
      control.type = "file";
      const ui = frame(node, screen, control, "upload");
      control.classList.replace("pl-control", "pl-file");
      const choose = make("span", "pl-choose"); // the browser's own button speaks the browser's language
      choose.setAttribute("aria-hidden", "true");
      choose.textContent = screen.words.file;
      choose.addEventListener("click", () => control.click());
      ui.el.append(ui.label, ui.help, control, choose, ui.error);
      control.addEventListener("change", async () => {
        const [file] = control.files;
        if (!file) return;
        if (file.size > LARGEST_UPLOAD) {
          say(ui.error, `✖ ${screen.words.large}`);
          return;
        }
        const content = await file.arrayBuffer();
        control.value = "";
        screen.act(ui.node.k, file.name, { buffers: [content] });
      });
      return ui;
    },
    set(ui, node) {
      around(ui, node);
      give(ui.control, "accept", node.accept);
    },
  },
};

const LARGEST_UPLOAD = 8_000_000; // bytes: what one message to the kernel can carry

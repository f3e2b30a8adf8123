// The way to the top of a notebook: after all cells have run, and from a panel that needs it.

const STEP = 100; // ms between two looks
const STEADY = 3000; // ms without a new output: all cells have run
const LONGEST = 120000; // ms after which nobody is fetched back any more

const notebookOf = (el) => el.closest(".jp-Notebook");

const goHome = (el) => {
  const home = (notebookOf(el) || document).querySelector(".promptlab[data-home]");
  if (!home) return;
  (home.closest(".jp-Cell") || home).scrollIntoView({ block: "start" });
  const field = home.querySelector("input, textarea, select, button.pl-tone-main");
  const at = field || home.querySelector(".pl-root");
  if (at) at.focus({ preventScroll: true });
};

// Running all cells makes the last one the active one and ends with that in sight. Whoever has touched the page in the
// meantime stays where they are.
const comeBack = (el) => {
  const begun = Date.now();
  const state = { touched: false, all: false, outputs: 0, changed: begun };
  const signs = ["pointerdown", "keydown", "wheel", "touchstart"];
  const touch = (event) => {
    state.touched ||= event.isTrusted;
  };
  const end = () => signs.forEach((sign) => document.removeEventListener(sign, touch, true));
  for (const sign of signs) document.addEventListener(sign, touch, true);
  const look = () => {
    const now = Date.now();
    const notebook = notebookOf(el); // not there yet while the panel is being made
    if (!notebook) return now - begun > STEADY ? end() : setTimeout(look, STEP);
    const cells = [...notebook.querySelectorAll(".jp-CodeCell")];
    const last = cells[cells.length - 1];
    state.all ||= Boolean(last) && !last.contains(el) && last.classList.contains("jp-mod-active");
    const outputs = notebook.querySelectorAll(".jp-OutputArea-child").length;
    if (outputs !== state.outputs) [state.outputs, state.changed] = [outputs, now];
    const over = now - state.changed > STEADY || now - begun > LONGEST;
    if (state.touched || !el.isConnected || over) return end();
    if (state.all && !el.contains(document.activeElement)) goHome(el);
    return setTimeout(look, STEP);
  };
  setTimeout(look, 0);
};

// Two windows on one notebook write over each other's file: each is told while the other one is there.
const watchTwins = (kernel, tell) => {
  if (!window.BroadcastChannel) return () => {};
  const channel = new BroadcastChannel("promptlab");
  const others = new Set();
  const call = (what) => channel.postMessage({ what, kernel, page: page() });
  channel.addEventListener("message", ({ data }) => {
    if (data.kernel !== kernel || data.page === page()) return;
    if (data.what === "bye") others.delete(data.page);
    else others.add(data.page);
    if (data.what === "hello") call("here");
    tell(others.size > 0);
  });
  const leave = () => call("bye");
  window.addEventListener("pagehide", leave);
  call("hello");
  return () => {
    leave();
    window.removeEventListener("pagehide", leave);
    channel.close();
  };
};

KINDS.jump = {
  make(node, screen) {
    const el = make("span", "pl-act");
    const button = make("button", "pl-button");
    button.type = "button";
    button.addEventListener("click", () => goHome(screen.root));
    el.append(button);
    return { el, button };
  },
  set: (ui, node) => say(ui.button, node.label),
};

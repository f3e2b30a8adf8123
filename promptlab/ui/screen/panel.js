// The line between the page and the kernel. Nothing counts as done before the kernel has said so.

const PATIENCE = 2500; // ms until silence of the kernel is told
const SOON = 20; // ms between two looks whether a new panel is on the page
const REST = 700; // ms after the last change until the copie inside the notebook is brought up to date
const PAGE = Math.random().toString(36).slice(2);
const page = () => (window.__promptlabPage ??= PAGE); // one name for all panels of this page

// What is not saved must be seen wherever the page is scrolled to: one box for all panels, for the eye only, since
// each panel says its own aloud. A panel that was taken off the page has nothing left to say, however it went.
const alarms = () => (window.__promptlabAlarms ??= new Map());
const alarm = (el, words) => {
  if (words) alarms().set(el, words);
  else alarms().delete(el);
  for (const each of alarms().keys()) if (!each.isConnected) alarms().delete(each);
  const told = [...new Set(alarms().values())].join("\n");
  let box = document.querySelector(".pl-alarm");
  if (!told) return box?.remove();
  if (!box) {
    box = make("div", "promptlab pl-alarm");
    box.setAttribute("aria-hidden", "true");
    document.body.append(box);
  }
  return say(box, told);
};

const render = ({ model, el }) => {
  const words = model.get("words");
  const first = model.get("first");
  const view = Math.random().toString(36).slice(2);
  el.classList.add("promptlab");
  el.setAttribute("role", "region");
  el.setAttribute("aria-label", words.title || "promptlab");
  const banner = make("div", "pl-banner");
  banner.setAttribute("role", "alert");
  const root = make("div", "pl-root");
  root.tabIndex = -1;
  const status = make("p", "pl-status");
  status.setAttribute("role", "status");
  const live = make("p", "pl-ear");
  live.setAttribute("aria-live", "polite");
  const twice = make("div", "pl-twice");
  twice.setAttribute("role", "alert");
  twice.hidden = true;
  el.replaceChildren(banner, twice, root, status, live);

  const timers = {};
  let count = 0;
  let met = false; // it was on the page and has spoken to the kernel
  let known = false;
  let gone = false;
  let unsaved = "";
  const drafts = new Drafts(words.title || "");
  if (words.home) el.dataset.home = "";

  const warn = (which) => {
    if (gone) return;
    screen.freeze(which === "dead");
    if (which) drafts.keep(screen.drafts());
    alarm(el, [which && `⚠ ${words[which]}`, unsaved].filter(Boolean).join("\n"));
    banner.hidden = !which;
    el.classList.toggle("pl-lost", Boolean(which));
    say(banner, which ? `⚠ ${words[which]}` : "");
  };

  const post = (content, buffers = []) => {
    try {
      model.send(content, undefined, buffers);
    } catch {
      lost();
    }
  };

  const lost = () => warn(screen.waiting.size ? "unsaved" : "dead");

  const hello = () => {
    met = true;
    clearTimeout(timers.hello);
    timers.hello = setTimeout(lost, PATIENCE);
    post({ do: "hello", page: page(), view, shown: Boolean(first?.tree) && !known });
  };

  // Where all cells are run while saved panels are still being brought back, JupyterLab makes those, never puts them
  // on the page and never takes leave of them. Such a panel stays mute: nobody would see what it is told, or undo
  // its alarm.
  const made = Date.now();
  const enter = () => {
    if (gone || met) return undefined;
    if (el.isConnected) return hello();
    if (Date.now() - made < STEADY) timers.enter = setTimeout(enter, SOON);
    return undefined;
  };

  const send = (key, value, was, buffers) => {
    if (!met) hello();
    const id = `${view}-${++count}`;
    screen.waiting.set(id, { key });
    setTimeout(() => screen.waiting.has(id) && warn("unsaved"), PATIENCE); // quiet once the view has gone
    say(status, words.working);
    post({ do: "act", id, key, value, was }, buffers);
  };

  const screen = new Screen(root, words, send);
  warn("");

  const keepFocus = (change) => {
    const before = screen.focused();
    change();
    if (before && !root.contains(document.activeElement)) root.focus({ preventScroll: true });
    for (const then of screen.after) then();
  };

  const hear = (content, buffers) => {
    if (!met) return undefined;
    if (content.t === "file") return saveFile(content, buffers);
    drafts.of(content.copie);
    if (content.t === "view") {
      clearTimeout(timers.hello);
      known = true;
      if (content.tree) keepFocus(() => screen.show(content.tree));
    } else if (content.t === "patch") {
      drafts.forget(screen.waiting.get(content.id)?.key);
      screen.waiting.delete(content.id);
      if (known) keepFocus(() => screen.patch(content.patches));
      if (content.say) say(live, content.say);
      if (content.focus) screen.focus(content.focus);
      rest();
    }
    unsaved = content.alarm || "";
    if (!screen.waiting.size) warn("");
    say(status, content.status);
    screen.takeBack(drafts);
    return undefined;
  };

  const rest = () => {
    clearTimeout(timers.rest);
    timers.rest = setTimeout(() => post({ do: "idle" }), REST);
  };

  const saveFile = ({ name, mime, shows }, [buffer]) => {
    const address = URL.createObjectURL(new Blob([buffer], { type: mime }));
    if (shows && window.open(address, "_blank")) return;
    const anchor = make("a");
    anchor.href = address;
    anchor.download = name;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };

  const look = () => {
    if (!met) enter();
    clearTimeout(timers.look);
    timers.look = setTimeout(() => known && document.visibilityState === "visible" && post({ do: "look" }), 150);
  };

  const leaving = (event) => {
    drafts.keep(screen.drafts());
    if (!screen.waiting.size && !screen.unsent()) return;
    for (const ui of screen.uis.values()) if (ui.flush) ui.flush();
    event.preventDefault();
  };

  // JupyterLab takes letters for commands on cells ("b" inserts one) unless they stop here.
  el.addEventListener("keydown", (event) => {
    const ours = event.key.toLowerCase() !== "s" && (event.key !== "Enter" || !event.shiftKey);
    if ((!event.ctrlKey && !event.metaKey) || (ours && event.defaultPrevented)) event.stopPropagation();
  });
  const seen = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && look());
  seen.observe(el);
  window.addEventListener("focus", look);
  window.addEventListener("beforeunload", leaving);
  model.on("msg:custom", hear);
  model.on("comm_live_update", () => met && hello());

  if (first?.tree) {
    screen.show(first.tree);
    for (const then of screen.after) then();
    say(status, first.status);
  } else {
    say(status, words.loading);
  }
  enter();
  if (words.home) comeBack(el);
  const unwatch = words.home
    ? watchTwins(words.home, (twins) => {
        twice.hidden = !twins;
        say(twice, twins ? `⚠ ${words.twice}` : "");
      })
    : () => {};

  return () => {
    drafts.keep(screen.drafts());
    gone = true;
    unwatch();
    post({ do: "bye", view });
    for (const timer of Object.values(timers)) clearTimeout(timer);
    seen.disconnect();
    window.removeEventListener("focus", look);
    window.removeEventListener("beforeunload", leaving);
    alarm(el, "");
  };
};

export default { render };

// Texts that the kernel has not acknowledged. They outlive the panel they were written on, and a page loaded again.

const SHELF = "promptlab-drafts";

const shelf = () => {
  try {
    return window.sessionStorage;
  } catch {
    return null; // a browser that keeps nothing: the page itself still holds the text
  }
};

class Drafts {
  constructor(title) {
    this.title = title;
    this.copie = "";
  }

  of(copie) {
    if (copie) this.copie = copie;
  }

  read() {
    try {
      return JSON.parse(shelf().getItem(SHELF)) || {};
    } catch {
      return {};
    }
  }

  write(all) {
    try {
      shelf().setItem(SHELF, JSON.stringify(all));
    } catch {
      // no room, or no shelf
    }
  }

  name(key) {
    return JSON.stringify([this.copie, this.title, key]); // a text goes back to its own copie only
  }

  keep(found) {
    if (!this.copie || !found.length) return;
    const all = this.read();
    for (const { key, value, was } of found) all[this.name(key)] = { value, was };
    this.write(all);
  }

  any() {
    return Boolean(this.copie) && Boolean(shelf()?.getItem(SHELF));
  }

  find(key) {
    return this.any() ? this.read()[this.name(key)] : undefined;
  }

  forget(key) {
    if (!key || !this.find(key)) return;
    const all = this.read();
    delete all[this.name(key)];
    if (Object.keys(all).length) this.write(all);
    else shelf()?.removeItem(SHELF);
  }
}

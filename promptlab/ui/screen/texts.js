// Elements and texts. Whatever comes from an answer, a pupil or a file is shown by textContent and by nothing else.

const make = (tag, look = "") => {
  const el = document.createElement(tag);
  if (look) el.className = look;
  return el;
};

const give = (el, name, value) => {
  if (value === null || value === undefined || value === "") el.removeAttribute(name);
  else if (el.getAttribute(name) !== String(value)) el.setAttribute(name, String(value));
};

const say = (el, words) => {
  if (el.textContent !== words) el.textContent = words;
};

const PART_TAGS = { strong: "strong", soft: "small", ear: "span", sign: "span", added: "ins", removed: "del", "": "span" };

const showParts = (el, parts) => {
  const told = JSON.stringify(parts);
  if (el._parts === told) return;
  el._parts = told;
  el.replaceChildren(
    ...parts.map((part) => {
      if (!part.s) return document.createTextNode(part.t);
      const inline = make(PART_TAGS[part.s] || "span", `pl-${part.s}`);
      inline.textContent = part.t;
      if (part.s === "sign") inline.setAttribute("aria-hidden", "true");
      return inline;
    }),
  );
};

const SVG = "http://www.w3.org/2000/svg";
const draw = (tag, values) => {
  const el = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(values)) el.setAttribute(name, String(value));
  return el;
};

const points = (text) => [...text].length; // Python counts code points

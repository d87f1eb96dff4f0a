// The tools over the text: one row. What does not fit waits behind its last button.
import { button } from "./element.js";
import { stepped } from "./stepping.js";

const ITEMS = ".cke_button, .cke_combo, .cke_toolbar_separator";
const STOPS = ".cke_button, .cke_combo_button, .more-tools";
const ESCAPE = 27;

export function tools(desk) {
  desk.editor.on("instanceReady", () => new Tools(desk));
}

class Tools {
  constructor({ editor, words }) {
    this.editor = editor;
    this.row = editor.ui.space("toolbox").findOne(".cke_toolbar").$;
    this.items = [...this.row.querySelectorAll(ITEMS)];
    this.more = button("•••", () => this.toggle(), {
      class: "more-tools",
      title: words.more_tools,
      "aria-label": words.more_tools,
    });
    this.row.append(this.more);
    this.open(false);
    // Before CKEditor's own keys, which would walk into what is hidden, and keep Tab for themselves.
    this.row.addEventListener("keydown", (event) => this.key(event), true);
    this.fitAgain();
    this.closeWhenUsed();
  }

  get isOpen() {
    return this.row.classList.contains("open");
  }

  get behind() {
    return this.items.filter((item) => item.classList.contains("behind"));
  }

  // The text below is as wide as the row, and does not grow with it.
  fitAgain() {
    let width = null;
    const watch = new ResizeObserver(([{ contentRect }]) => {
      if (contentRect.width === width) return;
      width = contentRect.width;
      this.fit();
    });
    watch.observe(this.editor.ui.space("contents").$);
    this.editor.on("destroy", () => watch.disconnect());
  }

  fit() {
    this.close();
    for (const item of this.items) item.classList.remove("behind");
    this.more.hidden = true;
    if (!this.wraps(this.items.at(-1))) return;
    this.more.hidden = false;
    for (const item of this.items.toReversed()) {
      if (!this.wraps(this.more)) break;
      item.classList.add("behind");
    }
  }

  wraps(item) {
    return item.getBoundingClientRect().top >= this.items[0].getBoundingClientRect().bottom;
  }

  toggle() {
    this.open(!this.isOpen);
    if (this.isOpen && document.activeElement === this.more) stopIn(this.behind[0]).focus();
  }

  close() {
    if (!this.isOpen) return;
    if (this.behind.some((item) => item.contains(document.activeElement))) this.more.focus();
    this.open(false);
  }

  open(isOpen) {
    this.row.classList.toggle("open", isOpen);
    this.more.setAttribute("aria-expanded", String(isOpen));
  }

  // They would hide the line on which one goes on writing.
  closeWhenUsed() {
    const { editor } = this;
    for (const name of ["beforeCommandExec", "panelHide"]) editor.on(name, () => this.close());
    editor.on("key", ({ data }) => {
      if (data.keyCode === ESCAPE) this.close();
    });
    editor.editable().$.addEventListener("input", () => this.close());
  }

  key(event) {
    if (event.key === "Tab") return event.stopPropagation();
    if (event.key === "Escape") return this.escape(event);
    const stops = [...this.row.querySelectorAll(STOPS)].filter((stop) => stop.offsetParent);
    const stop = stepped(stops, event);
    if (!stop) return;
    event.preventDefault();
    event.stopPropagation();
    stop.focus();
  }

  escape(event) {
    event.preventDefault();
    event.stopPropagation();
    if (this.isOpen) {
      this.close();
      this.more.focus();
    } else {
      this.editor.focus();
    }
  }
}

function stopIn(item) {
  return item.matches(STOPS) ? item : item.querySelector(STOPS);
}

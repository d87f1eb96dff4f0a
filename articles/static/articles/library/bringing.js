// Files into the library: dropped, chosen or pasted, a row for each with its progress.
import { button, element } from "../editor/element.js";
import { naturally } from "../editor/natural.js";
import { Uploads } from "../editor/uploads.js";
import { say } from "../editor/words.js";

const BUSY = ["waiting", "sending"];

export function bringing(root, words) {
  const part = (name) => root.querySelector(`[data-bring-${name}]`);
  const desk = { urls: { add: root.dataset.add }, words, library: { keep() {} } };
  const uploads = new Uploads(desk);
  const rows = new Map();
  const input = part("input");

  const add = (files) => {
    part("work").hidden = false;
    for (const file of naturally(files)) {
      const key = uploads.add(file);
      if (!rows.has(key)) draw(uploads.get(key));
    }
  };

  // The first change of a file comes while it is being added, before its key is known.
  const draw = (upload) => {
    if (!rows.has(upload.key)) {
      const row = new Row(upload, { root, words, uploads });
      rows.set(upload.key, row);
      part("rows").append(row.element);
    }
    rows.get(upload.key).show();
    sum();
  };

  const sum = () => {
    const all = [...uploads.all.values()];
    const busy = all.filter(({ state }) => BUSY.includes(state));
    const made = all.filter(({ state }) => state === "done");
    const fresh = made.filter(({ picture }) => !picture.known).map(({ picture }) => picture.id);
    const failed = all.filter(({ state }) => state === "failed").length;
    part("status").textContent = busy.length
      ? say(words.progress, { done: all.length - busy.length, all: all.length })
      : [
          fresh.length && say(fresh.length === 1 ? words.one_in : words.many_in, { count: fresh.length }),
          failed && say(words.not_in, { count: failed }),
        ].filter(Boolean).join(" ");
    part("after").hidden = busy.length > 0 || fresh.length === 0;
    part("many").href = `${root.dataset.many}?ids=${fresh.join(",")}`;
  };

  uploads.addEventListener("change", ({ detail }) => draw(detail));
  uploads.addEventListener("progress", ({ detail }) => rows.get(detail.key)?.show());
  part("one").hidden = true;
  for (const name of ["choose", "hint"]) part(name).hidden = false;
  part("choose").addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    add(input.files);
    input.value = "";
  });
  droppingAnywhere(add);
  window.addEventListener("beforeunload", (event) => {
    if ([...uploads.all.values()].some(({ state }) => BUSY.includes(state))) event.preventDefault();
  });
}

function droppingAnywhere(add) {
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  const mark = (on) => document.body.classList.toggle("library-dropping", on);
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(true);
  });
  document.addEventListener("dragleave", (event) => !event.relatedTarget && mark(false));
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(false);
    add(event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    add(event.clipboardData.files);
  });
}

class Row {
  constructor(upload, { root, words, uploads }) {
    Object.assign(this, { upload, root, words });
    const name = upload.file.name || words.pasted;
    this.bar = element("progress", { max: "1", value: "0", "aria-label": name });
    this.picture = element("span", { class: "bring-picture" });
    this.state = element("span", { class: "bring-state" });
    this.cancel = this.button("cancel", "cancel_one", () => uploads.discard(upload.key), name);
    this.retry = this.button("try_again", "try_one_again", () => uploads.retry(upload.key), name);
    this.element = element(
      "li", {},
      this.picture,
      element("span", { class: "bring-name" }, name),
      this.bar,
      this.state,
      this.cancel,
      this.retry,
    );
  }

  button(label, spoken, act, name) {
    return button(this.words[label], act, { "aria-label": say(this.words[spoken], { name }) });
  }

  show() {
    const { state, share } = this.upload;
    this.element.dataset.state = state;
    this.bar.value = share;
    this.bar.hidden = !BUSY.includes(state);
    // A button that goes must not take the focus with it.
    const focused = this.element.contains(document.activeElement);
    this.cancel.hidden = !BUSY.includes(state) && state !== "failed";
    this.retry.hidden = state !== "failed";
    const said = this.said(state, share);
    if (said !== this.state.textContent) this.state.replaceChildren(...[said].flat());
    if (focused && document.activeElement === document.body) {
      this.element.tabIndex = -1;
      this.element.focus();
    }
  }

  said(state, share) {
    const { words, upload } = this;
    if (state === "waiting") return words.waiting;
    if (state === "sending") return share < 1 ? words.sending : words.preparing;
    if (state === "discarded") return words.cancelled;
    if (state === "failed") return this.why(upload.error);
    return this.link(upload.picture);
  }

  why(error) {
    if (!error.login) return error.message;
    const login = { href: this.root.dataset.login, target: "_blank" };
    return [`${error.message} `, element("a", login, this.words.log_in)];
  }

  link(picture) {
    const name = this.element.querySelector(".bring-name").textContent;
    this.picture.replaceChildren(element("img", { src: picture.thumbnail, alt: "" }));
    return element(
      "a",
      {
        href: this.root.dataset.change.replace("/0/", `/${picture.id}/`),
        "aria-label": `${picture.known ? this.words.known : this.words.done}: ${name}`,
      },
      picture.known ? this.words.known : this.words.done,
    );
  }
}

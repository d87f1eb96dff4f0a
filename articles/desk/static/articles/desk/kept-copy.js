// Nothing typed is lost: a copy of the story's form lies in this browser until the server has it.
//
// Each copy has a name (the hidden field "copy"); the server remembers the names of those it has
// saved and gives them to the page, which then drops them. Leaving a changed form asks first.
// The server keeps copies, too (beat.js), and tells the page of those that it has: {id, name, at, when, place, headline}.
// Pictures that are on their way are kept with it, and their captions: a field may have what it holds
// of these as `unfinished`, {html, files: [{key, file, …}]}, and takes that when it is restored.

import { dropFilesBut, findFiles, keepFiles } from "./kept-files.js";

const PREFIX = "newsroom:copy:";
const OLD = 30 * 24 * 3600 * 1000;
const SKIPPED = new Set(["csrfmiddlewaretoken", "copy"]);
const WAIT = 500;

// What a person's copies begin with.
export const ownerOf = (user) => `${PREFIX}${user}:`;

export function copies() {
  const found = [];
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    try {
      found.push({ key, ...JSON.parse(localStorage.getItem(key)) });
    } catch {
      localStorage.removeItem(key);
    }
  }
  return found;
}

// Files that no copy speaks of any more.
export function dropFiles() {
  return dropFilesBut(
    () =>
      new Set(
        copies()
          .flatMap(({ files }) => files ?? [])
          .map((f) => f.key),
      ),
  );
}

const told = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null") ?? [];

function dropSaved() {
  const names = new Set(told("saved-copies"));
  for (const copy of copies()) {
    if (names.has(copy.name) || Date.now() - copy.at > OLD) localStorage.removeItem(copy.key);
  }
  dropFiles();
}

// What the form holds, in order; the body's editor has written its text into the textarea.
export const held = (form) =>
  [...new FormData(form)]
    .filter(
      ([name, value]) => !SKIPPED.has(name) && !name.startsWith("_") && typeof value === "string",
    )
    .map(([name, value]) => [name, form.elements[name]?.unfinished?.html ?? value]);

export const unfinishedFiles = (form) =>
  [...form.elements].flatMap(({ unfinished }) => unfinished?.files ?? []);

class KeptCopy {
  constructor(form) {
    this.form = form;
    const { user, story, edits } = form.dataset;
    // A version of a story that is changed by itself has copies of its own.
    this.owner = `${ownerOf(user)}${story || "new"}${edits ? `@${edits}` : ""}:`;
    // A form that comes back with errors goes on with its copy; two tabs have one each.
    const [name] = form.elements.copy.value.split(" ");
    this.nameIt(name || newName());
    this.changed = "unsaved" in form.dataset;
    for (const type of ["input", "change", "newsroom:changed"]) {
      form.addEventListener(type, () => this.touch());
    }
    form.addEventListener("newsroom:sending", () => {
      this.write();
      this.leaving = true;
    });
    form.addEventListener("newsroom:not-sent", () => {
      this.leaving = false;
    });
    window.addEventListener("beforeunload", (event) => this.ask(event));
    window.addEventListener("pagehide", () => {
      if (this.changed) this.write();
    });
    window.addEventListener("pageshow", ({ persisted }) => {
      this.leaving = false;
      // Come back to after it was saved: what is typed now is another copy.
      if (persisted) this.nameIt(newName());
    });
    // Logging out, in this tab: what is typed is kept until that is done, and no question asked twice.
    window.addEventListener("newsroom:keep", () => this.write());
    window.addEventListener("newsroom:leaving", () => {
      this.leaving = true;
    });
    // In another: nothing is kept any more, whatever this page still does on its way out.
    window.addEventListener("newsroom:left", () => {
      clearTimeout(this.timer);
      this.left = true;
      localStorage.removeItem(this.key);
      dropFiles();
    });
    if (this.changed) this.write();
    else this.begin();
  }

  // names: of the copies that this one goes on with.
  nameIt(name, ...names) {
    this.name = name;
    this.key = `${this.owner}${name}`;
    this.form.elements.copy.value = [name, ...names].join(" ");
  }

  touch() {
    this.changed = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), WAIT);
  }

  write() {
    clearTimeout(this.timer);
    if (!this.changed || this.left) return;
    const files = unfinishedFiles(this.form);
    const copy = {
      name: this.name,
      at: Date.now(),
      fields: held(this.form),
      files: files.map(({ file, ...told }) => told),
    };
    try {
      localStorage.setItem(this.key, JSON.stringify(copy));
    } catch {
      this.makeRoom(copy);
    }
    if (files.length || this.files) this.keepFiles(files);
  }

  // After the copy that names them, and one after the other. What has arrived is not kept any longer.
  keepFiles(files) {
    this.files = files.length;
    this.keeping = (this.keeping ?? Promise.resolve())
      .then(() => this.left || keepFiles(files))
      .then(dropFiles);
  }

  makeRoom(copy) {
    const others = copies()
      .filter(({ key }) => key !== this.key)
      .sort((a, b) => a.at - b.at);
    if (others.length) localStorage.removeItem(others[0].key);
    try {
      localStorage.setItem(this.key, JSON.stringify(copy));
    } catch {
      // The browser keeps no more: leaving still asks.
    }
  }

  ask(event) {
    if (!this.changed || this.leaving || this.left) return;
    this.write();
    event.preventDefault();
  }

  // One comes from the page on which a copy was compared, or there may be some to offer.
  async begin() {
    const offered = this.found();
    const chosen = /^#copy=(\d+)$/.exec(location.hash)?.[1];
    if (!chosen) return this.offer(offered);
    history.replaceState(history.state, "", location.pathname + location.search);
    await this.goOn(offered.find(({ id }) => String(id) === chosen) ?? { id: chosen });
  }

  // The copies of this form, the newest first: those of this browser, which are as new as what the
  // server has of them, and those that were typed elsewhere.
  found() {
    const elsewhere = new Map(told("typed-copies").map((copy) => [copy.name, copy]));
    const now = JSON.stringify(held(this.form));
    const here = copies()
      .filter(({ key }) => key.startsWith(this.owner))
      .map((copy) => ({ ...copy, id: elsewhere.get(copy.name)?.id }));
    for (const { name } of here) elsewhere.delete(name);
    return [...here, ...elsewhere.values()]
      .filter(({ fields }) => !fields || JSON.stringify(fields) !== now)
      .sort((a, b) => b.at - a.at);
  }

  offer([newest, ...others]) {
    const place = document.querySelector("[data-copy-offer]");
    place.hidden = !newest;
    if (!newest) return;
    const words = place.querySelector("[data-copy-words]");
    const time = new Date(newest.at).toLocaleString(document.documentElement.lang || undefined, {
      dateStyle: "short",
      timeStyle: "short",
    });
    const { copyWords, copyElsewhere } = words.dataset;
    words.textContent = newest.fields
      ? copyWords.replace("%s", time)
      : copyElsewhere.replace(
          "%s",
          [newest.when, newest.place, newest.headline && `“${newest.headline}”`]
            .filter(Boolean)
            .join(", "),
        );
    const on = (name, act) => {
      // Without what an offer before it does.
      const button = place.querySelector(`[data-copy-${name}]`);
      const fresh = button.cloneNode(true);
      button.replaceWith(fresh);
      fresh.addEventListener("click", act);
      return fresh;
    };
    const close = () => {
      place.hidden = true;
      // The focus goes on from where the button was: the next Tab leads into the form.
      this.form.tabIndex = -1;
      this.form.focus({ preventScroll: true });
    };
    on("restore", () => {
      close();
      this.goOn(newest);
    });
    on("compare", () =>
      this.form.dispatchEvent(new CustomEvent("newsroom:compare", { detail: newest })),
    );
    on("discard", () => {
      if (newest.key) localStorage.removeItem(newest.key);
      dropFiles();
      this.form.dispatchEvent(new CustomEvent("newsroom:discarded", { detail: newest }));
      if (others.length) this.offer(others);
      else close();
    });
  }

  async goOn(copy) {
    let found = copy;
    if (!copy.fields) {
      const answer = await fetch(
        `${document.querySelector("[data-beat]").dataset.copy.replace("/0/", `/${copy.id}/`)}fields/`,
        {
          headers: { Accept: "application/json" },
        },
      ).catch(() => null);
      if (!answer?.ok) return this.offer(this.found());
      const { name, content } = await answer.json();
      found = { ...content, name };
    }
    await this.restore(found);
  }

  async restore({ key, name, fields, files = [] }) {
    const found = files.length ? await findFiles(files.map((each) => each.key)) : new Map();
    const unfinished = files.map((each) => ({ ...each, file: found.get(each.key) ?? null }));
    for (const place of this.form.querySelectorAll("[data-rows]")) {
      const first = place.querySelector("li.desk-row [name]")?.name;
      const rows = first ? rowsIn(fields, first) : [];
      place.dispatchEvent(new CustomEvent("newsroom:restore", { detail: rows }));
    }
    for (const [name, value] of fields) {
      const field = this.form.elements[name];
      if (!field || !("value" in field) || field.closest?.("[data-rows]")) continue;
      field.value = value;
      if (unfinished.some((each) => value.includes(each.key))) {
        field.unfinished = { html: value, files: unfinished };
        field.dispatchEvent(new CustomEvent("newsroom:files"));
      }
      window.CKEDITOR?.instances[field.id]?.setData(value);
      field.dispatchEvent(new CustomEvent("newsroom:restored", { bubbles: true }));
    }
    this.nameIt(this.name, name);
    this.changed = true;
    this.write();
    if (key) localStorage.removeItem(key);
    this.form.dispatchEvent(new CustomEvent("newsroom:gone-on"));
  }
}

const newName = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;

// The pairs of a copy that belong to a list, a row each; first: the name with which a row begins.
export function rowsIn(fields, first) {
  const prefix = first.split("_")[0];
  const rows = [];
  for (const pair of fields) {
    if (pair[0] !== prefix && !pair[0].startsWith(`${prefix}_`)) continue;
    if (pair[0] === first) rows.push([]);
    rows.at(-1)?.push(pair);
  }
  return rows.filter((row) => row.some(([, value]) => value));
}

dropSaved();
for (const form of document.querySelectorAll("form[data-story-form]")) new KeptCopy(form);

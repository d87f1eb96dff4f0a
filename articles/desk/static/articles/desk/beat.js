// While somebody writes: every few seconds one request takes to the server what has changed, and brings
// back who else has the story open. Nothing waits for it; what it cannot bring stays in the browser's
// own copy (kept-copy.js) and goes as soon as the server is there again.

import { csrfToken } from "../editor/library.js";
import { held, unfinishedFiles } from "./kept-copy.js";

// In milliseconds: between two copies, between two signs of life, and how long one is typing.
const COPY = 4_000;
const ALIVE = 10_000;
const TYPING = 15_000;
// A server that does not answer is asked for a sign of life only, and soon again.
const PATIENCE = 60_000;
const PROBE = 5_000;
const TICK = 1_000;
// More than this no browser sends from a page that closes.
const LAST_BYTES = 60_000;

// What is to be sent now: "copy", "sign", or "" for nothing. All in milliseconds, and what the page
// knows: touched (since the last copy), sent (when last), failed (the last time).
export function due({ now, sent, touched, failed }) {
  const passed = now - sent;
  if (failed) return passed >= COPY ? "sign" : "";
  if (touched && passed >= COPY) return "copy";
  return passed >= ALIVE ? "sign" : "";
}

// Of the values of a copy, as the server takes them.
export function contentOf(fields, files) {
  const told = files.map(({ file, ...rest }) => rest);
  return JSON.stringify({ fields, files: told });
}

class Beat {
  constructor(place, form) {
    this.place = place;
    this.form = form;
    this.words = place.dataset;
    this.touched = "unsaved" in form.dataset;
    this.sent = Number.NEGATIVE_INFINITY;
    this.typedAt = Number.NEGATIVE_INFINITY;
    this.opened = this.touched ? null : this.content();
    this.status = document.createElement("span");
    this.status.className = "desk-kept";
    form.querySelector("[data-saving]")?.after(this.status);
    this.people = place.querySelector("[data-people]");
    this.take = place.querySelector("[data-take]");
    this.take.addEventListener("click", () => this.takeOver());
    for (const type of ["input", "change", "newsroom:changed"]) {
      form.addEventListener(type, () => this.touch());
    }
    form.addEventListener("newsroom:gone-on", () => {
      this.touch();
      this.send("copy");
    });
    form.addEventListener("newsroom:compare", ({ detail }) => this.compare(detail));
    form.addEventListener("newsroom:discarded", ({ detail }) => this.drop(detail.name));
    form.addEventListener("newsroom:sending", () => {
      this.resting = true;
      this.abort?.abort();
    });
    form.addEventListener("newsroom:not-sent", () => {
      this.resting = false;
    });
    for (const type of ["newsroom:leaving", "newsroom:left"]) {
      window.addEventListener(type, () => {
        this.over = true;
      });
    }
    window.addEventListener("online", () => this.soon());
    document.addEventListener("visibilitychange", () => document.hidden || this.soon());
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", ({ persisted }) => {
      this.resting = false;
      if (persisted) this.soon();
    });
    setInterval(() => this.tick(), TICK);
    this.tick();
  }

  touch() {
    this.touched = true;
    this.typedAt = performance.now();
  }

  soon() {
    this.sent = Number.NEGATIVE_INFINITY;
    this.tick();
  }

  tick() {
    if (this.busy || this.resting || this.over) return;
    const what = due({
      now: performance.now(),
      sent: this.sent,
      touched: this.touched,
      failed: this.failed,
    });
    if (what) this.send(what);
  }

  content() {
    return contentOf(held(this.form), unfinishedFiles(this.form));
  }

  data(content) {
    const { form } = this;
    const data = new FormData();
    const told = {
      story: form.dataset.story,
      form_id: form.elements.form_id?.value ?? "",
      names: form.elements.copy.value,
      edits: form.dataset.edits ?? "",
      version: form.elements.version?.value ?? "",
      typing: performance.now() - this.typedAt < TYPING ? "1" : "",
      csrfmiddlewaretoken: csrfToken(),
    };
    for (const [name, value] of Object.entries(told)) data.set(name, value);
    if (content !== undefined && content === this.opened) data.set("same", "1");
    else if (content) data.set("content", content);
    return data;
  }

  async send(what) {
    if (this.busy) return;
    this.busy = true;
    this.sent = performance.now();
    const copies = what === "copy";
    const content = copies ? this.content() : undefined;
    if (copies) this.touched = false;
    this.abort = new AbortController();
    const patience = setTimeout(() => this.abort.abort(), copies ? PATIENCE : PROBE);
    let answer = null;
    let response = null;
    try {
      response = await fetch(this.words.beat, {
        method: "POST",
        body: this.data(content),
        headers: { Accept: "application/json" },
        signal: this.abort.signal,
      });
      answer = await response.json();
    } catch {
      // No server, or not ours.
    }
    clearTimeout(patience);
    this.busy = false;
    const ok = Boolean(answer && response.ok);
    const again = this.failed && ok;
    this.failed = !ok && ![404, 413].includes(response?.status);
    if (copies && !ok) this.touched = true;
    this.tell(response?.status, answer, copies);
    // It is back: what has been waiting goes at once.
    if (again && this.touched) this.send("copy");
  }

  tell(status, answer, copies) {
    if (status === 200 && answer) {
      if (copies) this.kept(answer);
      else if (!this.touched && this.unkept) this.say("");
      this.show(answer);
    } else if (status === 401) {
      this.unkept = true;
      this.say(this.words.loggedOut);
    } else if (status === 429) {
      // It comes again.
    } else if (status === 404) {
      this.over = true;
      this.show({ people: [answer?.error].filter(Boolean) });
      this.say("");
    } else if (status === 413) {
      this.say(answer?.error ?? "");
    } else if (this.touched || copies) {
      this.unkept = true;
      this.say(this.words.offline);
    }
  }

  kept({ kept }) {
    this.unkept = false;
    this.say(kept ? this.words.kept.replace("%s", kept) : "");
    // What this copy goes on with is a part of it now, and gone from the server.
    const [name] = this.form.elements.copy.value.split(" ");
    if (kept) this.form.elements.copy.value = name;
  }

  say(words) {
    if (this.status.textContent !== words) this.status.textContent = words;
  }

  show({ people = [], taken = "", saved = "", closed = "", others = false }) {
    // Whoever took it back has the last word.
    if (taken) this.told = "";
    const lines = [taken, closed, saved, ...people, this.told].filter(Boolean);
    const words = lines.join("\n");
    this.take.hidden = !others || Boolean(closed) || Boolean(this.told);
    if (words === this.shown) return;
    this.shown = words;
    this.people.replaceChildren(
      ...lines.map((line) => {
        const paragraph = document.createElement("p");
        paragraph.textContent = line;
        if (line === taken) paragraph.className = "desk-taken";
        return paragraph;
      }),
    );
  }

  async ask(address, values) {
    const data = new FormData();
    for (const [name, value] of Object.entries(values)) data.set(name, value);
    data.set("csrfmiddlewaretoken", csrfToken());
    try {
      const response = await fetch(address, {
        method: "POST",
        body: data,
        headers: { Accept: "application/json" },
      });
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  }

  async takeOver() {
    const answer = await this.ask(this.words.takeOver, { story: this.form.dataset.story });
    this.told = answer?.told;
    this.soon();
  }

  // A copy that only this browser has is brought to the server first.
  async compare({ id, name, fields, files = [] }) {
    let found = id;
    if (fields) {
      const data = this.data(contentOf(fields, files));
      data.set("names", name);
      data.set("typing", "");
      data.set("leaves", "1");
      const answer = await this.ask(this.words.beat, Object.fromEntries(data));
      found = answer?.copy ?? id;
    }
    if (found) location.assign(this.words.copy.replace("/0/", `/${found}/`));
    else this.say(this.words.offline);
  }

  drop(name) {
    this.ask(this.words.drop, { names: name });
  }

  // The tab closes, or goes elsewhere: whatever is not there yet, as far as a browser still sends it.
  leave() {
    if (this.over) return;
    const waits = (this.touched || this.busy) && !this.resting;
    const content = waits ? this.content() : "";
    const data = this.data(new Blob([content]).size < LAST_BYTES ? content : "");
    data.set("leaves", "1");
    data.set("typing", "");
    navigator.sendBeacon(this.words.beat, data);
  }
}

for (const place of document.querySelectorAll("[data-beat]")) {
  const form = document.querySelector("form[data-story-form]");
  if (form) new Beat(place, form);
}

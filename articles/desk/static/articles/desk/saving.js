// Sending a form without losing what was typed: asks first whether one is still logged in, lets one
// log in here if not, renews the form's token, and sends the form once. Ctrl+S saves; leaving a
// changed form asks.

import { csrfToken } from "../editor/library.js";

// A short form of a page that has just come is sent at once: no login ends so soon.
const FRESH = 30_000;
const STOPPED = 8_000;

class Saving {
  constructor(status) {
    this.status = status;
    this.words = status.dataset;
    this.form = status.closest("form");
    const { form } = this;
    this.busy = false;
    this.ready = false;
    this.changed = "unsaved" in status.dataset;
    // After the body's editor, which waits in the capture phase for uploads.
    form.addEventListener("submit", (event) => this.submitted(event));
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
        event.preventDefault();
        form.requestSubmit(form.querySelector("[name=_save], [type=submit]"));
      }
    });
    form.addEventListener("input", () => {
      this.changed = true;
    });
    window.addEventListener("beforeunload", (event) => {
      const goes = this.loggedOut && this.isStory();
      if (this.changed && !this.sent && !goes) event.preventDefault();
    });
    window.addEventListener("pageshow", () => this.again());
    window.addEventListener("newsroom:leaving", () => {
      this.changed = false;
    });
    // Logged out: a story's copy has been asked about, what no copy keeps has not.
    window.addEventListener("newsroom:keep", (event) => {
      if (this.isUnkept()) event.preventDefault();
    });
    window.addEventListener("newsroom:left", (event) => {
      this.loggedOut = true;
      if (this.isUnkept()) event.preventDefault();
    });
  }

  submitted(event) {
    if (event.defaultPrevented) return;
    if (event.submitter?.matches("[data-preview]")) return this.preview(event);
    if (!this.sent && (this.ready || this.isFresh())) {
      this.sent = true;
      // Where the page is stopped on its way, the next press sends again.
      setTimeout(() => this.again(), STOPPED);
      return;
    }
    event.preventDefault();
    if (!this.busy && !this.sent) this.send(event.submitter);
  }

  // In a tab of its own, and at once: a browser opens none for what comes later.
  preview(event) {
    if (this.size() > Number(this.words.maxBytes)) {
      event.preventDefault();
      return this.say(this.words.tooBig);
    }
    this.form.elements.csrfmiddlewaretoken.value = csrfToken();
  }

  isFresh() {
    if (this.isStory() || this.loggedOut || !navigator.onLine) return false;
    return performance.now() < FRESH;
  }

  isStory() {
    return "storyForm" in this.form.dataset;
  }

  isUnkept() {
    return this.changed && !this.isStory();
  }

  async send(button) {
    if (this.size() > Number(this.words.maxBytes)) return this.say(this.words.tooBig);
    this.busy = true;
    this.say(this.words.sending);
    for (const each of this.buttons()) each.setAttribute("aria-disabled", "true");
    const problem = (await this.renew()) ?? (await this.logIn(this.answer));
    if (problem) return this.rest(problem);
    this.ready = true;
    this.form.dispatchEvent(new CustomEvent("newsroom:sending"));
    this.form.requestSubmit(button);
    this.ready = false;
    // Something else, such as an upload that has just begun, held it back and will send it again.
    if (!this.sent) this.rest("");
  }

  size() {
    return new Blob([...new FormData(this.form).values()]).size;
  }

  // Takes a fresh token. "" when all is well, undefined when one has to log in, else what is wrong.
  async renew() {
    let response;
    try {
      response = await fetch(this.words.alive, {
        headers: { Accept: "application/json" },
        cache: "no-store",
      });
      this.answer = await response.json();
    } catch {
      return this.words.offline;
    }
    if (response.status >= 500) return this.answer.error ?? this.words.offline;
    if (!response.ok || String(this.answer.user) !== this.words.user) return undefined;
    this.form.elements.csrfmiddlewaretoken.value = this.answer.token;
    return "";
  }

  // Shows the login in a dialog; resolves when it is done, or with a sentence when it was closed.
  logIn(answer) {
    const { expired, other, login, cancel } = this.words;
    const dialog = document.createElement("dialog");
    dialog.className = "desk-login";
    const words = document.createElement("p");
    words.textContent = answer?.user ? other : expired;
    const frame = document.createElement("iframe");
    frame.title = words.textContent;
    frame.src = login;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = cancel;
    dialog.append(words, frame, button);
    document.body.append(dialog);
    dialog.showModal();
    return new Promise((resolve) => {
      const done = (problem) => {
        dialog.remove();
        resolve(problem);
      };
      const close = () => done(words.textContent);
      button.addEventListener("click", close);
      dialog.addEventListener("cancel", close);
      frame.addEventListener("load", async () => {
        frame.contentDocument.addEventListener("keydown", ({ key }) => key === "Escape" && close());
        const problem = await this.renew();
        if (problem === "") done("");
        else if (this.answer?.user) words.textContent = other;
      });
    });
  }

  again() {
    this.sent = false;
    this.rest("");
  }

  rest(problem) {
    this.busy = false;
    for (const each of this.buttons()) each.removeAttribute("aria-disabled");
    this.say(problem);
    this.form.dispatchEvent(new CustomEvent("newsroom:not-sent"));
  }

  buttons() {
    return this.form.querySelectorAll("[type=submit]");
  }

  say(sentence) {
    this.status.textContent = sentence;
  }
}

for (const status of document.querySelectorAll("[data-saving]")) new Saving(status);

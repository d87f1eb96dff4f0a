// The strip under the toolbar, in sight with it: what happened, said to screen readers too, and the choices it leaves.
import { button, element } from "./element.js";

export class Notices {
  constructor(desk) {
    this.desk = desk;
    this.strip = element("div", { class: "figures-notice", role: "status" });
    desk.editor.on("instanceReady", () => {
      desk.editor.ui.space("top").$.append(this.strip);
    });
    desk.editor.on("destroy", () => this.strip.remove());
  }

  // choices: pairs of a label and what to do; login: offer to log in in a new tab; untilUndo: it is
  // about what undo takes back.
  say(sentence, { choices = [], login = false, untilUndo = choices.length > 0 } = {}) {
    const { words, urls } = this.desk;
    const close = button("×", () => this.close(), { class: "close", "aria-label": words.close });
    const link = element("a", { href: urls.login, target: "_blank" }, words.log_in);
    this.untilUndo = untilUndo;
    this.strip.replaceChildren(
      element("span", {}, sentence),
      ...(login ? [link] : []),
      ...choices.map(([label, act]) => button(label, act)),
      close,
    );
  }

  // Says something beside what stands there: an offer waits for its answer.
  add(sentence) {
    if (!this.strip.childElementCount) return this.say(sentence);
    this.strip.lastElementChild.before(element("span", {}, sentence));
  }

  // Asks for one line of text; answer(text) returns the sentence that refuses it, or "".
  ask(question, label, answer) {
    const { words } = this.desk;
    const refusal = element("span", { role: "alert" });
    const take = () => {
      refusal.textContent = answer(input.value);
      if (refusal.textContent) input.focus();
      else this.strip.replaceChildren();
    };
    const keys = {
      // It would send the story's form.
      Enter: take,
      Escape: () => this.close(),
    };
    const input = element("input", {
      type: "text",
      inputmode: "url",
      autocomplete: "off",
      onkeydown: (event) => {
        if (event.isComposing || !(event.key in keys)) return;
        event.preventDefault();
        keys[event.key]();
      },
    });
    this.untilUndo = false;
    this.strip.replaceChildren(
      element("label", {}, question, " ", input),
      button(label, take),
      refusal,
      button("×", () => this.close(), { class: "close", "aria-label": words.close }),
    );
    input.focus();
  }

  // Undo has taken back what it is about.
  undone() {
    if (this.untilUndo) this.close();
  }

  close() {
    this.untilUndo = false;
    const inside = this.strip.contains(document.activeElement);
    this.strip.replaceChildren();
    if (inside) this.desk.editor.focus();
  }
}

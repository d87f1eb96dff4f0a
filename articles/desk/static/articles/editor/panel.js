// One picture's alt text, credit and place, in the figure itself: no dialog takes the text away.
import { makeLead, movePicture, removePicture, splitOut } from "./commands.js";
import { button, element } from "./element.js";
import { idOf, keysOf, leadOf } from "./figures.js";
import { say } from "./words.js";

export class Panel {
  constructor(desk, widget, close) {
    this.desk = desk;
    this.widget = widget;
    this.close = close;
    this.key = null;
    this.saving = Promise.resolve();
    this.pending = 0;
    this.said = "";
    this.place = "";
    this.root = element("div", {
      class: "panel",
      role: "group",
      onkeydown: (event) => event.key === "Escape" && desk.altTexts.leave(this),
    });
  }

  // Leaves what is being typed alone: only another picture draws the fields anew.
  render(key) {
    this.id = key && idOf(this.desk, key);
    const found = this.id && this.desk.library.get(this.id);
    this.root.hidden = !found;
    if (!found) this.key = null;
    else if (this.key !== key) this.draw(key, found);
    if (!found) return;
    this.count.textContent = this.place;
    this.renderButtons(key);
  }

  draw(key, found) {
    const { words } = this.desk;
    this.key = key;
    this.status = element("p", { class: "status", role: "status" });
    this.row = element("div", { class: "row" });
    this.root.setAttribute("aria-label", say(words.about_picture, { id: found.id }));
    this.count = element("span", { class: "count" });
    // Which one it is shows where there are several.
    const which = element("img", { class: "which", src: found.thumbnail, alt: "" });
    which.hidden = keysOf(this.desk, this.widget).length < 2;
    this.root.replaceChildren(
      which,
      this.field("alt_text", words.alt_text, words.alt_hint, found),
      ...this.credits(found),
      element("p", { class: "hint", hidden: found.may_describe }, words.may_not_describe),
      this.status,
      this.row,
    );
    this.buttons = {
      left: button("←", () => movePicture(this.desk, this.widget, this.key, -1)),
      right: button("→", () => movePicture(this.desk, this.widget, this.key, 1)),
      split: button(words.split, () => splitOut(this.desk, this.widget, this.key)),
      lead: button(words.make_lead, () => makeLead(this.desk, this.widget, this.key)),
      remove: button(words.remove, () => removePicture(this.desk, this.widget, this.key)),
      close: button(words.close, () => this.close()),
    };
    this.buttons.left.setAttribute("aria-label", words.move_left);
    this.buttons.right.setAttribute("aria-label", words.move_right);
    this.row.replaceChildren(...Object.values(this.buttons));
  }

  renderButtons(key) {
    const keys = keysOf(this.desk, this.widget);
    const [leadWidget, lead] = leadOf(this.desk);
    const { left, right, split } = this.buttons;
    left.disabled = keys[0] === key;
    right.disabled = keys.at(-1) === key;
    split.disabled = keys.length < 2;
    const isLead = leadWidget === this.widget && lead === key;
    this.buttons.lead.setAttribute("aria-pressed", String(isLead));
  }

  // Who took it is asked only where somebody is named: else the credit is enough.
  credits(found) {
    const { words } = this.desk;
    if (!found.photographer) return [this.field("credit", words.credit, words.credit_hint, found)];
    return [
      this.field("photographer", words.photographer, words.photographer_beside, found),
      this.field("credit", words.credit, words.credit_beside, found),
    ];
  }

  field(name, label, hint, found) {
    const isAlt = name === "alt_text";
    const input = element("input", {
      type: "text",
      value: (isAlt && this.desk.altTexts.refused.get(found.id)) || found[name],
      enterkeyhint: isAlt && "next",
      maxlength: this.desk.editor.config.figures.longest,
      readonly: !found.may_describe,
      onchange: () => this.save(found.id, name, input.value),
      onkeydown: (event) => {
        if (event.key !== "Enter" || event.isComposing) return;
        // It would send the story's form.
        event.preventDefault();
        const saved = this.save(found.id, name, input.value);
        if (isAlt && found.may_describe) this.desk.altTexts.goOn(this, saved);
      },
    });
    return element(
      "label",
      { "data-field": name },
      element("span", {}, label, ...(isAlt ? [" ", this.count] : [])),
      input,
      element("small", { class: "hint" }, hint),
    );
  }

  // One after the other: each answer describes the whole picture, and must not bring old words back.
  // "Saved" is said when all of it is.
  save(id, name, value) {
    const { status } = this;
    this.pending += 1;
    this.saving = this.saving.then(async () => {
      await this.send(status, id, name, value);
      this.pending -= 1;
      if (!this.pending) status.textContent = this.said;
    });
    return this.saving;
  }

  async send(status, id, name, value) {
    const { library, notices, words, altTexts } = this.desk;
    if (name === "alt_text") altTexts.refused.delete(id);
    if (library.get(id)?.[name] === value) return;
    status.textContent = words.saving;
    try {
      await library.describe(id, { [name]: value });
      this.said = words.saved;
      if (name === "photographer") this.renewCredit(id);
    } catch (refused) {
      this.said = refused.message;
      if (name === "alt_text") altTexts.refused.set(id, value);
      // Said where it is seen, if one has gone on to another picture meanwhile.
      if (refused.login || this.status !== status || this.root.hidden)
        notices.say(refused.message, { login: refused.login });
    }
  }

  // It names another photographer where it named the one before.
  renewCredit(id) {
    const input = this.root.querySelector("[data-field=credit] input");
    const isTyped = input === input.getRootNode().activeElement;
    if (idOf(this.desk, this.key) === id && !isTyped)
      input.value = this.desk.library.get(id).credit;
  }

  focus() {
    this.root.querySelector("input").focus();
    // The picture is seen while one describes it.
    const { wrapper } = this.widget;
    const fits = wrapper.$.offsetHeight < window.innerHeight * 0.75;
    (fits ? wrapper.$ : this.root).scrollIntoView({ block: fits ? "center" : "nearest" });
  }

  isInUse() {
    return this.root.contains(this.root.getRootNode().activeElement);
  }

  // Of the two arrows the one wanted, or, at the end of the row, the other.
  focusArrow(wanted) {
    const { left, right } = this.buttons;
    const [first, other] = wanted === "left" ? [left, right] : [right, left];
    (first.disabled ? other : first).focus();
  }
}

// One file on its way into the library: its name, progress, outcome, and what can be done about it.
import { button, element } from "../editor/element.js";
import { UNDER_WAY, isWorkedOn } from "../editor/uploads.js";
import { say } from "../editor/words.js";

export class Row {
  constructor(upload, { root, words, uploads }) {
    Object.assign(this, { upload, root, words });
    const name = upload.file.name || words.pasted;
    this.bar = element("progress", { max: "1", value: "0", "aria-label": name });
    this.picture = element("span", { class: "bring-picture" });
    this.state = element("span", { class: "bring-state" });
    this.cancel = this.button("cancel", "cancel_one", () => uploads.discard(upload.key), name);
    this.dismiss = this.button("dismiss", "dismiss_one", () => uploads.discard(upload.key), name);
    this.retry = this.button("try_again", "try_one_again", () => uploads.retry(upload.key), name);
    this.element = element(
      "li",
      {},
      this.picture,
      element("span", { class: "bring-name" }, name),
      this.bar,
      this.state,
      this.cancel,
      this.retry,
      this.dismiss,
    );
  }

  button(label, spoken, act, name) {
    return button(this.words[label], act, { "aria-label": say(this.words[spoken], { name }) });
  }

  show() {
    const { state, share } = this.upload;
    this.element.dataset.state = state;
    this.bar.value = share;
    this.bar.hidden = !UNDER_WAY.includes(state) || isWorkedOn(this.upload);
    // A button that goes must not take the focus with it.
    const focused = this.element.contains(document.activeElement);
    this.cancel.hidden = !UNDER_WAY.includes(state);
    this.retry.hidden = this.dismiss.hidden = state !== "failed";
    const said = this.said(state);
    if (said !== this.state.textContent) this.state.replaceChildren(...[said].flat());
    if (focused && document.activeElement === document.body) {
      this.element.tabIndex = -1;
      this.element.focus();
    }
  }

  said(state) {
    const { words, upload } = this;
    if (state === "waiting") return words.waiting;
    if (state === "postponed") return words.postponed;
    if (state === "sending") return isWorkedOn(upload) ? words.working : words.sending;
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

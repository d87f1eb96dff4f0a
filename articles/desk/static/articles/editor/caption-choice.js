// Under a caption over several pictures: the captions that they brought, to choose from.
import { change } from "./commands.js";
import { button, element } from "./element.js";

export class CaptionChoice {
  constructor(desk, widget) {
    const { words } = desk;
    this.desk = desk;
    this.widget = widget;
    this.title = element("strong", {}, words.which_caption);
    this.list = element("div", { class: "texts" });
    this.close = button("×", () => this.leave(), { "aria-label": words.close });
    this.root = element(
      "div",
      {
        class: "choice",
        role: "group",
        "aria-label": words.which_caption,
        onkeydown: (event) => event.key === "Escape" && this.leave(),
      },
      this.title,
      this.list,
      this.close,
    );
    this.root.hidden = true;
  }

  render() {
    const { captions } = this.desk;
    if (!captions.find(this.widget)) {
      this.root.hidden = true;
      return;
    }
    const choices = captions.choices(this.widget);
    const now = captions.wordsOf(this.widget);
    const state = JSON.stringify([choices, now]);
    this.root.hidden = !choices.length;
    if (state === this.drawn) return;
    this.drawn = state;
    this.list.replaceChildren(...choices.map((html, n) => this.text(html, n, html === now)));
  }

  text(html, n, isNow) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    const choose = () => {
      change(this.desk, () => this.desk.captions.choose(this.widget, html));
      this.list.children[n]?.focus();
    };
    return button(body.textContent, choose, { "aria-pressed": String(isNow) });
  }

  focus() {
    this.list.firstElementChild.focus();
  }

  leave() {
    this.desk.captions.close(this.widget);
    this.widget.view.focusCaption();
    this.render();
  }
}

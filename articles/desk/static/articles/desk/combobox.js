// A text input that offers what the server finds while one types.
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
//
// It dispatches "newsroom:chosen" with {id, text}. Inputs: [data-find], the address that is asked.

const WAIT = 200;
let made = 0;

class Combobox {
  constructor(input) {
    this.input = input;
    this.options = [];
    this.active = -1;
    this.asked = 0;
    this.list = document.createElement("ul");
    this.list.className = "desk-options";
    this.list.id = `desk-options-${made++}`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.getAttribute("aria-label"));
    this.list.hidden = true;
    input.after(this.list);
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
      ["aria-controls", this.list.id],
    ])
      input.setAttribute(name, value);
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // Before blur, which would close the list under the pointer.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("li");
      if (option) this.choose([...this.list.children].indexOf(option));
    });
  }

  typed() {
    clearTimeout(this.timer);
    const words = this.input.value.trim();
    if (words.length < 2 || /^[a-z]+:\/\//i.test(words)) return this.close();
    this.timer = setTimeout(() => this.ask(words), WAIT);
  }

  async ask(words) {
    const number = ++this.asked;
    const response = await fetch(`${this.input.dataset.find}?q=${encodeURIComponent(words)}`, {
      headers: { Accept: "application/json" },
    }).catch(() => null);
    if (!response?.ok || response.redirected) return;
    const { results } = await response.json();
    // An answer that comes after a later question, or after one has gone on, is no answer.
    if (number === this.asked && document.activeElement === this.input) this.show(results);
  }

  show(results) {
    this.options = results;
    this.active = -1;
    this.list.replaceChildren(
      ...results.map(({ text, note }, index) => {
        const option = document.createElement("li");
        option.id = `${this.list.id}-${index}`;
        option.setAttribute("role", "option");
        const small = document.createElement("small");
        small.textContent = note;
        option.append(text, " ", small);
        return option;
      }),
    );
    this.list.hidden = results.length === 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    // While a word is being composed, Enter and the arrows belong to the input method.
    if (event.isComposing || this.list.hidden || event.altKey) return;
    const last = this.options.length - 1;
    if (event.key === "ArrowDown") this.mark(this.active < last ? this.active + 1 : 0);
    else if (event.key === "ArrowUp") this.mark(this.active > 0 ? this.active - 1 : last);
    else if (event.key === "Enter" && this.active >= 0) this.choose(this.active);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  mark(index) {
    this.active = index;
    for (const [number, option] of [...this.list.children].entries()) {
      option.setAttribute("aria-selected", String(number === index));
      if (number === index) option.scrollIntoView({ block: "nearest" });
    }
    this.input.setAttribute("aria-activedescendant", `${this.list.id}-${index}`);
  }

  choose(index) {
    const option = this.options[index];
    this.input.value = option.text;
    this.close();
    this.input.dispatchEvent(new CustomEvent("newsroom:chosen", { bubbles: true, detail: option }));
  }

  close() {
    clearTimeout(this.timer);
    this.asked++;
    this.options = [];
    this.list.replaceChildren();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.("input[data-find]") && target.getAttribute("role") !== "combobox") {
    new Combobox(target);
  }
});

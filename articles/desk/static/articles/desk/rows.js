// Ordered rows of inputs (names, related links): added, removed and moved by buttons or Alt+arrows.

const ADDRESS = /^\s*([a-z][a-z0-9+.-]*:\S|\/\/|www\.)/i;

class Rows {
  constructor(place) {
    this.place = place;
    this.list = place.querySelector("ol");
    const last = this.list.lastElementChild;
    this.blank = last.cloneNode(true);
    this.made = 1000;
    // The row to type in stays only where it is the only one: others are asked for.
    if (this.list.children.length > 1) last.remove();
    for (const row of this.list.children) this.dress(row);
    place
      .querySelector("[data-add]")
      .addEventListener("click", () =>
        this.add().querySelector("input:not([type=hidden])").focus(),
      );
    this.list.addEventListener("input", (event) => this.typed(event.target));
    this.list.addEventListener("newsroom:chosen", (event) => this.chosen(event));
    this.list.addEventListener("keydown", (event) => this.key(event));
    place.addEventListener("newsroom:restore", (event) => this.restore(event.detail));
  }

  add() {
    const row = this.blank.cloneNode(true);
    this.made += 1;
    for (const input of row.querySelectorAll("[id]"))
      input.id = `${this.blank.querySelector("[id]").id}_${this.made}`;
    this.list.append(row);
    this.dress(row);
    return row;
  }

  dress(row) {
    const tools = document.createElement("span");
    tools.className = "desk-row-tools";
    for (const [name, sign] of [
      ["up", "↑"],
      ["down", "↓"],
      ["remove", "×"],
    ]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = sign;
      button.title = this.place.dataset[name];
      button.setAttribute("aria-label", this.place.dataset[name]);
      button.addEventListener("click", () => this[name](row, button));
      tools.append(button);
    }
    row.append(tools);
    this.mark(row);
  }

  up(row, button) {
    this.move(row, row.previousElementSibling, "before", button);
  }

  down(row, button) {
    this.move(row, row.nextElementSibling, "after", button);
  }

  move(row, other, where, focused) {
    if (!other) return;
    // The neighbour is moved, so that the row keeps its focus and its open keyboard.
    row[where === "before" ? "after" : "before"](other);
    focused?.focus();
    this.changed();
  }

  remove(row) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    (next ?? this.add()).querySelector("input:not([type=hidden])").focus();
    this.changed();
  }

  key(event) {
    if (!event.altKey || event.isComposing) return;
    const row = event.target.closest("li.desk-row");
    if (event.key === "ArrowUp") this.up(row, event.target);
    else if (event.key === "ArrowDown") this.down(row, event.target);
    else return;
    event.preventDefault();
  }

  typed(input) {
    const row = input.closest("li.desk-row");
    // What was chosen is not what is written any more.
    if (input.matches("[data-find]")) row.querySelector("[data-choice]").value = "";
    this.mark(row);
  }

  chosen({ target, detail }) {
    const row = target.closest("li.desk-row");
    row.querySelector("[data-choice]").value = detail.id;
    const title = row.querySelector("[data-outside]");
    if (title) title.value = "";
    this.mark(row);
    this.changed();
  }

  // The title is asked for only beside an outside address.
  mark(row) {
    const title = row.querySelector("[data-outside]");
    if (!title) return;
    const chosen = row.querySelector("[data-choice]").value;
    title.hidden =
      Boolean(chosen) || (!title.value && !ADDRESS.test(row.querySelector("[data-find]").value));
    row.classList.toggle("desk-chosen", Boolean(chosen));
  }

  // rows: [[name, value], …] of each row, as a kept copy has them.
  restore(rows) {
    this.list.replaceChildren();
    for (const pairs of rows.length ? rows : [[]]) {
      const row = this.add();
      for (const [name, value] of pairs) row.querySelector(`[name="${name}"]`).value = value;
      this.mark(row);
    }
  }

  changed() {
    this.list.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

for (const place of document.querySelectorAll("[data-rows]")) new Rows(place);

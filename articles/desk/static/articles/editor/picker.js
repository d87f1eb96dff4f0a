// Choose from the library: search, walk with the arrows, take several in the order of choosing.
import { addPictures } from "./adding.js";
import { addTo } from "./commands.js";
import { button, element } from "./element.js";
import { placeAtCaret } from "./placing.js";
import { say } from "./words.js";

const PAUSE = 250;

export function pickingPictures(desk) {
  const { editor, words } = desk;
  editor.addCommand("figuresPick", {
    async: true,
    canUndo: false,
    exec: () => new Picker(desk, placeAtCaret(editor)).open(),
  });
  editor.ui.addButton("FiguresPick", {
    label: words.pick,
    command: "figuresPick",
    toolbar: "figures",
  });
}

// One picture for a video's still.
export function pickFor(desk, widget) {
  new Picker(desk, null, widget).open();
}

class Picker {
  constructor(desk, place, widget = null) {
    const { words } = desk;
    this.desk = desk;
    this.place = place;
    this.widget = widget;
    this.chosen = [];
    this.filter = "";
    this.search = element("input", {
      type: "search",
      "aria-label": words.search,
      placeholder: words.search,
      maxlength: "200",
      oninput: () => this.searchSoon(),
      onkeydown: (event) => this.searchKey(event),
    });
    this.filters = element(
      "div",
      { class: "filters", role: "group", "aria-label": words.show },
      this.filterButton(words.show_all, ""),
      this.filterButton(words.show_mine, "whose=mine"),
      this.filterButton(words.show_unused, "which=unused"),
    );
    this.grid = element("div", {
      class: "grid",
      role: "listbox",
      "aria-multiselectable": String(!widget),
      "aria-label": words.library,
      onkeydown: (event) => this.gridKey(event),
    });
    this.status = element("p", { class: "status", role: "status" });
    this.more = button(words.more, () => this.load(this.next), { hidden: true });
    this.insert = button("", () => this.finish(), { class: "default" });
    this.dialog = element(
      "dialog",
      { class: "figures-picker", "aria-label": words.library, onclose: () => this.dialog.remove() },
      this.search,
      this.filters,
      this.status,
      this.grid,
      this.more,
      element(
        "div",
        { class: "row" },
        this.insert,
        button(words.cancel, () => this.dialog.close()),
      ),
    );
  }

  // filter: what it adds to the address that the list is asked from.
  filterButton(label, filter) {
    const act = (event) => {
      this.filter = filter;
      for (const each of this.filters.children) {
        each.setAttribute("aria-pressed", String(each === event.currentTarget));
      }
      this.load(null);
    };
    return button(label, act, { "aria-pressed": String(!filter) });
  }

  open() {
    document.body.append(this.dialog);
    this.showChosen();
    this.dialog.showModal();
    this.search.focus();
    this.load(null);
  }

  searchSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(null), PAUSE);
  }

  async load(before) {
    const { library, words } = this.desk;
    const asked = {};
    this.asked = asked;
    this.status.textContent = words.loading;
    try {
      const { pictures, next } = await library.find(this.search.value, before, this.filter);
      if (asked !== this.asked) return;
      if (!before) this.grid.replaceChildren();
      for (const picture of pictures) this.grid.append(this.option(picture));
      this.next = next;
      this.more.hidden = next === null;
      this.status.textContent = this.grid.childElementCount ? "" : words.nothing_found;
      this.showChosen();
    } catch (refused) {
      if (asked === this.asked) this.status.textContent = refused.message;
    }
  }

  option(picture) {
    this.desk.library.known.set(picture.id, picture);
    const { alt_text: alt, caption, name } = picture;
    const label = alt || caption || name || say(this.desk.words.number, picture);
    return element(
      "div",
      {
        role: "option",
        tabindex: "-1",
        "data-id": picture.id,
        title: label,
        onclick: (event) => this.toggle(event.currentTarget),
        ondblclick: (event) => this.only(event.currentTarget),
      },
      element("img", { src: picture.thumbnail, alt: "", loading: "lazy" }),
      element("span", { class: "name" }, label),
      element("span", { class: "order", "aria-hidden": "true" }),
    );
  }

  toggle(option) {
    const id = Number(option.dataset.id);
    if (this.chosen.includes(id)) this.chosen.splice(this.chosen.indexOf(id), 1);
    else this.chosen = this.widget ? [id] : [...this.chosen, id];
    this.goTo(option);
    this.showChosen();
  }

  only(option) {
    this.chosen = [Number(option.dataset.id)];
    this.finish();
  }

  showChosen() {
    const { words } = this.desk;
    for (const option of this.grid.children) {
      const order = this.chosen.indexOf(Number(option.dataset.id)) + 1;
      option.setAttribute("aria-selected", String(order > 0));
      option.querySelector(".order").textContent = order || "";
    }
    if (this.grid.firstElementChild && !this.grid.querySelector('[tabindex="0"]')) {
      this.grid.firstElementChild.tabIndex = 0;
    }
    this.insert.textContent = say(words.insert, { count: this.chosen.length });
    this.insert.disabled = !this.chosen.length;
  }

  searchKey(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") this.goTo(this.grid.firstElementChild);
    if (["ArrowDown", "Enter"].includes(event.key)) event.preventDefault();
  }

  gridKey(event) {
    const option = event.target.closest("[role=option]");
    const all = [...this.grid.children];
    const columns = getComputedStyle(this.grid).gridTemplateColumns.split(" ").length;
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
    if (event.key === " ") this.toggle(option);
    else if (event.key === "Enter") this.chosen.length ? this.finish() : this.only(option);
    else if (event.key in steps) this.goTo(all[all.indexOf(option) + steps[event.key]]);
    else if (event.key === "Home") this.goTo(all[0]);
    else if (event.key === "End") this.goTo(all.at(-1));
    else return;
    event.preventDefault();
  }

  goTo(option) {
    if (!option) return;
    for (const each of this.grid.children) each.tabIndex = each === option ? 0 : -1;
    option.focus();
  }

  finish() {
    if (!this.chosen.length) return;
    this.dialog.close();
    this.desk.editor.focus();
    const keys = this.chosen.map(String);
    if (this.widget) addTo(this.desk, this.widget, keys);
    else addPictures(this.desk, keys, this.place);
  }
}

// All pictures of the text small, side by side, to put them in another order in one step of undo.
import { reorder } from "./commands.js";
import { button, element } from "./element.js";
import { allFigures, captionText, idOf, keysOf } from "./figures.js";
import { wayBack } from "./returning.js";
import { moved } from "./moving.js";
import { isVideo } from "./videos.js";
import { say } from "./words.js";

export class Ordering {
  // figure: the one whose pictures one came to move, else all figures.
  constructor(desk, figure = null) {
    const { words } = desk;
    this.desk = desk;
    this.back = wayBack(desk.editor);
    // What is moved: figures among the places of figures, pictures inside their figure.
    this.figures = allFigures(desk.editor).map((each) => ({
      figure: each,
      keys: keysOf(desk, each),
    }));
    this.chosen = null;
    this.grid = element("div", {
      class: "order-grid",
      role: "listbox",
      "aria-label": words.order_title,
      onkeydown: (event) => this.key(event),
    });
    this.steps = {
      first: button(words.order_first, () => this.moveTo(0)),
      back: button(words.order_back, () => this.moveTo(this.at() - 1)),
      on: button(words.order_on, () => this.moveTo(this.at() + 1)),
      last: button(words.order_last, () => this.moveTo(this.siblings().length - 1)),
    };
    this.status = element("p", { class: "status", role: "status" });
    this.dialog = element(
      "dialog",
      { class: "figures-picker", "aria-label": words.order_title, onclose: () => this.closed() },
      element("p", { class: "hint" }, words.order_hint),
      this.grid,
      element("div", { class: "row steps" }, ...Object.values(this.steps)),
      this.status,
      element(
        "div",
        { class: "row" },
        button(words.order_done, () => this.finish(), { class: "default" }),
        button(words.cancel, () => this.dialog.close()),
      ),
    );
    const [first] = figure ? this.figures.filter((each) => each.figure === figure) : this.figures;
    this.chosen = figure ? [first, first.keys[0]] : [first, null];
  }

  open() {
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.render();
  }

  // Called once, by whatever closes it first: the browser tells of it only a moment later.
  closed() {
    if (!this.dialog.isConnected) return;
    this.dialog.remove();
    this.back();
  }

  finish() {
    this.dialog.close();
    reorder(this.desk, this.figures);
    this.closed();
  }

  // What the chosen one may change places with.
  siblings() {
    const [unit, key] = this.chosen;
    return key ? unit.keys : this.figures;
  }

  at() {
    const [unit, key] = this.chosen;
    return key ? unit.keys.indexOf(key) : this.figures.indexOf(unit);
  }

  moveTo(to) {
    const count = this.siblings().length;
    if (to < 0 || to >= count) return;
    const [unit, key] = this.chosen;
    if (key) unit.keys = moved(unit.keys, this.at(), to);
    else this.figures = moved(this.figures, this.at(), to);
    const used = document.activeElement;
    this.render(Object.values(this.steps).includes(used) ? used : null);
    this.status.textContent = say(this.desk.words.order_moved, { number: to + 1, count });
  }

  choose(unit, key) {
    this.chosen = [unit, key];
    this.status.textContent = "";
    this.render();
  }

  // focus: the button in use, which keeps the focus while it can be used again.
  render(focus = null) {
    this.grid.replaceChildren(...this.figures.map((unit, n) => this.unit(unit, n)));
    const { first, back, on, last } = this.steps;
    const at = this.at();
    first.disabled = back.disabled = at === 0;
    last.disabled = on.disabled = at === this.siblings().length - 1;
    const option = this.grid.querySelector("[aria-selected=true]");
    (focus && !focus.disabled ? focus : option).focus();
    option.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  unit(unit, n) {
    const { words } = this.desk;
    const { figure, keys } = unit;
    const place = { number: n + 1, count: this.figures.length };
    const caption = captionText(figure);
    if (keys.length < 2) {
      const name = isVideo(figure) ? words.video : this.nameOf(keys[0]);
      return this.tile(unit, null, caption || name, place, this.imageOf(keys[0]));
    }
    const title = say(words.order_group, { count: keys.length });
    return element(
      "div",
      { class: "order-group", role: "group", "aria-label": caption || title },
      this.tile(unit, null, caption ? `${title} ${caption}` : title, place, null),
      ...keys.map((key, at) =>
        this.tile(
          unit,
          key,
          this.nameOf(key),
          { number: at + 1, count: keys.length },
          this.imageOf(key),
        ),
      ),
    );
  }

  tile(unit, key, name, place, image) {
    const isChosen = unit === this.chosen[0] && key === this.chosen[1];
    return element(
      "div",
      {
        role: "option",
        class: image || !unit.keys.length ? false : "whole",
        tabindex: isChosen ? "0" : "-1",
        "aria-selected": String(isChosen),
        "aria-label": say(this.desk.words.order_place, { name, ...place }),
        title: name,
        draggable: "true",
        onclick: () => this.choose(unit, key),
        ondragstart: (event) => this.drag(event, unit, key),
        ondragover: (event) => this.takes(unit, key) && event.preventDefault(),
        ondrop: (event) => this.drop(event, unit, key),
      },
      image,
      element("span", { class: "name" }, name),
      element("span", { class: "order", "aria-hidden": "true" }, String(place.number)),
    );
  }

  nameOf(key) {
    const { desk } = this;
    const id = idOf(desk, key);
    const found = id && desk.library.get(id);
    if (!found) return desk.uploads.get(key)?.file?.name ?? "";
    return found.alt_text || found.caption || found.name || say(desk.words.number, found);
  }

  imageOf(key) {
    const id = key && idOf(this.desk, key);
    const found = id && this.desk.library.get(id);
    return found ? element("img", { src: found.thumbnail, alt: "", draggable: "false" }) : null;
  }

  key(event) {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    const end = { Home: 0, End: -1 }[event.key];
    if (step === undefined && end === undefined) return;
    event.preventDefault();
    if (event.altKey || event.ctrlKey) {
      this.moveTo(step ? this.at() + step : end === 0 ? 0 : this.siblings().length - 1);
      return;
    }
    const options = [...this.grid.querySelectorAll("[role=option]")];
    const at = options.indexOf(event.target.closest("[role=option]"));
    options.at(step ? Math.min(at + step, options.length - 1) : end)?.click();
  }

  drag(event, unit, key) {
    this.dragged = [unit, key];
    event.dataTransfer.effectAllowed = "move";
    // Firefox drags nothing that says nothing of itself.
    event.dataTransfer.setData("text/plain", event.currentTarget.title);
  }

  // A figure takes the place of a figure, a picture that of another one in its figure.
  takes(unit, key) {
    const [from, moving] = this.dragged ?? [];
    return moving ? from === unit && key !== null : Boolean(from);
  }

  drop(event, unit, key) {
    event.preventDefault();
    if (!this.takes(unit, key)) return;
    this.chosen = this.dragged;
    this.dragged = null;
    const [, moving] = this.chosen;
    this.moveTo(moving ? unit.keys.indexOf(key) : this.figures.indexOf(unit));
  }
}

// From one picture without an alt text to the next by Enter, and back where one was after the last.
import { allFigures, idOf, keysOf } from "./figures.js";
import { wayBack } from "./returning.js";
import { say } from "./words.js";

export class AltTexts {
  constructor(desk) {
    this.desk = desk;
    this.seen = null;
    this.back = null;
    // All that is on its way to the server: each figure sends by itself.
    this.saving = Promise.resolve();
    // Words that the server has not taken, by the picture's id: they stand in its field again.
    this.refused = new Map();
  }

  // {figure, key, id} of each picture that is described to us, in the order of the text.
  known() {
    const { desk } = this;
    const all = new Map();
    for (const figure of allFigures(desk.editor)) {
      for (const key of keysOf(desk, figure)) {
        const id = idOf(desk, key);
        if (id && !all.has(id)) all.set(id, { figure, key, id });
      }
    }
    return [...all.values()].filter(({ id }) => desk.library.get(id));
  }

  // Those of them without an alt text; from: the id of the one after which to begin.
  missing(from = null) {
    const found = this.known();
    const start = found.findIndex(({ id }) => id === from) + 1;
    const inTurn = [...found.slice(start), ...found.slice(0, start)];
    return inTurn.filter(({ id }) => !this.desk.library.get(id).alt_text);
  }

  // Those of them that this person may write.
  open(from = null) {
    return this.missing(from).filter(({ id }) => this.desk.library.get(id).may_describe);
  }

  start() {
    this.back = wayBack(this.desk.editor);
    this.seen = new Set();
    this.next();
  }

  // Called with Enter in the field of a picture; saved: the promise of what was typed there.
  async goOn(panel, saved) {
    const { id } = panel;
    this.saving = Promise.all([this.saving, saved]);
    this.seen ??= new Set();
    this.seen.add(id);
    if (this.next(id)) return;
    await this.saving;
    // Whoever has gone on to something else by now is left there.
    if (panel.isInUse()) this.finish(panel);
  }

  // Opens the next one after this, or else from the beginning; false where there is none.
  next(from = null) {
    const rest = this.open(from).filter(({ id }) => !this.seen.has(id));
    if (!rest.length) return false;
    const [{ figure, key }] = rest;
    const place = { number: this.seen.size + 1, count: this.seen.size + rest.length };
    for (const each of allFigures(this.desk.editor)) {
      if (each !== figure && each.view.open) each.view.openPicture(null);
    }
    figure.view.openPicture(key, say(this.desk.words.count_of, place));
    return true;
  }

  finish(panel) {
    const { words, notices } = this.desk;
    const [again] = this.open().filter(({ id }) => this.refused.has(id));
    if (again) {
      this.seen.delete(again.id);
      again.figure.view.openPicture(again.key);
      return;
    }
    // Alone with one picture, one stays with it.
    if (!this.back && this.seen.size < 2) return this.stop();
    const left = this.missing().length;
    notices.say(left ? say(words.without_alt, { count: left }) : words.all_have_alt);
    this.leave(panel);
  }

  // One has turned to a picture by oneself.
  stop() {
    this.seen = this.back = null;
  }

  // Escape, or the last one: back where one was, or, without a start, to the picture at hand.
  leave(panel) {
    const { back } = this;
    this.stop();
    panel.close();
    back?.();
  }
}

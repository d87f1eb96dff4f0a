// The words of several pictures under one caption: each picture's own are kept, to choose from while
// nobody has written others, and to be given back when the pictures part.
import { asSentences, unique } from "./sentences.js";
import { keysOf } from "./figures.js";

export class Captions {
  constructor(desk) {
    this.desk = desk;
    // By the pictures of a figure: {parts: [{keys, html, emptied}], made, closed}. A part is what one
    // figure brought in; made is the caption that came of it without anybody writing.
    this.records = new Map();
  }

  find(figure) {
    return this.records.get(nameOf(keysOf(this.desk, figure)));
  }

  wordsOf(figure) {
    return figure.editables.caption.getData().trim();
  }

  // The record while its words stand as they were made.
  unchanged(figure) {
    const record = this.find(figure);
    return record?.made === this.wordsOf(figure) ? record : null;
  }

  // What a figure brings into another one.
  partsOf(figure) {
    const keys = keysOf(this.desk, figure);
    const html = this.wordsOf(figure);
    const emptied = !html && this.defaultOf(keys) !== "";
    return this.unchanged(figure)?.parts ?? [{ keys, html, emptied }];
  }

  // Writes into a figure what its parts make of its caption, and keeps them.
  join(figure, parts) {
    this.write(figure, parts, this.made(parts));
  }

  write(figure, parts, made) {
    const { caption } = figure.editables;
    if (this.wordsOf(figure) !== made) caption.setData(made);
    if (keysOf(this.desk, figure).length < 2) return;
    this.records.set(nameOf(keysOf(this.desk, figure)), { parts, made: this.wordsOf(figure) });
  }

  // Whatever somebody has written; else the first that came with a picture.
  made(parts) {
    const written = unique(parts.filter((part) => this.isWritten(part)).map(({ html }) => html));
    return written.length ? asSentences(written) : (this.textsOf(parts)[0] ?? "");
  }

  isWritten({ keys, html }) {
    return html !== "" && html !== this.defaultOf(keys);
  }

  // The different captions of the parts; that of a file may come after its picture was put here.
  textsOf(parts) {
    return unique(parts.map((part) => this.textOf(part)));
  }

  textOf({ keys, html, emptied }) {
    return html || (emptied ? "" : this.defaultOf(keys));
  }

  // The library's caption of one picture, as it stands in a figure.
  defaultOf([key, another]) {
    const { uploads, library } = this.desk;
    const picture = key?.startsWith("u-")
      ? uploads.get(key)?.picture
      : library.known.get(Number(key));
    if (another || !picture?.caption) return "";
    return CKEDITOR.tools.htmlEncode(picture.caption).replace(/\s+/g, " ").trim();
  }

  // What one may choose for a figure; [] where there is nothing to choose.
  choices(figure) {
    const record = this.unchanged(figure);
    if (!record || record.closed) return [];
    const texts = this.textsOf(record.parts);
    if (texts.length > 1) return [...texts, asSentences(texts)];
    return texts.filter((text) => text !== record.made);
  }

  choose(figure, html) {
    this.write(figure, this.find(figure).parts, html);
  }

  close(figure) {
    this.find(figure).closed = true;
  }

  // Asked before pictures leave a figure: own(key) are the words of one that leaves; keep(), called
  // when they have left, leaves those that stay theirs. What was written for all of them stays with
  // those that stay, and is not said twice.
  parting(figure, staying) {
    const now = this.wordsOf(figure);
    const record = this.find(figure);
    const unchanged = this.unchanged(figure);
    const parts = (record?.parts ?? [])
      .map((part) => ({ ...part, keys: part.keys.filter((key) => staying.includes(key)) }))
      .filter(({ keys }) => keys.length);
    const made = unchanged ? this.left(unchanged, parts) : now;
    const own = (key) => {
      const part = record?.parts.find(({ keys }) => keys.length === 1 && keys[0] === key);
      const text = part ? this.textOf(part) : this.defaultOf([key]);
      return !unchanged && text && now.includes(text) ? "" : text;
    };
    const keep = () => {
      if (record && parts.length) this.write(figure, parts, made);
    };
    return { own, keep };
  }

  // What becomes of a made caption when only these parts stay.
  left({ parts: before, made }, parts) {
    const texts = this.textsOf(parts);
    if (texts.includes(made)) return made;
    if (made === asSentences(this.textsOf(before))) return asSentences(texts);
    return this.made(parts);
  }
}

function nameOf(keys) {
  return [...keys].sort().join(" ");
}

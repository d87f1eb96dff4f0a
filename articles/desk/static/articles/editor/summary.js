// The row under the text: how many pictures there are, how many want an alt text, and ways there.
import { button, element } from "./element.js";
import { allFigures, keysOf } from "./figures.js";
import { Ordering } from "./ordering.js";
import { say } from "./words.js";

export function summing(desk) {
  desk.editor.on("instanceReady", () => {
    desk.summary = new Summary(desk);
    desk.summary.render();
  });
}

class Summary {
  constructor(desk) {
    const { editor, words } = desk;
    this.desk = desk;
    this.sentence = element("span", {});
    this.write = button(words.write_alt, () => desk.altTexts.start());
    this.order = button(words.change_order, () => new Ordering(desk).open());
    this.root = element(
      "div",
      // The caret stays where it is, so that one can be led back to it.
      {
        class: "figures-summary",
        onmousedown: (event) => event.preventDefault(),
        onkeydown: (event) => this.key(event),
      },
      this.sentence,
      this.write,
      this.order,
    );
    editor.ui.space("contents").$.after(this.root);
    editor.on("change", () => this.render());
    editor.on("destroy", () => this.root.remove());
  }

  // What was done from here can be undone from here.
  key(event) {
    const command = { z: event.shiftKey ? "redo" : "undo", y: "redo" }[event.key.toLowerCase()];
    if (!command || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.desk.editor.execCommand(command);
  }

  render() {
    const { editor, words, altTexts } = this.desk;
    const figures = allFigures(editor);
    const count = figures.flatMap((figure) => keysOf(this.desk, figure)).length;
    // Of what has not come yet, nothing is known.
    const arrived = altTexts.known().length;
    const missing = altTexts.missing().length;
    const sentence = missing ? words.some_without_alt : words.all_with_alt;
    this.root.hidden = !figures.length;
    this.sentence.textContent = arrived ? say(sentence, { count: arrived, missing }) : "";
    this.write.hidden = !altTexts.open().length;
    this.order.hidden = count < 2 && figures.length < 2;
  }
}

// The row of buttons under a figure: one stop of the Tab key, arrows inside.
import { mergeWithAbove, move, removeFigure, writeBelow } from "./commands.js";
import { chooseFiles } from "./choosing.js";
import { button, element } from "./element.js";
import { figureAt, neighbour } from "./figures.js";

export class Toolbar {
  constructor(desk, widget) {
    const { words } = desk;
    this.desk = desk;
    this.widget = widget;
    this.buttons = {
      up: this.tool(`↑`, words.move_up, () => move(desk, widget, false)),
      down: this.tool(`↓`, words.move_down, () => move(desk, widget, true)),
      merge: this.tool(words.merge, words.merge_hint, () => mergeWithAbove(desk, widget)),
      add: this.tool(words.add_here, words.add_here_hint, () => chooseFiles(desk, widget)),
      below: this.tool(words.write_below, words.write_below_hint, () => writeBelow(desk, widget)),
      remove: this.tool(words.remove_figure, words.remove_figure_hint, () => removeFigure(desk, widget)),
    };
    this.root = element(
      "div",
      { class: "tools", role: "toolbar", "aria-label": words.tools, onkeydown: (e) => this.key(e) },
      ...Object.values(this.buttons),
    );
    this.last = this.buttons.add;
  }

  tool(text, hint, act) {
    return button(text, act, { title: hint, "aria-label": hint, tabindex: "-1" });
  }

  render() {
    const { editor } = this.desk;
    const { up, down, merge } = this.buttons;
    const above = neighbour(this.widget.wrapper, false);
    up.disabled = !above;
    down.disabled = !neighbour(this.widget.wrapper, true);
    merge.disabled = !figureAt(editor, above);
    this.stop(this.last.disabled ? this.enabled()[0] : this.last);
  }

  enabled() {
    return Object.values(this.buttons).filter((tool) => !tool.disabled);
  }

  // The one button that Tab reaches.
  stop(tool) {
    for (const each of Object.values(this.buttons)) each.tabIndex = each === tool ? 0 : -1;
    this.last = tool;
  }

  focus(name) {
    const wanted = this.buttons[name];
    const tool = wanted && !wanted.disabled ? wanted : this.last;
    this.stop(tool);
    tool.focus();
  }

  key(event) {
    const tools = this.enabled();
    const at = tools.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const tool = tools.at(to % tools.length);
    this.stop(tool);
    tool.focus();
  }
}

// The row of buttons under a figure: one stop of the Tab key, arrows inside.
import { joinable, mergeWithAbove, move, removeFigure, writeBelow } from "./commands.js";
import { chooseFiles } from "./choosing.js";
import { button, element } from "./element.js";
import { keysOf, neighbour } from "./figures.js";
import { Ordering } from "./ordering.js";
import { pickFor } from "./picker.js";
import { stepped } from "./stepping.js";
import { isVideo } from "./videos.js";

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
      order: this.tool(words.order, words.order_hint_here, () => new Ordering(desk, widget).open()),
      still: this.tool(words.still, words.still_hint, () => chooseFiles(desk, widget)),
      pick: this.tool(words.still_pick, words.still_pick, () => pickFor(desk, widget)),
      below: this.tool(words.write_below, words.write_below_hint, () => writeBelow(desk, widget)),
      remove: this.tool(words.remove_figure, words.remove_figure_hint, () =>
        removeFigure(desk, widget),
      ),
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
    const { up, down, merge, add, order, still, pick } = this.buttons;
    up.disabled = !neighbour(this.widget.wrapper, false);
    down.disabled = !neighbour(this.widget.wrapper, true);
    merge.disabled = !joinable(this.desk, this.widget);
    merge.hidden = add.hidden = isVideo(this.widget);
    order.hidden = keysOf(this.desk, this.widget).length < 3;
    still.hidden = pick.hidden = !isVideo(this.widget);
    const enabled = this.enabled();
    this.stop([this.last, still].find((tool) => enabled.includes(tool)) ?? enabled[0]);
  }

  enabled() {
    return Object.values(this.buttons).filter((tool) => !tool.disabled && !tool.hidden);
  }

  // The one button that Tab reaches.
  stop(tool) {
    for (const each of Object.values(this.buttons)) each.tabIndex = each === tool ? 0 : -1;
    this.last = tool;
  }

  focus(name) {
    const wanted = this.buttons[name];
    const tool = this.enabled().includes(wanted) ? wanted : this.last;
    this.stop(tool);
    tool.focus();
  }

  key(event) {
    const tool = stepped(this.enabled(), event);
    if (!tool) return;
    event.preventDefault();
    this.stop(tool);
    tool.focus();
  }
}

// Pictures are selected by their boxes; with Shift, all from the last one on.
import { button } from "../editor/element.js";
import { say } from "../editor/words.js";

export function selecting(root, words) {
  const boxes = [...root.querySelectorAll("input[name=ids]")];
  const submits = [...root.querySelectorAll("button[type=submit]")];
  const count = root.querySelector("[data-select-count]");
  let last = null;

  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    count.textContent = chosen ? say(words.selected, { count: chosen }) : "";
    for (const submit of submits) submit.disabled = !chosen;
    all.textContent = chosen === boxes.length ? words.select_none : words.select_all;
  };
  const all = button(
    words.select_all,
    () => {
      const on = boxes.some((box) => !box.checked);
      for (const box of boxes) box.checked = on;
      show();
    },
    { class: "plain" },
  );
  submits.at(-1).after(all);

  root.addEventListener("click", (event) => {
    const box = event.target.closest("input[name=ids]");
    if (!box) return;
    if (event.shiftKey && last) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const each of boxes.slice(from, to + 1)) each.checked = box.checked;
    }
    last = box;
    show();
  });
  window.addEventListener("pageshow", show);
  show();
}

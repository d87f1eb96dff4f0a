// The list of stories: how many are chosen, and what can be done with them.
import { ranging } from "./ranging.js";

const form = document.querySelector("form[data-choose]");

if (form) {
  const boxes = [...document.querySelectorAll(`input[form="${form.id}"]`)];
  const all = form.querySelector("input[data-all]");
  const show = () => {
    const number = boxes.filter((box) => box.checked).length;
    form.querySelector("[data-count]").textContent = number
      ? form.dataset.chosen.replace("%s", number)
      : "";
    for (const button of form.querySelectorAll("button")) button.disabled = !number;
    all.checked = number > 0 && number === boxes.length;
    all.indeterminate = number > 0 && number < boxes.length;
  };
  all.closest("label").hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  ranging(boxes, show);
  window.addEventListener("pageshow", show);
}

// Times for many: arrows and Enter go from row to row, and what is typed makes the answer old.
import { ranging } from "../desk/ranging.js";

const form = document.querySelector("form[data-many]");
if (form) mount(form);

function mount(form) {
  const times = [...form.querySelectorAll(".many-time input")];
  const deed = form.querySelector("[data-do]");

  form.addEventListener("keydown", (event) => {
    const place = times.indexOf(event.target);
    if (place < 0 || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = times[place + step];
    if (next) {
      next.focus();
      next.select();
    } else if (event.key === "Enter" && step > 0) {
      deed.focus();
    }
  });

  // A changed time is another question: the button asks it.
  form.addEventListener("input", (event) => {
    if (!event.target.matches(".many-time input, [name=first], [name=step]")) return;
    const row = event.target.closest("tr");
    row?.querySelector("[data-answer]").replaceChildren();
    form.querySelector(".many-summary")?.remove();
    if (!row) return;
    deed.value = "ask";
    deed.textContent = form.dataset.ask;
  });

  const boxes = [...form.querySelectorAll("input[name=item]")];
  ranging(boxes, () => {});
  for (const box of boxes) {
    box.addEventListener("click", () => {
      form.querySelector(".many-summary")?.remove();
      deed.value = "ask";
      deed.textContent = form.dataset.ask;
    });
  }
}

// A changed choice makes another question of it: the old answer goes, and the page asks for the new
// one by itself. Without an answer the button asks; nothing is done by it.

const PAUSE = 500;

for (const form of document.querySelectorAll("form[data-asking]")) mount(form);

function mount(form) {
  let timer = 0;
  let asked = 0;

  form.addEventListener("input", (event) => {
    if (event.target.closest("[data-private]")) return;
    forget();
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  form.addEventListener("submit", () => clearTimeout(timer));

  function forget() {
    asked += 1;
    form.elements.seen.value = "";
    form.querySelector("[data-answer]").replaceChildren();
    form.querySelector("[data-do]").textContent = form.dataset.ask;
  }

  async function ask() {
    const mine = asked;
    let response;
    try {
      response = await fetch(form.action, { method: "POST", body: new FormData(form) });
    } catch {
      return; // The button asks.
    }
    if (!response.ok || response.redirected || mine !== asked) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const answered = page.querySelector("form[data-asking]");
    if (answered && mine === asked) show(answered);
  }

  // What is being typed into stays as it is; another set of questions is a matter for the button.
  function show(answered) {
    if (!sameFields(form, answered)) return;
    for (const part of ["[data-answer]", "[data-do]"]) {
      form.querySelector(part).replaceChildren(...answered.querySelector(part).childNodes);
    }
    for (const field of answered.querySelectorAll("[data-field]")) {
      const here = form.querySelector(`[data-field="${field.dataset.field}"]`);
      // Nobody is told of a field that they have not come to yet.
      const empty = here.querySelector("input:not([type=radio]), textarea")?.value === "";
      const errors = empty ? null : field.querySelector(".errorlist");
      here.classList.toggle("errors", Boolean(errors));
      here.querySelector(".errorlist")?.remove();
      const label = here.querySelector("label, legend");
      label.textContent = field.querySelector("label, legend").textContent;
      if (errors) label.after(errors);
    }
    form.elements.seen.value = answered.elements.seen.value;
  }
}

export function sameFields(one, other) {
  const names = (form) =>
    [...form.querySelectorAll("[data-field]")].map((field) => field.dataset.field).join();
  return names(one) === names(other);
}

// A changed choice makes another question of it: the old sentence goes, the button asks again.

for (const form of document.querySelectorAll("form[data-asking]")) {
  const button = form.querySelector("[data-do]");
  const answer = form.querySelector("[data-answer]");
  const decisive = ["when", "at", "end", "until", "waiting", "rights_end", "keep_plans"];
  form.addEventListener("input", (event) => {
    if (!decisive.includes(event.target.name)) return;
    if (answer) answer.hidden = true;
    button.textContent = form.dataset.ask;
    form.elements.seen.value = "";
  });
}

// Says under a field how long its text is, and whether a card shows all of it. A long headline is
// written smaller, so that all of it stays in sight.

// Whole characters, where a string's own length takes an emoji for two.
export const count = (text) => [...text.trim().replace(/\s+/g, " ")].length;

for (const field of document.querySelectorAll("[data-count-fits]")) {
  const { countFits, countOk, countLong } = field.dataset;
  const words = document.createElement("p");
  words.className = "desk-count";
  words.id = `${field.id}_count`;
  field.after(words);
  const described = [field.getAttribute("aria-describedby"), words.id];
  field.setAttribute("aria-describedby", described.filter(Boolean).join(" "));
  const show = () => {
    const length = count(field.value);
    const long = length > Number(countFits);
    words.textContent = (long ? countLong : countOk).replace("%s", length);
    words.classList.toggle("desk-too-long", long);
    field.classList.remove("desk-smaller");
    field.classList.toggle("desk-smaller", field.scrollWidth > field.clientWidth);
  };
  field.addEventListener("input", show);
  field.addEventListener("newsroom:restored", show);
  show();
}

// The library's pages: each part finds its place on the page, or does nothing.
import { bringing } from "./bringing.js";
import { focusing } from "./focusing.js";
import { replacing } from "./replacing.js";
import { selecting } from "./selecting.js";

const words = JSON.parse(document.getElementById("library-words")?.textContent ?? "{}");
const parts = [
  ["[data-bring]", bringing],
  ["[data-focus]", focusing],
  ["[data-replace]", replacing],
  ["[data-select]", selecting],
];
for (const [selector, mount] of parts) {
  const root = document.querySelector(selector);
  if (root) mount(root, words);
}

// Another choice makes another list of changes: the old one goes, the button asks again.
const many = document.querySelector("[data-many-form]");
many?.addEventListener("input", () => {
  const button = many.querySelector("[data-do]");
  many.elements.seen.value = "";
  button.textContent = button.dataset.ask;
  many.querySelector("[data-answer]")?.remove();
});

// Logging out takes along what this browser keeps for the person, after a question where that holds
// words that nobody has saved. It goes once the server has logged them out, not before; other tabs
// of theirs go to the login page, and keep nothing any more. An ended login is no logging out.

import { copies, dropFiles, ownerOf } from "./kept-copy.js";

// In this tab: who is on their way out. In all tabs, for a moment: who has left.
const LEAVING = "newsroom:leaving";
const LEFT = "newsroom:left";

const place = document.querySelector("[data-leaving]");
if (place) mount(place, document.getElementById("logout-form"));

function mount({ dataset: words }, form) {
  arrived(words.user);
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    // What was typed just now is in a copy, too.
    const isKept = window.dispatchEvent(new Event("newsroom:keep", { cancelable: true }));
    const kept = unsaved(copies(), words.user);
    // What no copy keeps goes by the name of its page.
    if (!isKept) kept.unshift({ fields: [["headline", document.title]] });
    if (kept.length) ask(kept, words, () => leave(form, words.user));
    else leave(form, words.user);
  });
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key !== LEFT || !words.user || newValue !== words.user) return;
    // A page with text that no copy keeps stays.
    const goes = window.dispatchEvent(new Event("newsroom:left", { cancelable: true }));
    if (goes) location.replace(words.login);
  });
}

// The person's copies, the newest first.
export function unsaved(all, user) {
  const owner = ownerOf(user);
  return all.filter(({ key }) => key.startsWith(owner)).sort((a, b) => b.at - a.at);
}

// The headline of a copy; "" where none was typed.
export function headlineOf({ fields }) {
  return fields?.find(([name]) => name === "headline")?.[1].trim() ?? "";
}

function leave(form, user) {
  sessionStorage.setItem(LEAVING, user);
  window.dispatchEvent(new Event("newsroom:leaving"));
  form.submit();
}

// On the page that follows: has the server logged them out?
function arrived(user) {
  const who = sessionStorage.getItem(LEAVING);
  sessionStorage.removeItem(LEAVING);
  if (!who || who === user) return;
  for (const { key } of unsaved(copies(), who)) localStorage.removeItem(key);
  dropFiles();
  localStorage.setItem(LEFT, who);
  localStorage.removeItem(LEFT);
}

function ask(kept, words, go) {
  const dialog = document.createElement("dialog");
  dialog.className = "desk-leaving";
  dialog.setAttribute("aria-labelledby", "desk-leaving-words");
  const sentence = document.createElement("p");
  sentence.id = "desk-leaving-words";
  sentence.textContent = words.question;
  const list = document.createElement("ul");
  for (const copy of kept) {
    const item = document.createElement("li");
    item.textContent = headlineOf(copy) || words.untitled;
    if (copy.files?.length) item.append(` ${words.pictures.replace("%s", copy.files.length)}`);
    list.append(item);
  }
  const choices = document.createElement("p");
  for (const [label, act] of [
    [words.stay, () => {}],
    [words.go, go],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => {
      dialog.close();
      act();
    });
    choices.append(button);
  }
  dialog.append(sentence, list, choices);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

// The schedule of a day: an entry goes to another time by its field, by the arrows in it, or by drag.
// Nothing is done here; the button shows what would happen.
import { ranging } from "../desk/ranging.js";
import { shifted, timeOf } from "./times.js";

const STEP = 5;
const root = document.querySelector("form[data-board]");
if (root) mount(root);

function mount(root) {
  const entries = [...root.querySelectorAll("[data-key]")];
  const deeds = root.querySelector("[data-deeds]");
  const places = new Map(entries.map((entry) => [entry, [entry.parentElement, entry.nextSibling]]));
  let dragged = null;

  for (const entry of entries) {
    const input = entry.querySelector("[data-time]");
    input.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -STEP, ArrowDown: STEP }[event.key];
      const time = step && shifted(input.value, step);
      if (!time || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.value = time;
      show();
    });
    input.addEventListener("input", show);
    input.addEventListener("change", () => {
      place(entry);
      show();
    });
    entry.draggable = true;
    entry.addEventListener("dragstart", (event) => {
      if (event.target !== entry) return;
      dragged = entry;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", input.value);
      // Not before the browser has its picture of what is dragged.
      setTimeout(() => {
        entry.classList.add("board-dragging");
        offer();
      });
    });
    entry.addEventListener("dragend", () => {
      entry.classList.remove("board-dragging");
      withdraw();
      dragged = null;
    });
  }

  // Where something may be dropped: the moments that are there, and the quarters of each hour.
  function offer() {
    if (!dragged) return;
    for (const hour of root.querySelectorAll(".board-hour")) {
      const times = hour.dataset.targets.split(" ").filter(Boolean);
      if (!times.length) continue;
      const list = document.createElement("ol");
      list.className = "board-targets";
      for (const time of times) {
        const target = document.createElement("li");
        target.dataset.time = time;
        target.textContent = time;
        list.append(target);
      }
      hour.querySelector(".board-moments").before(list);
    }
  }

  function withdraw() {
    for (const list of root.querySelectorAll(".board-targets")) list.remove();
    onto(null);
  }

  function onto(target) {
    for (const each of root.querySelectorAll(".board-onto")) each.classList.remove("board-onto");
    target?.classList.add("board-onto");
  }

  function targetOf(event) {
    const target = dragged && event.target.closest?.("[data-time]:not(input)");
    return target && !target.classList.contains("board-over") ? target : null;
  }

  root.addEventListener("dragover", (event) => {
    const target = targetOf(event);
    onto(target);
    if (target) event.preventDefault();
  });
  root.addEventListener("drop", (event) => {
    const target = targetOf(event);
    if (!target) return;
    event.preventDefault();
    const entry = dragged;
    entry.querySelector("[data-time]").value = target.dataset.time;
    withdraw();
    place(entry);
    show();
  });

  // The entry stands where it would go; at its own time again, where it was.
  function place(entry) {
    const input = entry.querySelector("[data-time]");
    const hadFocus = document.activeElement === input;
    const time = timeOf(input.value);
    const left = entry.closest(".board-moment");
    if (!moved(entry) || !time) {
      const [parent, next] = places.get(entry);
      parent.insertBefore(entry, next?.parentElement === parent ? next : null);
    } else {
      const hour = [...root.querySelectorAll(".board-hour")].find(
        ({ dataset: { from, until } }) => from <= time && (time < until || until === "00:00"),
      );
      if (hour) momentIn(hour, time).querySelector("ul").append(entry);
    }
    if (left.classList.contains("board-proposed") && !left.querySelector("[data-key]"))
      left.remove();
    if (hadFocus) input.focus();
  }

  function momentIn(hour, time) {
    const list = hour.querySelector(".board-moments");
    const moments = [...list.querySelectorAll(".board-moment")];
    const same = moments.find((moment) => moment.dataset.time === time);
    if (same) return same;
    const moment = document.createElement("li");
    moment.className = "board-moment board-proposed";
    moment.dataset.time = time;
    const heading = document.createElement("h4");
    const clock = document.createElement("time");
    clock.textContent = time;
    heading.append(clock);
    moment.append(heading, document.createElement("ul"));
    list.insertBefore(moment, moments.find(({ dataset }) => dataset.time > time) ?? null);
    return moment;
  }

  const boxes = entries.map((entry) => entry.querySelector("[name=item]"));
  ranging(boxes, show);

  function moved(entry) {
    const key = entry.dataset.key;
    return root.elements[`at-${key}`].value.trim() !== root.elements[`was-${key}`].value;
  }

  function show() {
    let count = 0;
    for (const entry of entries) {
      const goes = moved(entry);
      count += goes;
      entry.classList.toggle("board-moved", goes);
      const input = entry.querySelector("[data-time]");
      input.classList.toggle("board-longer", input.value.length > 5);
      entry.querySelector(".board-from")?.remove();
      if (!goes) continue;
      const words = document.createElement("p");
      words.className = "board-from";
      words.textContent = `${root.elements[`was-${entry.dataset.key}`].value} → ${input.value}`;
      entry.append(words);
    }
    if (!deeds) return;
    tell(deeds.querySelector("[data-moved]"), "moved", count);
    const chosen = boxes.filter((box) => box.checked).length;
    for (const button of deeds.querySelectorAll("[data-chosen]")) tell(button, "chosen", chosen);
    deeds.classList.toggle("board-idle", count + chosen === 0);
  }

  function tell(button, name, count) {
    button.dataset.plain ??= button.textContent;
    button.textContent = count ? button.dataset[name].replace("%s", count) : button.dataset.plain;
    button.disabled = !count;
    button.classList.toggle("board-ready", name === "moved" && count > 0);
  }

  document.querySelector(".board-days [aria-current]")?.scrollIntoView({ block: "nearest" });
  window.addEventListener("pageshow", () => {
    for (const entry of entries) place(entry);
    show();
  });
}

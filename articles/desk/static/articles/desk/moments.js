// Beside a moment: the weekday and, where the browser's clock shows another time, whose time it is and
// one's own; a calendar to choose the day from; the quick times, which fill it in.

const clock = "(?<hour>\\d{1,2})(?:[:hg](?<minute>\\d{2})|[hg])(?::\\d{2})?";
const calendar = "(?<day>\\d{1,2})[/.-](?<month>\\d{1,2})[/.-](?<year>\\d{4})";
const forms = [
  `(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})[t ]${clock}`,
  `${clock}(?:,\\s*|\\s+)${calendar}`,
  `${calendar}(?:,\\s*|\\s+)${clock}`,
].map((form) => new RegExp(`^${form}$`));
const timeOnly = new RegExp(`^${clock}$`);
const language = document.documentElement.lang || undefined;

// How far a zone's clocks are ahead of UTC at a moment, in milliseconds.
export function offset(moment, zone) {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(moment);
  const of = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  const wall = Date.UTC(of.year, of.month - 1, of.day, of.hour, of.minute, of.second);
  return wall - Math.floor(moment / 1000) * 1000;
}

// What clocks and calendar show as somebody wrote it, in numbers; null where it is no time. As in
// articles/rules/moments.py.
export function wallOf(words) {
  const text = words.trim().toLowerCase();
  const found = forms.map((form) => form.exec(text)).find(Boolean);
  if (!found) return null;
  const { year, month, day, hour, minute = 0 } = found.groups;
  const wall = [year, month, day, hour, minute].map(Number);
  const date = new Date(Date.UTC(wall[0], wall[1] - 1, wall[2]));
  const exists = date.getUTCMonth() === wall[1] - 1 && wall[3] < 24 && wall[4] < 60;
  return exists ? wall : null;
}

// The moment at which the clocks of a zone show this.
export function momentOf(value, zone) {
  const found = wallOf(value);
  if (!found) return null;
  const [year, month, day, hour, minute] = found;
  const wall = Date.UTC(year, month - 1, day, hour, minute);
  const first = wall - offset(wall, zone);
  return wall - offset(first, zone);
}

const two = (number) => String(number).padStart(2, "0");

// A time alone becomes the next such moment after `now`, in the paper's own form: "06:00, 28/11/2026".
// null where it is no time alone.
export function completed(value, now, zone) {
  const found = timeOnly.exec(value.trim().toLowerCase());
  if (!found) return null;
  const [hour, minute] = [found.groups.hour, found.groups.minute ?? 0].map(Number);
  if (hour > 23 || minute > 59) return null;
  const time = `${two(hour)}:${two(minute)}`;
  const today = new Date(now + offset(now, zone));
  for (const later of [0, 1]) {
    const day = new Date(today.getTime() + later * 24 * 3600 * 1000);
    const written = `${time}, ${day.getUTCDate()}/${day.getUTCMonth() + 1}/${day.getUTCFullYear()}`;
    if (momentOf(written, zone) > now) return written;
  }
  return null;
}

// The same time on another day, which a calendar gives as "2026-11-28".
export function onDay(value, day) {
  const [year, month, date] = day.split("-").map(Number);
  const found = wallOf(value);
  const alone = timeOnly.exec(value.trim().toLowerCase());
  const [hour, minute] = found
    ? found.slice(3)
    : [alone?.groups.hour ?? 6, alone?.groups.minute ?? 0].map(Number);
  return `${two(hour)}:${two(minute)}, ${date}/${month}/${year}`;
}

function words(input) {
  const { zone, zoneName, ownTime } = input.dataset;
  const moment = momentOf(input.value, zone);
  if (moment === null) return isMine(zone, Date.now()) ? "" : zoneName;
  const inZone = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: zone }).format(
    moment,
  );
  if (isMine(zone, moment)) return inZone;
  const shown = new Intl.DateTimeFormat(language, {
    weekday: "long",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(moment);
  return `${inZone}, ${zoneName} · ${ownTime.replace("%(time)s", shown)}`;
}

// Do the browser's clocks show what those of a zone do?
function isMine(zone, moment) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return offset(moment, own) === offset(moment, zone);
}

for (const note of document.querySelectorAll("p[data-zone]")) {
  note.hidden = isMine(note.dataset.zone, Date.now());
}

// Fill in a field as a person does, so that what listens to it knows.
export function fill(input, value) {
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

// A calendar of the browser's own, opened by a button; the line of text stays what is sent.
function withCalendar(input) {
  const picker = document.createElement("input");
  if (!("showPicker" in picker) || input.disabled) return;
  picker.type = "date";
  picker.tabIndex = -1;
  picker.setAttribute("aria-hidden", "true");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "desk-calendar";
  button.title = input.dataset.calendar;
  button.setAttribute("aria-label", input.dataset.calendar);
  const holder = document.createElement("span");
  holder.className = "desk-moment-calendar";
  // Beside it: a field that is moved loses the focus of who types already.
  holder.append(button, picker);
  input.after(holder);
  button.addEventListener("click", () => {
    const found = wallOf(input.value);
    picker.value = found ? `${found[0]}-${two(found[1])}-${two(found[2])}` : "";
    picker.showPicker();
  });
  picker.addEventListener("change", () => {
    if (!picker.value) return;
    fill(input, onDay(input.value, picker.value));
    input.focus();
  });
}

for (const input of document.querySelectorAll("input[data-zone]")) {
  const around = input.closest("[data-field]") ?? input.parentElement;
  const hint = around.querySelector(".desk-moment-hint");
  const show = () => {
    if (hint) hint.textContent = words(input);
  };
  input.addEventListener("input", () => {
    show();
    // Who picks a time means it: `at` belongs to "when", `until` to "end".
    const group = { at: "when", until: "end" }[input.name];
    const choice = group && input.form.querySelector(`input[name="${group}"][value="at"]`);
    if (choice && input.value && !choice.checked) choice.click();
  });
  input.addEventListener("change", () => {
    const whole = completed(input.value, Date.now(), input.dataset.zone);
    if (whole) fill(input, whole);
  });
  show();
  withCalendar(input);
}

for (const group of document.querySelectorAll("[data-quick]")) {
  const input = group.closest("form")?.elements[group.dataset.quick];
  group.addEventListener("click", (event) => {
    const pressed = event.target.closest("button");
    if (!pressed || !input || group.hasAttribute("data-sends")) return;
    event.preventDefault();
    fill(input, pressed.value);
  });
}

// Says beside a time picker the weekday and, where the browser's clock shows another time, whose time
// it is and one's own.

const wallClock = /^(\d+)-(\d\d)-(\d\d)T(\d\d):(\d\d)/;
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

// The moment at which the clocks of a zone show this.
export function momentOf(value, zone) {
  const found = wallClock.exec(value);
  if (!found) return null;
  const [year, month, day, hour, minute] = found.slice(1).map(Number);
  const wall = Date.UTC(year, month - 1, day, hour, minute);
  const first = wall - offset(wall, zone);
  return wall - offset(first, zone);
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

for (const input of document.querySelectorAll("input[data-zone]")) {
  const hint = input.parentElement.querySelector(".desk-moment-hint");
  const show = () => {
    hint.textContent = words(input);
  };
  input.addEventListener("input", () => {
    show();
    // Who picks a time means it: `at` belongs to "when", `until` to "end".
    const group = { at: "when", until: "end" }[input.name];
    const choice = group && input.form.querySelector(`input[name="${group}"][value="at"]`);
    if (choice && input.value && !choice.checked) choice.click();
  });
  show();
}

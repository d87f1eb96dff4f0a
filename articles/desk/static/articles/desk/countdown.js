// Counts down to the second at which readers get something else, by the server's clock.

// The whole seconds that are left, and the milliseconds until there is one less.
export function secondsIn(milliseconds) {
  return { seconds: Math.ceil(milliseconds / 1000), next: milliseconds % 1000 || 1000 };
}

for (const place of document.querySelectorAll("[data-countdown]")) {
  const ahead = Date.parse(place.dataset.now) - Date.now();
  const end = Date.parse(place.dataset.countdown);
  const left = place.querySelector("[data-countdown-left]");
  const words = place.querySelector("[data-countdown-words]");
  const then = place.querySelector("[data-countdown-then]");
  const tick = () => {
    const milliseconds = end - (Date.now() + ahead);
    if (milliseconds <= 0) {
      left.textContent = "";
      words.textContent = place.dataset.arrived;
      if (then) then.hidden = false;
      place.classList.add("desk-arrived");
      return;
    }
    const { seconds, next } = secondsIn(milliseconds);
    if (seconds <= 3600) left.textContent = `, ${place.dataset.in.replace("%s", seconds)}`;
    setTimeout(tick, next);
  };
  tick();
}

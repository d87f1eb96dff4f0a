// Counts down to the second at which readers get something else, by the server's clock.

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
    const seconds = Math.ceil(milliseconds / 1000);
    if (seconds <= 3600) left.textContent = `, ${place.dataset.in.replace("%s", seconds)}`;
    setTimeout(tick, Math.min(milliseconds % 1000 || 1000, 1000));
  };
  tick();
}

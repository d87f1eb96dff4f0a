// A column of boxes: with Shift, a click or the space bar chooses all from the last one on; the arrows
// go from box to box, and with Shift choose on the way.

// The boxes between two, in their order, both among them.
export function between(boxes, one, other) {
  const [from, to] = [boxes.indexOf(one), boxes.indexOf(other)].sort((a, b) => a - b);
  return from < 0 ? [other] : boxes.slice(from, to + 1);
}

export function ranging(boxes, changed) {
  let last = null;
  let shift = false;

  function choose(box, on, from) {
    for (const each of from ? between(boxes, from, box) : [box]) each.checked = on;
    last = box;
    changed();
  }

  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      choose(box, box.checked, (event.shiftKey || shift) && last);
    });
    box.addEventListener("keyup", () => {
      shift = false;
    });
    box.addEventListener("keydown", (event) => {
      shift = event.shiftKey && event.key === " ";
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const next = step && boxes[boxes.indexOf(box) + step];
      if (!next) return;
      event.preventDefault();
      if (event.shiftKey) {
        if (last !== box) choose(box, true, null);
        choose(next, true, box);
      }
      next.focus();
    });
  }
  changed();
}

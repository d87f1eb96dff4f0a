// The focal point, set by click, arrow keys or numbers, and what each crop makes of it.
import { say } from "../editor/words.js";

const STEP = 0.01;
const BIG_STEP = 0.1;
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const inside = (share) => Math.min(1, Math.max(0, share));

// object-position that shows what media.renditions.crop_box cuts, as a share along each axis.
export function cropPosition({ width, height }, ratio, focus) {
  const cut = { x: Math.min(1, (height * ratio) / width), y: Math.min(1, width / ratio / height) };
  const along = (share, length) => (length < 1 ? inside((share - length / 2) / (1 - length)) : 0.5);
  return { x: along(focus.x, cut.x), y: along(focus.y, cut.y) };
}

export function focusing(root) {
  const picture = root.querySelector("[data-focus-picture]");
  const point = root.querySelector("[data-focus-point]");
  const status = root.querySelector("[data-focus-status]");
  const crops = root.querySelector("[data-focus-crops]");
  const inputs = {
    x: document.getElementById("id_focus_x"),
    y: document.getElementById("id_focus_y"),
  };
  const size = {
    width: Number(picture.getAttribute("width")),
    height: Number(picture.getAttribute("height")),
  };
  const read = (input) => inside(Number(input.value.replace(",", ".")) || 0);
  const get = () => ({ x: read(inputs.x), y: read(inputs.y) });

  const set = ({ x, y }) => {
    inputs.x.value = inside(x).toFixed(2);
    inputs.y.value = inside(y).toFixed(2);
    show();
  };

  const show = () => {
    const focus = get();
    const percent = { x: Math.round(focus.x * 100), y: Math.round(focus.y * 100) };
    point.style.left = `${focus.x * 100}%`;
    point.style.top = `${focus.y * 100}%`;
    point.setAttribute("aria-label", say(root.dataset.says, percent));
    if (document.activeElement === point) status.textContent = point.getAttribute("aria-label");
    for (const crop of crops.querySelectorAll("img")) {
      const { x, y } = cropPosition(size, Number(crop.dataset.ratio), focus);
      crop.style.objectPosition = `${x * 100}% ${y * 100}%`;
    }
  };

  picture.addEventListener("click", (event) => {
    const box = picture.getBoundingClientRect();
    set({ x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height });
    point.focus({ preventScroll: true });
  });
  point.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const step = event.shiftKey ? BIG_STEP : STEP;
    const { x, y } = get();
    set({ x: x + move[0] * step, y: y + move[1] * step });
  });
  for (const input of Object.values(inputs)) input.addEventListener("input", show);
  point.hidden = crops.hidden = false;
  show();
}

// How pictures stand in a figure. Readers get the same: articles/publishing/rendering.py; both are
// held to the examples in tests/js/examples.json.
const TALL = 0.9;

// How many pictures stand side by side in each row: two or three, never one alone.
export function rowsOf(count) {
  if (count === 1) return [1];
  const twos = { 0: 0, 1: 2, 2: 1 }[count % 3];
  const threes = (count - 2 * twos) / 3;
  return [...Array(twos).fill(2), ...Array(threes).fill(3)];
}

// So much taller than wide that the column's whole width would be too much.
export function isTall({ width, height }) {
  return width < height * TALL;
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { cropPosition } from "../../articles/desk/static/articles/library/focusing.js";

const wide = { width: 2000, height: 1000 };

test("the middle stays in the middle", () => {
  assert.deepEqual(cropPosition(wide, 1, { x: 0.5, y: 0.5 }), { x: 0.5, y: 0.5 });
});

test("the focal point is kept as near the middle of the crop as the picture allows", () => {
  assert.deepEqual(cropPosition(wide, 1, { x: 0.375, y: 0.9 }), { x: 0.25, y: 0.5 });
  assert.deepEqual(cropPosition(wide, 1, { x: 0, y: 0 }), { x: 0, y: 0.5 });
  assert.deepEqual(cropPosition(wide, 1, { x: 1, y: 1 }), { x: 1, y: 0.5 });
  assert.deepEqual(cropPosition(wide, 4, { x: 0, y: 1 }), { x: 0.5, y: 1 });
});

test("where nothing is cut there is nothing to place", () => {
  assert.deepEqual(cropPosition(wide, 2, { x: 0, y: 1 }), { x: 0.5, y: 0.5 });
});

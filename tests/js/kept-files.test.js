import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.js";
import { MOST, fitting } from "../../articles/desk/static/articles/desk/kept-files.js";

const sizes = (files) => files.map(({ file }) => file.size);
const of = (...all) => all.map((size, n) => ({ key: `u-${n}`, file: { size } }));

test("files are kept as long as there is room, the smaller ones behind a large one too", () => {
  assert.deepEqual(sizes(fitting(of(4, 9, 3), 0, 10)), [4, 3]);
  assert.deepEqual(sizes(fitting(of(4, 9, 3), 7, 10)), [3]);
  assert.deepEqual(fitting(of(1), 10, 10), []);
});

test("seven photos of a camera fit", () => {
  assert.equal(fitting(of(...Array(7).fill(25_000_000)), 0).length, 7);
  assert.equal(MOST, 200_000_000);
});

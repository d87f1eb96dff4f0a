import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.js";
import { shownAt, sizesIn } from "../../articles/static/site/large-view.js";

test("a strip shows the picture that takes most of it", () => {
  assert.equal(shownAt(0, 390, 7), 0);
  assert.equal(shownAt(194, 390, 7), 0);
  assert.equal(shownAt(196, 390, 7), 1);
  assert.equal(shownAt(390 * 6, 390, 7), 6);
});

test("a strip pulled beyond its ends shows the first or the last", () => {
  assert.equal(shownAt(-80, 390, 7), 0);
  assert.equal(shownAt(390 * 7, 390, 7), 6);
});

test("a picture is fetched as large as it is shown, on a phone with more to zoom into", () => {
  const picture = { width: 1600, height: 900 };
  assert.equal(sizesIn(picture, { innerWidth: 1280, innerHeight: 900 }), "1280px");
  assert.equal(sizesIn(picture, { innerWidth: 2560, innerHeight: 900 }), "1600px");
  assert.equal(
    sizesIn({ width: 900, height: 1600 }, { innerWidth: 1280, innerHeight: 1601 }),
    "901px",
  );
  assert.equal(sizesIn(picture, { innerWidth: 390, innerHeight: 844 }), "600px");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.js";
import { headlineOf, unsaved } from "../../articles/desk/static/articles/desk/leaving.js";

test("a person's copies are theirs alone, the newest first", () => {
  const all = [
    { key: "newsroom:copy:1:new:a", at: 1 },
    { key: "newsroom:copy:12:new:b", at: 2 },
    { key: "newsroom:copy:1:7:c", at: 3 },
  ];
  assert.deepEqual(
    unsaved(all, "1").map(({ at }) => at),
    [3, 1],
  );
  assert.deepEqual(unsaved(all, "2"), []);
});

test("a copy is called by its headline, where there is one", () => {
  assert.equal(headlineOf({ fields: [["headline", " Boats "]] }), "Boats");
  assert.equal(headlineOf({ fields: [["headline", " "]] }), "");
  assert.equal(headlineOf({ fields: [] }), "");
  assert.equal(headlineOf({}), "");
});

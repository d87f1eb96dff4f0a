import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.js";
import { rowsIn } from "../../articles/desk/static/articles/desk/kept-copy.js";

const fields = [
  ["headline", "Forum"],
  ["names_id", "3"],
  ["names", "Minh Khuê"],
  ["links_target", "12"],
  ["links_words", "Boats"],
  ["links_title", ""],
  ["links_target", ""],
  ["links_words", ""],
  ["links_title", ""],
  ["linksmith", "x"],
];

test("a copy's rows are taken apart again, each list's own, without the empty ones", () => {
  assert.deepEqual(rowsIn(fields, "links_target"), [
    [
      ["links_target", "12"],
      ["links_words", "Boats"],
      ["links_title", ""],
    ],
  ]);
  assert.deepEqual(rowsIn(fields, "names_id"), [
    [
      ["names_id", "3"],
      ["names", "Minh Khuê"],
    ],
  ]);
});

test("a copy without such rows has none", () => {
  assert.deepEqual(rowsIn([["headline", "Forum"]], "links_target"), []);
});

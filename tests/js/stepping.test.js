import assert from "node:assert/strict";
import { test } from "node:test";
import { stepped } from "../../articles/desk/static/articles/editor/stepping.js";

const ROW = ["undo", "redo", "more"];

test("arrows walk through a row of buttons and around its ends", () => {
  assert.equal(stepped(ROW, { key: "ArrowRight", target: "undo" }), "redo");
  assert.equal(stepped(ROW, { key: "ArrowRight", target: "more" }), "undo");
  assert.equal(stepped(ROW, { key: "ArrowLeft", target: "undo" }), "more");
  assert.equal(stepped(ROW, { key: "Home", target: "more" }), "undo");
  assert.equal(stepped(ROW, { key: "End", target: "undo" }), "more");
});

test("other keys lead nowhere", () => {
  assert.equal(stepped(ROW, { key: "Enter", target: "undo" }), undefined);
});

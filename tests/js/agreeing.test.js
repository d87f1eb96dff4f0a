// Rules that stand in Python too: tests/test_scripts_agree.py holds the other side to these examples.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isTall, rowsOf } from "../../articles/desk/static/articles/editor/rows.js";
import { shifted } from "../../articles/desk/static/articles/editor/shifting.js";

const examples = JSON.parse(readFileSync(new URL("examples.json", import.meta.url)));

test("pictures stand in the rows that readers get", () => {
  for (const [count, rows] of examples.rows) assert.deepEqual(rowsOf(count), rows);
});

test("a picture is tall where readers get it narrow", () => {
  for (const [width, height, tall] of examples.tall) assert.equal(isTall({ width, height }), tall);
});

test("raised and lowered figures become the same characters", () => {
  for (const [text, name, result] of examples.shifted) assert.equal(shifted(text, name), result);
});

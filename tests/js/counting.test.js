import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.js";
import { count } from "../../articles/desk/static/articles/desk/counting.js";

test("characters are counted whole, white space as readers get it", () => {
  assert.equal(count(""), 0);
  assert.equal(count("  Đường   dài\n"), 9);
  assert.equal(count("📷 ảnh"), 5);
});

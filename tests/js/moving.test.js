import assert from "node:assert/strict";
import { test } from "node:test";
import { moved } from "../../articles/desk/static/articles/editor/moving.js";

test("one is put in another place, the others keep their order", () => {
  const list = ["a", "b", "c", "d"];
  assert.deepEqual(moved(list, 3, 0), ["d", "a", "b", "c"]);
  assert.deepEqual(moved(list, 0, 2), ["b", "c", "a", "d"]);
  assert.deepEqual(moved(list, 1, 1), list);
  assert.deepEqual(list, ["a", "b", "c", "d"]);
});

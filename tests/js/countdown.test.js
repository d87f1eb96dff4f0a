import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.js";
import { secondsIn } from "../../articles/desk/static/articles/desk/countdown.js";

test("a second is said until it is over", () => {
  assert.deepEqual(secondsIn(3000), { seconds: 3, next: 1000 });
  assert.deepEqual(secondsIn(2999), { seconds: 3, next: 999 });
  assert.deepEqual(secondsIn(2001), { seconds: 3, next: 1 });
  assert.deepEqual(secondsIn(1), { seconds: 1, next: 1 });
});

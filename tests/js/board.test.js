import assert from "node:assert/strict";
import { test } from "node:test";
import { shifted, timeOf } from "../../articles/desk/static/articles/board/times.js";
import { between } from "../../articles/desk/static/articles/desk/ranging.js";

test("a time of the day is read as people type it", () => {
  assert.equal(timeOf("6:05"), "06:05");
  assert.equal(timeOf(" 6h "), "06:00");
  assert.equal(timeOf("17g30"), "17:30");
  for (const words of ["", "24:00", "6:60", "06:00, 28/11/2026", "noon"])
    assert.equal(timeOf(words), null);
});

test("it goes earlier and later within the day", () => {
  assert.equal(shifted("06:00", 5), "06:05");
  assert.equal(shifted("06:00", -5), "05:55");
  assert.equal(shifted("00:02", -5), "00:00");
  assert.equal(shifted("23:58", 5), "23:59");
  assert.equal(shifted("noon", 5), null);
});

test("all between two boxes are chosen, whichever came first", () => {
  assert.deepEqual(between(["a", "b", "c", "d"], "b", "d"), ["b", "c", "d"]);
  assert.deepEqual(between(["a", "b", "c", "d"], "c", "a"), ["a", "b", "c"]);
  assert.deepEqual(between(["a", "b"], null, "b"), ["b"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { pause } from "../../articles/desk/static/articles/editor/uploads.js";

test("a picture waits as long as the server asked for", () => {
  assert.equal(pause("5", 0), 5000);
});

test("not all come back at once", () => {
  assert.equal(pause("10", 1), 15000);
});

test("what a server asks for is bounded, and where it asks for nothing it is ten seconds", () => {
  assert.equal(pause("86400", 0), 60000);
  assert.equal(pause("0.01", 0), 1000);
  for (const nothing of [null, "", "Wed, 21 Oct 2026 07:28:00 GMT"]) {
    assert.equal(pause(nothing, 0), 10000);
  }
});

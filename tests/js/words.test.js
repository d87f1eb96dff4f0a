import assert from "node:assert/strict";
import { test } from "node:test";
import { say } from "../../articles/desk/static/articles/editor/words.js";

test("values take their places in a text", () => {
  assert.equal(say("%(count)s of %(all)s", { count: 0, all: 7 }), "0 of 7");
});

test("a place without a value stays to be seen", () => {
  assert.equal(say("%(count)s of %(all)s", { count: 1 }), "1 of %(all)s");
  assert.equal(say("100%"), "100%");
});

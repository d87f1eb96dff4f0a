import assert from "node:assert/strict";
import { test } from "node:test";
import { readKeys } from "../../articles/desk/static/articles/editor/canonical.js";

const UPLOAD = "u-01234567-89ab-cdef-0123-456789abcdef";

test("a figure's pictures are named by id or upload, each once, in order", () => {
  assert.deepEqual(readKeys(`12 ${UPLOAD} 3  12`), ["12", UPLOAD, "3"]);
  assert.deepEqual(readKeys(""), []);
  assert.deepEqual(readKeys(undefined), []);
});

test("one key that is none makes the figure none", () => {
  for (const wrong of ["0", "012", "-1", "1234567890123456789", "x", "u-1", "1,2"]) {
    assert.deepEqual(readKeys(`12 ${wrong}`), [], wrong);
  }
});

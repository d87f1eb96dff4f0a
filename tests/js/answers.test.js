import assert from "node:assert/strict";
import { test } from "node:test";
import { Refusal, readAnswer } from "../../articles/desk/static/articles/editor/library.js";

const desk = { words: { logged_out: "Log in again.", failed: "It failed (%(status)s)." } };

function refused(status, text) {
  let found;
  assert.throws(
    () => readAnswer(desk, status, text),
    (error) => {
      found = error;
      return error instanceof Refusal;
    },
  );
  return [found.message, found.login];
}

test("an answer is its value", () => {
  assert.deepEqual(readAnswer(desk, 201, '{"id": 7}'), { id: 7 });
});

test("a refusal says the server's own sentence", () => {
  assert.deepEqual(refused(400, '{"error": "Not a picture."}'), ["Not a picture.", false]);
  assert.deepEqual(refused(403, '{"error": "Not yours."}'), ["Not yours.", false]);
});

test("who is logged out is offered to log in", () => {
  assert.deepEqual(refused(401, "{}"), ["Log in again.", true]);
  assert.deepEqual(refused(403, "<h1>Forbidden</h1>"), ["Log in again.", true]);
});

test("a page in place of an answer is named by its status", () => {
  assert.deepEqual(refused(502, "<h1>Bad gateway</h1>"), ["It failed (502).", false]);
  assert.deepEqual(refused(200, "<h1>A page</h1>"), ["It failed (200).", false]);
});

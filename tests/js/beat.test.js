import "./page.js";
import assert from "node:assert/strict";
import test from "node:test";
import { contentOf, due } from "../../articles/desk/static/articles/desk/beat.js";

const at = (now, how) => due({ now, sent: 0, touched: false, failed: false, ...how });

test("what has changed goes every few seconds, and a sign of life otherwise", () => {
  assert.equal(at(3_999, { touched: true }), "");
  assert.equal(at(4_000, { touched: true }), "copy");
  assert.equal(at(9_999), "");
  assert.equal(at(10_000), "sign");
  assert.equal(due({ now: 0, sent: Number.NEGATIVE_INFINITY }), "sign");
});

test("a server that did not answer is asked for a sign of life first, and soon", () => {
  assert.equal(at(3_999, { touched: true, failed: true }), "");
  assert.equal(at(4_000, { touched: true, failed: true }), "sign");
  assert.equal(at(4_000, { failed: true }), "sign");
});

test("a copy tells of pictures that have not arrived, and takes none along", () => {
  const files = [{ key: "k", name: "a.jpg", file: { size: 7 } }];
  assert.deepEqual(JSON.parse(contentOf([["headline", "A"]], files)), {
    fields: [["headline", "A"]],
    files: [{ key: "k", name: "a.jpg" }],
  });
});

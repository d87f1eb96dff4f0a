import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.js";
import { momentOf, offset } from "../../articles/desk/static/articles/desk/moments.js";

const HOUR = 3600 * 1000;
const at = (value, zone) => new Date(momentOf(value, zone)).toISOString();

test("a zone's clocks are so far ahead of UTC", () => {
  const moment = Date.UTC(2023, 2, 29, 10, 5, 7, 250);
  assert.equal(offset(moment, "Asia/Ho_Chi_Minh"), 7 * HOUR);
  assert.equal(offset(moment, "America/St_Johns"), -2.5 * HOUR);
  assert.equal(offset(moment, "UTC"), 0);
});

test("what a picker shows is a moment of its zone", () => {
  assert.equal(at("2023-03-29T17:05", "Asia/Ho_Chi_Minh"), "2023-03-29T10:05:00.000Z");
  assert.equal(at("2023-01-01T00:30", "Asia/Ho_Chi_Minh"), "2022-12-31T17:30:00.000Z");
});

test("on the days on which the clocks are changed too", () => {
  assert.equal(at("2023-03-26T01:59", "Europe/Paris"), "2023-03-26T00:59:00.000Z");
  assert.equal(at("2023-03-26T03:00", "Europe/Paris"), "2023-03-26T01:00:00.000Z");
  assert.equal(at("2023-10-29T03:00", "Europe/Paris"), "2023-10-29T02:00:00.000Z");
});

test("an empty picker shows no moment", () => {
  assert.equal(momentOf("", "UTC"), null);
  assert.equal(momentOf("17:05", "UTC"), null);
});

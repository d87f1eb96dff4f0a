import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.js";
import {
  completed,
  momentOf,
  offset,
  onDay,
  wallOf,
} from "../../articles/desk/static/articles/desk/moments.js";

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

test("a moment is read as people write it", () => {
  const six = [2026, 11, 28, 6, 0];
  for (const words of [
    "06:00, 28/11/2026",
    "28/11/2026 6h",
    "2026-11-28T06:00",
    " 6h00 28.11.2026 ",
  ])
    assert.deepEqual(wallOf(words), six);
  for (const words of ["", "06:00, 31/11/2026", "25:00, 1/1/2026", "noon"])
    assert.equal(wallOf(words), null);
});

test("a time alone is the next such moment", () => {
  const noon = Date.UTC(2026, 10, 28, 5); // 12:00 in Hanoi
  assert.equal(completed("17:00", noon, "Asia/Ho_Chi_Minh"), "17:00, 28/11/2026");
  assert.equal(completed("6h", noon, "Asia/Ho_Chi_Minh"), "06:00, 29/11/2026");
  assert.equal(completed("06:00, 28/11/2026", noon, "Asia/Ho_Chi_Minh"), null);
  assert.equal(completed("25:00", noon, "Asia/Ho_Chi_Minh"), null);
});

test("a calendar changes the day and keeps the time", () => {
  assert.equal(onDay("17:05, 28/11/2026", "2026-12-01"), "17:05, 1/12/2026");
  assert.equal(onDay("5h30", "2026-12-01"), "05:30, 1/12/2026");
  assert.equal(onDay("", "2026-12-01"), "06:00, 1/12/2026");
});

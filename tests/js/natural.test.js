import assert from "node:assert/strict";
import { test } from "node:test";
import { naturally } from "../../articles/desk/static/articles/editor/natural.js";

const sorted = (...names) => naturally(names.map((name) => ({ name }))).map(({ name }) => name);

test("2 comes before 10", () => {
  assert.deepEqual(sorted("DSC_10.jpg", "DSC_2.jpg", "DSC_1.jpg"), [
    "DSC_1.jpg",
    "DSC_2.jpg",
    "DSC_10.jpg",
  ]);
});

test("capitals make no order of their own, and equals keep theirs", () => {
  assert.deepEqual(sorted("b.jpg", "B.jpg", "A.jpg"), ["A.jpg", "b.jpg", "B.jpg"]);
});

test("the files that are given stay as they were", () => {
  const files = [{ name: "2" }, { name: "1" }];
  naturally(files);
  assert.equal(files[0].name, "2");
});

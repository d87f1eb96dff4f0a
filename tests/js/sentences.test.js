import assert from "node:assert/strict";
import { test } from "node:test";
import { asSentences, unique } from "../../articles/desk/static/articles/editor/sentences.js";

test("captions one after the other each end as a sentence", () => {
  assert.equal(asSentences([]), "");
  assert.equal(asSentences(["Thuyền về bến"]), "Thuyền về bến");
  assert.equal(asSentences(["Thuyền về bến", "Chợ cá."]), "Thuyền về bến. Chợ cá.");
  assert.equal(asSentences(["Ai đó?", "“Vâng!”"]), "Ai đó? “Vâng!”");
  assert.equal(
    asSentences(["A <em>house.</em>", "A <em>garden</em>"]),
    "A <em>house.</em> A <em>garden</em>.",
  );
});

test("the same caption counts once, an empty one not at all", () => {
  assert.deepEqual(unique(["a", "", "b", "a"]), ["a", "b"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  isShortened,
  readVideos,
  refusalOf,
  videoOf,
} from "../../articles/desk/static/articles/editor/videos.js";

const kind = {
  provider: "Tube",
  pattern: "tube\\.example/watch/(\\w+)",
  address: "https://tube.example/watch/{0}/",
  upright: false,
  allowed: true,
};
const desk = {
  videos: readVideos({
    kinds: [kind, { ...kind, provider: "Off", pattern: "off\\.example/(\\w+)", allowed: false }],
    shortened: ["t\\.example/\\w+"],
    longest: 60,
    providers: "Tube",
  }),
  words: {
    video_off: "%(provider)s is off.",
    video_shortened: "Shortened.",
    video_unknown: "Only %(providers)s.",
  },
};

test("an address is known with or without scheme, in any case, and given in its one form", () => {
  for (const text of ["tube.example/watch/a1", " https://TUBE.example/watch/a1 "]) {
    const { provider, address } = videoOf(desk, text);
    assert.deepEqual([provider, address], ["Tube", "https://tube.example/watch/a1/"]);
  }
});

test("what is more or other than an address is no video", () => {
  const long = `tube.example/watch/${"a".repeat(60)}`;
  for (const text of [
    "",
    null,
    "tube.example/watch/a1 and more",
    "see tube.example/watch/a1",
    long,
  ]) {
    assert.equal(videoOf(desk, text), null);
  }
});

test("each refusal has its sentence, and what may stand has none", () => {
  assert.equal(refusalOf(desk, "tube.example/watch/a1"), "");
  assert.equal(refusalOf(desk, "off.example/a1"), "Off is off.");
  assert.equal(refusalOf(desk, "https://t.example/a1"), "Shortened.");
  assert.equal(refusalOf(desk, "https://other.example/"), "Only Tube.");
  assert.equal(isShortened(desk, "t.example/a1"), true);
});

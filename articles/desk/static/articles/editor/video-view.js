// How a video stands in the text: its still, or a box without one, and whose it is. Never the player.
import { element } from "./element.js";
import { videoOf } from "./videos.js";
import { say } from "./words.js";

// still: the still as figures show pictures, null while there is none.
export function videoFrame(desk, embed, still) {
  const { words } = desk;
  const { provider, address, upright } = videoOf(desk, embed);
  return element(
    "div",
    { class: upright ? "video upright" : "video" },
    still ?? element("p", { class: "no-still" }, words.no_still),
    element(
      "a",
      { class: "video-badge", href: address, target: "_blank", rel: "noopener noreferrer" },
      say(words.video_badge, { provider }),
    ),
  );
}

// Videos by address: which addresses may stand in the text, and why another may not.
// The patterns are the server's own: articles/text/embeds.py.
import { say } from "./words.js";

// {provider, address in its one form, upright, allowed} of the video; null for any other text.
export function videoOf({ videos }, text) {
  const address = (text ?? "").trim();
  if (address.length > videos.longest) return null;
  for (const { pattern, ...kind } of videos.kinds) {
    const found = pattern.exec(address);
    if (!found) continue;
    const made = kind.address.replace(/\{(\d)\}/g, (_, n) => found[Number(n) + 1]);
    return { ...kind, address: made };
  }
  return null;
}

export function isVideo(widget) {
  return Boolean(widget.data.embed);
}

// The sentence for an address that is refused; "" for one that may stand in a story.
export function refusalOf(desk, text) {
  const { videos, words } = desk;
  const video = videoOf(desk, text);
  if (video) return video.allowed ? "" : say(words.video_off, video);
  if (isShortened(desk, text)) return words.video_shortened;
  return say(words.video_unknown, { providers: videos.providers });
}

export function isShortened({ videos }, text) {
  return videos.shortened.some((pattern) => pattern.test(text.trim()));
}

// The editor's configuration holds the patterns as texts.
export function readVideos({ kinds, shortened, ...rest }) {
  const read = (text) => new RegExp(`^(?:https?://)?(?:${text})$`, "i");
  return {
    ...rest,
    kinds: kinds.map((kind) => ({ ...kind, pattern: read(kind.pattern) })),
    shortened: shortened.map(read),
  };
}

// Files on their way to the library. A figure names them by key until they are there, and after.
import { Refusal, csrfToken, readAnswer } from "./library.js";

const AT_ONCE = 2;
export const UNDER_WAY = ["waiting", "postponed", "sending"];
// Its bytes have arrived; the server makes the picture of them, which takes seconds.
export const isWorkedOn = (upload) => upload?.state === "sending" && upload.share === 1;
// What the server, or a proxy before it, answers when nothing is wrong but the moment.
const BUSY = [429, 502, 503, 504];
const PATIENCE = 30 * 60_000;

// When to send again, in milliseconds: what the server asked for, within bounds, and a part more by
// chance, so that not all who were sent away come back at once.
export function pause(retryAfter, chance = Math.random()) {
  const seconds = Number(retryAfter) || 10;
  return Math.min(Math.max(seconds, 1), 60) * 1000 * (1 + chance / 2);
}

export class Uploads extends EventTarget {
  constructor(desk) {
    super();
    this.desk = desk;
    this.all = new Map();
  }

  // Starts to send a file; returns its key, which no other page can have.
  add(file) {
    const key = `u-${uuid()}`;
    this.all.set(key, { key, file, state: "waiting", share: 0, since: Date.now() });
    this.next();
    return key;
  }

  // A place for a picture whose bytes did not come; address: where it was shown, "" if unknown.
  lose({ name, address }) {
    const key = `u-${uuid()}`;
    this.all.set(key, { key, state: "lost", name, address });
    return key;
  }

  // Goes on with files that another page has kept, as it told of them; file null where it is gone.
  revive(files) {
    for (const { key, name, address, sentence, file } of files) {
      if (this.all.has(key)) continue;
      const begun = { state: "waiting", file, share: 0, since: Date.now() };
      const lost = { state: "lost", sentence: sentence ?? this.desk.words.not_kept };
      this.all.set(key, { key, name, address, ...(file ? begun : lost) });
    }
    this.next();
  }

  // What a copy keeps of an upload; what is too big for the server is not sent from there either.
  told(key) {
    const { file, name, address, state, sentence } = this.get(key) ?? {};
    return {
      key,
      name: file?.name ?? name ?? "",
      address: address ?? "",
      ...(state === "lost" && { sentence: sentence ?? this.desk.words.lost }),
      file: file?.size <= this.desk.mostBytes ? file : null,
    };
  }

  get(key) {
    return this.all.get(key);
  }

  isLost(key) {
    return this.get(key)?.state === "lost";
  }

  isDiscarded(key) {
    return this.get(key)?.state === "discarded";
  }

  retry(key) {
    const upload = this.get(key);
    if (upload?.state !== "failed") return;
    this.update(upload, { state: "waiting", share: 0, error: null, since: Date.now() });
    this.next();
  }

  // The server has no room for it now: it keeps its place and goes again by itself.
  postpone(upload, request) {
    this.update(upload, { state: "postponed", share: 0, request: null });
    setTimeout(
      () => {
        if (upload.state === "postponed") this.update(upload, { state: "waiting" });
        this.next();
      },
      pause(request.getResponseHeader("Retry-After")),
    );
  }

  // The user took it out before it was there: neither undo nor a late answer brings it back.
  discard(key) {
    const upload = this.get(key);
    if (!upload || ["done", "lost"].includes(upload.state)) return;
    this.update(upload, { state: "discarded", file: null });
    upload.request?.abort();
    this.next();
  }

  next() {
    const { mostBytes, words } = this.desk;
    // What is too big is said now, not after minutes on a slow line.
    for (const upload of this.inState("waiting").filter(({ file }) => file.size > mostBytes)) {
      this.update(upload, { state: "failed", error: new Refusal(words.too_big) });
    }
    // Where one was told to wait, the others would only be sent for nothing.
    if (this.inState("postponed").length) return;
    const room = Math.max(0, AT_ONCE - this.inState("sending").length);
    for (const upload of this.inState("waiting").slice(0, room)) this.send(upload);
  }

  inState(state) {
    return [...this.all.values()].filter((upload) => upload.state === state);
  }

  send(upload) {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("file", upload.file, upload.file.name || "picture");
    request.open("POST", this.desk.urls.add);
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      upload.share = loaded / total;
      this.dispatchEvent(new CustomEvent("progress", { detail: upload }));
    });
    request.addEventListener("loadend", () => this.finish(upload, request));
    this.update(upload, { state: "sending", request });
    request.send(form);
  }

  finish(upload, request) {
    if (upload.state === "sending") {
      const early = Date.now() - upload.since < PATIENCE;
      if (BUSY.includes(request.status) && early) this.postpone(upload, request);
      else this.update(upload, this.outcome(request));
    }
    this.next();
  }

  outcome(request) {
    try {
      if (!request.status) throw new Refusal(this.desk.words.unreachable);
      const picture = readAnswer(this.desk, request.status, request.responseText);
      this.desk.library.keep(picture);
      if (picture.unread) this.desk.notices.add(picture.unread);
      return { state: "done", picture, file: null, request: null };
    } catch (refused) {
      return { state: "failed", error: refused, request: null };
    }
  }

  update(upload, changes) {
    Object.assign(upload, changes);
    this.dispatchEvent(new CustomEvent("change", { detail: upload }));
  }
}

// crypto.randomUUID is missing where the desk is reached without https.
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

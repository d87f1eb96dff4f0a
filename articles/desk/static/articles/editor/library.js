// Pictures of the library, as the server describes them; asked for once each, several at a time.
import { say } from "./words.js";

const AT_ONCE = 100;
const AGAIN_AFTER = 5000;

export class Library extends EventTarget {
  constructor(desk, story) {
    super();
    this.desk = desk;
    this.story = story;
    this.known = new Map();
    this.wanted = new Set();
  }

  // The picture's description; null while it is not known yet, false when it is not to be had.
  get(id) {
    const found = this.known.get(Number(id));
    if (found === undefined) this.want(Number(id));
    return found ?? null;
  }

  keep(picture) {
    this.known.set(picture.id, picture);
    this.dispatchEvent(new Event("change"));
  }

  want(id) {
    if (!this.wanted.size) setTimeout(() => this.look());
    this.wanted.add(id);
    this.known.set(id, null);
  }

  async look() {
    const ids = [...this.wanted];
    this.wanted.clear();
    for (let start = 0; start < ids.length; start += AT_ONCE) {
      const part = ids.slice(start, start + AT_ONCE);
      const query = new URLSearchParams({ ids: part.join(","), story: this.story ?? "" });
      try {
        const { pictures } = await this.ask(`${this.desk.urls.data}?${query}`);
        for (const id of part) this.known.set(id, false);
        for (const picture of pictures) this.known.set(picture.id, picture);
      } catch (refused) {
        this.desk.notices.say(refused.message, { login: refused.login });
        setTimeout(() => this.forget(part), AGAIN_AFTER);
      }
    }
    this.dispatchEvent(new Event("change"));
  }

  // What the server did not answer is asked again.
  forget(ids) {
    for (const id of ids) this.known.delete(id);
    this.dispatchEvent(new Event("change"));
  }

  // filter: more of the address, as the library's page has it, such as "whose=mine".
  find(words, before, filter = "") {
    const query = new URLSearchParams({ q: words, before: before ?? "" });
    for (const [name, value] of new URLSearchParams(filter)) query.set(name, value);
    return this.ask(`${this.desk.urls.find}?${query}`);
  }

  async describe(id, words) {
    const address = this.desk.urls.describe.replace("/0/", `/${id}/`);
    this.keep(await this.ask(address, { method: "POST", body: new URLSearchParams(words) }));
  }

  // The answer as a value; anything else is thrown as a Refusal with a sentence.
  async ask(address, options = {}) {
    let answer;
    try {
      answer = await fetch(address, {
        ...options,
        headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
      });
    } catch {
      throw new Refusal(this.desk.words.unreachable);
    }
    return readAnswer(this.desk, answer.status, await answer.text());
  }
}

export class Refusal extends Error {
  constructor(sentence, login = false) {
    super(sentence);
    this.login = login;
  }
}

export function readAnswer({ words }, status, text) {
  let answer = null;
  try {
    answer = JSON.parse(text);
  } catch {
    // A page in place of an answer: Django's own 403, or a proxy's.
  }
  if (status >= 200 && status < 300 && answer) return answer;
  const login = status === 401 || (status === 403 && !answer);
  const sentence = login ? words.logged_out : say(words.failed, { status });
  throw new Refusal(answer?.error ?? sentence, login);
}

// The cookie, not the form's field: logging in again in another tab renews it.
export function csrfToken() {
  const cookie = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/);
  return cookie?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

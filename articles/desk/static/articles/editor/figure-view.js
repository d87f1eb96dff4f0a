// What a figure shows of itself: its pictures over the caption, its tools under it.
import { button, element } from "./element.js";
import { CaptionChoice } from "./caption-choice.js";
import { chooseFiles } from "./choosing.js";
import { removePicture } from "./commands.js";
import { captionText, idOf, keysOf, leadOf } from "./figures.js";
import { Panel } from "./panel.js";
import { pickFor } from "./picker.js";
import { isTall, rowsOf } from "./rows.js";
import { sheet } from "./styles.js";
import { Toolbar } from "./toolbar.js";
import { videoFrame } from "./video-view.js";
import { isVideo } from "./videos.js";
import { isWorkedOn } from "./uploads.js";
import { say } from "./words.js";

export class FigureView {
  constructor(desk, widget) {
    this.desk = desk;
    this.widget = widget;
    this.open = null;
    this.pictures = element("div", { class: "pictures" });
    this.placeholder = element("span", { class: "placeholder", "aria-hidden": "true" });
    this.toolbar = new Toolbar(desk, widget);
    this.choice = new CaptionChoice(desk, widget);
    this.panel = new Panel(desk, widget, () => this.closePanel());
    attach(widget.element.findOne(".figure-pictures").$, this.pictures, this.placeholder);
    const host = widget.element.findOne(".figure-tools").$;
    attach(host, this.choice.root, this.panel.root, this.toolbar.root);
    // However words come or go: typed, composed, pasted, taken back.
    const watch = new MutationObserver(() => this.captionChanged());
    const all = { childList: true, characterData: true, subtree: true };
    watch.observe(widget.editables.caption.$, all);
  }

  render() {
    const keys = keysOf(this.desk, this.widget);
    if (this.open && !keys.includes(this.open)) this.open = null;
    this.drawPictures(keys);
    this.captionChanged();
    this.toolbar.render();
    this.panel.render(this.open);
  }

  // Only what has changed is drawn anew: a button must not vanish under the finger.
  drawPictures(keys) {
    const [leadWidget, lead] = leadOf(this.desk);
    const leading = leadWidget === this.widget ? lead : null;
    const state = JSON.stringify([leading, this.open, keys.map((key) => this.stateOf(key))]);
    if (state === this.drawn) return;
    this.drawn = state;
    const focused = this.pictures.getRootNode().activeElement?.dataset.key;
    const shown = keys.map((key, n) => this.picture(key, n + 1, keys.length, leading === key));
    this.pictures.replaceChildren(...this.arranged(shown));
    if (focused) this.focusPicture(focused);
  }

  arranged(shown) {
    if (isVideo(this.widget)) {
      return [videoFrame(this.desk, this.widget.data.embed, shown[0] ?? null)];
    }
    return rowsOf(shown.length).map((length) =>
      element("div", { class: `pictures-row of-${length}` }, ...shown.splice(0, length)),
    );
  }

  stateOf(key) {
    const { library, uploads } = this.desk;
    const id = idOf(this.desk, key);
    const upload = uploads.get(key);
    return [key, id && library.get(id), upload?.state, upload?.error?.message, isWorkedOn(upload)];
  }

  picture(key, number, count, isLead) {
    const { uploads, library, words } = this.desk;
    const id = idOf(this.desk, key);
    if (uploads.isLost(key)) return this.lost(key, uploads.get(key));
    if (id === null) return this.unfinished(key, uploads.get(key));
    const found = library.get(id);
    if (!found) return this.missing(key, found);
    const name = say(words.picture, { number, count, alt: found.alt_text || words.no_alt });
    const ratio = found.width / found.height;
    const made = element(
      "button",
      {
        type: "button",
        class: isTall(found) ? "picture tall" : "picture",
        "data-key": key,
        "aria-label": isLead ? `${name} (${words.lead})` : name,
        "aria-expanded": String(this.open === key),
        onclick: () => this.toggle(key),
      },
      element("img", {
        src: found.url,
        alt: "",
        draggable: "false",
        width: found.width,
        height: found.height,
      }),
      element(
        "span",
        { class: "badges" },
        isLead ? element("span", { class: "lead" }, words.lead) : null,
        found.alt_text ? null : element("span", { class: "no-alt" }, words.no_alt),
      ),
    );
    made.style.flexGrow = Math.min(3, Math.max(0.4, ratio));
    return made;
  }

  unfinished(key, upload) {
    const { words, uploads, urls } = this.desk;
    const failed = !upload || upload.state === "failed";
    const sentence = upload?.error?.message ?? words.not_here;
    const login = element("a", { href: urls.login, target: "_blank" }, words.log_in);
    return element(
      "div",
      { class: failed ? "unfinished failed" : "unfinished", "data-key": key, tabindex: "-1" },
      element("strong", {}, upload?.file?.name ?? ""),
      upload?.state === "postponed" ? element("p", {}, words.postponed) : null,
      failed ? element("p", {}, sentence) : null,
      isWorkedOn(upload) ? element("p", {}, words.working) : null,
      !failed && !isWorkedOn(upload)
        ? element("progress", { max: 1, value: upload.share, "aria-label": words.uploading })
        : null,
      upload?.error?.login ? login : null,
      upload && failed ? button(words.try_again, () => uploads.retry(key)) : null,
      button(words.remove, () => removePicture(this.desk, this.widget, key)),
    );
  }

  // The place of a picture that did not come with the words around it.
  lost(key, { name, address, sentence }) {
    const { desk, widget } = this;
    const { words } = desk;
    const original = { href: address, target: "_blank", rel: "noopener noreferrer" };
    return element(
      "div",
      { class: "lost", "data-key": key, tabindex: "-1" },
      name ? element("strong", {}, name) : null,
      element("p", {}, sentence ?? words.lost),
      button(words.lost_choose, () => chooseFiles(desk, widget)),
      button(words.pick, () => pickFor(desk, widget)),
      address ? element("a", original, words.lost_original) : null,
      button(words.remove, () => removePicture(desk, widget, key)),
    );
  }

  missing(key, found) {
    const { words } = this.desk;
    if (found === null) return element("div", { class: "unfinished", "data-key": key }, "…");
    return element(
      "div",
      { class: "unfinished failed", "data-key": key, tabindex: "-1" },
      element("p", {}, say(words.gone, { id: key })),
      button(words.remove, () => removePicture(this.desk, this.widget, key)),
    );
  }

  showProgress({ key, share }) {
    const bar = this.pictures.querySelector(`[data-key="${key}"] progress`);
    if (!bar) return;
    bar.value = share;
    if (share === 1) this.render();
  }

  isCaptionEmpty() {
    return captionText(this.widget) === "";
  }

  captionChanged() {
    if (!this.widget.editables.caption) return;
    this.showPlaceholder();
    this.choice.render();
  }

  showPlaceholder() {
    this.placeholder.textContent = this.widget.editables.caption.getAttribute("aria-label");
    this.placeholder.hidden = !this.isCaptionEmpty();
  }

  toggle(key) {
    this.desk.altTexts.stop();
    this.openPicture(this.open === key ? null : key);
  }

  // key: null closes it; place: which of how many this is, where one goes through several.
  openPicture(key, place = "") {
    // Its fields are drawn anew: where one with the focus vanishes, CKEditor takes the caret away.
    if (key && this.panel.isInUse()) this.focusPicture(key);
    this.open = key;
    this.panel.place = place;
    this.render();
    if (key) this.panel.focus();
  }

  closePanel() {
    const key = this.open;
    this.open = null;
    this.render();
    this.focusPicture(key);
  }

  focusPicture(key) {
    this.pictures.querySelector(`[data-key="${key}"]`)?.focus();
  }

  focusFirst() {
    const first = this.pictures.querySelector("[data-key], .video-badge");
    (first?.matches("button, a") ? first : (first?.querySelector("button") ?? first))?.focus();
  }

  focusLast() {
    if (this.choice.root.hidden) this.toolbar.focus();
    else this.choice.focus();
  }

  focusCaption(atEnd = true) {
    const { editor } = this.desk;
    const range = editor.createRange();
    this.widget.editables.caption.focus();
    range.selectNodeContents(this.widget.editables.caption);
    range.collapse(!atEnd);
    editor.getSelection().selectRanges([range]);
  }
}

const UNDO_KEYS = new Set(["z", "y", "Z", "Y"]);

function attach(host, ...nodes) {
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(...nodes);
  // CKEditor hears every event of the text; what happens in here is not typing. Undo it may have.
  const hide = (event) => event.stopPropagation();
  for (const name of "mousedown paste cut copy input beforeinput dblclick keypress".split(" ")) {
    shadow.addEventListener(name, hide);
  }
  shadow.addEventListener("keydown", (event) => {
    const inField = event.target.matches("input, textarea");
    const undo = (event.ctrlKey || event.metaKey) && UNDO_KEYS.has(event.key);
    if (inField || !undo) event.stopPropagation();
  });
  shadow.addEventListener("keyup", hide);
}

// What is pasted from elsewhere, cleaned by the server, one paste after the other. Word's own filter
// and the editor's would take away by what one sees that words were deleted, hidden or numbered.
import { isAwaited, markOf, offerFor } from "./lifting.js";
import {
  isInCaption,
  lostPictures,
  parse,
  placeBesideCaption,
  takePictures,
} from "./pasted-pictures.js";

const BLOCKS =
  "p, div, h1, h2, h3, h4, h5, h6, ul, ol, li, dl, table, blockquote, pre, figure, br, hr";
// In milliseconds: when it is said that one waits, and when one has waited long enough.
const SLOW = 700;
const TOO_SLOW = 20_000;
// Ids stand for the uploads on their way: the server knows no others.
const FIRST_STAND_IN = 900_000_000_000_000_000n;

// The HTML of the clipboard as it came; "" for what was copied in an editor of ours.
export function rawFromElsewhere(editor, { cleaned, dataTransfer }) {
  if (cleaned || dataTransfer?.getTransferType(editor) !== CKEDITOR.DATA_TRANSFER_EXTERNAL)
    return "";
  const raw = dataTransfer.getData("text/html", true) ?? "";
  return raw.includes("data-cke-widget-wrapper") ? "" : raw.trim();
}

export class Pastes {
  constructor(desk) {
    this.desk = desk;
    this.waiting = 0;
    this.last = Promise.resolve();
    this.notice = null;
    // CKEditor tells of a paste only a moment after its key.
    desk.editor.on("beforePaste", () => {
      this.caret = rangeOf(desk.editor);
    });
  }

  take(raw, { type, method, dataTransfer }) {
    const { editor } = this.desk;
    const page = parse(raw);
    const inCaption = isInCaption(editor);
    const pictures = /<img\b/i.test(raw)
      ? takePictures(this.desk, page.body, dataTransfer, !inCaption)
      : { keys: [], lost: 0 };
    const paste = {
      type: type === "text" ? "text" : "html",
      html: /<img\b/i.test(raw) ? page.documentElement.outerHTML : raw,
      edges: edgesOf(raw),
      plain: dataTransfer.getData("text/plain") || page.body.textContent,
      figures: inCaption ? [] : pictures.keys,
      beside: inCaption ? pictures.keys : [],
      lost: pictures.lost,
      whole: !this.waiting && isAwaited(this.desk),
      // Behind another paste, the caret stands where that one ends.
      place: this.waiting ? null : method === "paste" ? this.caret : rangeOf(editor),
    };
    this.waiting += 1;
    this.last = this.last.then(() => this.finish(paste)).finally(() => (this.waiting -= 1));
  }

  async finish(paste) {
    const { editor, words, notices, library, urls } = this.desk;
    const sentences = [];
    let html = "";
    let opening = null;
    let login = false;
    const slow = setTimeout(() => this.say(words.loading), SLOW);
    try {
      const body = new FormData();
      body.append("html", withStandIns(paste.html, paste.figures));
      if (paste.whole) body.append("mark", markOf(this.desk));
      const signal = AbortSignal.timeout(TOO_SLOW);
      const answer = await library.ask(urls.pasted, { method: "POST", body, signal });
      html = withKeys(inLine(answer.html, paste.edges), paste.figures);
      if (answer.left_out) sentences.push(answer.left_out);
      opening = answer.opening;
    } catch (refused) {
      html = CKEDITOR.tools.transformPlainTextToHtml(paste.plain.trim(), CKEDITOR.ENTER_P);
      html += paste.figures
        .filter((key) => !this.desk.uploads.isLost(key))
        .map((key) => `<figure data-images="${key}"></figure>`)
        .join("");
      sentences.push(words.pasted_plainly, refused.message);
      login = refused.login;
    }
    clearTimeout(slow);
    if (editor.status === "destroyed") return;
    if (paste.lost) sentences.push(lostPictures(this.desk, paste.lost, html));
    if (this.notice?.isConnected) notices.close();
    if (html || paste.beside.length) insert(this.desk, html, paste);
    const offer = opening && offerFor(this.desk, opening);
    if (offer) sentences.push(offer.sentence);
    if (sentences.length)
      this.say(sentences.join(" "), {
        login,
        choices: offer ? [offer.choice] : [],
        untilUndo: true,
      });
  }

  say(sentence, options) {
    const { notices } = this.desk;
    notices.say(sentence, options);
    this.notice = notices.strip.firstElementChild;
  }
}

function insert(desk, html, { type, place, beside }) {
  const { editor } = desk;
  const now = rangeOf(editor);
  const moved = place?.startContainer.isConnected && now && !isSame(place, now);
  const used = document.activeElement;
  if (moved) select(editor, place);
  if (beside.length) placeBesideCaption(desk, beside);
  editor.fire("paste", {
    type,
    method: "paste",
    dataValue: html,
    dontFilter: type === "html",
    cleaned: true,
    // That of the event would have Word's filter read the clipboard again.
    dataTransfer: new CKEDITOR.plugins.clipboard.dataTransfer(),
  });
  if (moved && now.startContainer.isConnected) select(editor, now);
  if (used !== document.body && used?.isConnected && !editor.editable().$.contains(used))
    used.focus();
}

function rangeOf(editor) {
  const selection = window.getSelection();
  if (!selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!editor.editable()?.$.contains(range.commonAncestorContainer)) return null;
  return behindItsText(range.cloneRange());
}

// What is typed in a text that ends before the caret would be taken to stand before it.
function behindItsText(range) {
  const { collapsed, startContainer, startOffset } = range;
  const before = startContainer.childNodes[startOffset - 1];
  if (collapsed && before?.nodeType === Node.TEXT_NODE) {
    range.setStart(before, before.length);
    range.collapse(true);
  }
  return range;
}

function isSame(one, other) {
  return (
    one.startContainer === other.startContainer &&
    one.startOffset === other.startOffset &&
    one.endContainer === other.endContainer &&
    one.endOffset === other.endOffset
  );
}

function select(editor, range) {
  editor.editable().$.focus({ preventScroll: true });
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  editor.selectionChange(true);
}

function standIn(n) {
  return String(FIRST_STAND_IN + BigInt(n));
}

function withStandIns(html, keys) {
  return keys.reduce((text, key, n) => text.replaceAll(key, standIn(n)), html);
}

function withKeys(html, keys) {
  return keys.reduce((text, key, n) => text.replaceAll(standIn(n), key), html);
}

// The spaces at the ends of a piece of a line, which no whole text has.
function edgesOf(raw) {
  const [, inside] = raw.match(/<!--StartFragment-->([\s\S]*?)<!--EndFragment-->/) ?? [null, raw];
  const { body } = parse(inside);
  if (body.querySelector(BLOCKS)) return null;
  const text = body.textContent;
  return { before: /^\s/.test(text) ? " " : "", after: /\s$/.test(text) ? " " : "" };
}

// A piece of a line goes into the line at the caret.
function inLine(html, edges) {
  const line = edges && html.match(/^<p>((?:(?!<p>).)*)<\/p>$/);
  return line ? edges.before + line[1] + edges.after : html;
}

// The pictures in what is pasted: uploaded where their bytes came with it, and put between blocks.
import { change } from "./commands.js";
import { newFigure, placeAtCaret } from "./placing.js";
import { say } from "./words.js";

// Chats and web mail send a letter as a picture of it.
const EMOJI = /^(?=.*[^\0-\x7f])(?:\p{Extended_Pictographic}|\p{Emoji_Component})+$/u;
const BLOCKS = "p, h1, h2, h3, h4, h5, h6, li, dt, dd, pre";
const CAPTIONS = "[class*=caption i]";
// In pixels: what is smaller belongs to the page that it is copied from, such as a button.
const SMALL = 64;
// A figure copied here brings the handle by which it is dragged, which is an image too.
const HANDLE = "[data-cke-widget-drag-handler]";

export function parse(html) {
  return new DOMParser().parseFromString(html ?? "", "text/html");
}

export function isInCaption(editor) {
  return Boolean(editor.getSelection()?.getStartElement()?.getAscendant("figcaption", true));
}

// Takes the pictures out of a parsed body, as figures or not at all; one whose bytes are missing
// leaves its place, where there are figures. {keys of the pictures, how many came without bytes}
export function takePictures(desk, body, transfer, asFigures) {
  const images = [...body.querySelectorAll("img")].filter(isPicture);
  fillFromRtf(images, transfer?.getData("text/rtf", true));
  const keys = [];
  let lost = 0;
  for (const group of groups(images)) {
    const taken = group.map((image, n) => keyOf(desk, image, keys.length + n + 1, asFigures));
    lost += taken.filter((key) => !key || desk.uploads.isLost(key)).length;
    const own = taken.filter(Boolean);
    keys.push(...own);
    replaceImages(group, asFigures ? own : []);
  }
  return { keys, lost };
}

// What is said of them; html: what was pasted, which may hold places for them.
export function lostPictures({ uploads, words }, count, html) {
  const marked = [...uploads.all.keys()].some((key) => uploads.isLost(key) && html.includes(key));
  return say(marked ? words.pictures_placed : words.pictures_lost, { count });
}

export function placeBesideCaption(desk, keys) {
  const place = placeAtCaret(desk.editor);
  desk.editor.once("afterPaste", () =>
    change(desk, () => {
      keys.reduce((where, key) => ({ after: newFigure(desk, [key], where).wrapper }), place);
    }),
  );
}

// Word's pictures are addresses on its own disk; their bytes stand in the RTF beside, in order.
function fillFromRtf(images, rtf) {
  const extract = CKEDITOR.pasteFilters.image;
  const local = images.filter((image) => /^file:/i.test(image.getAttribute("src") ?? ""));
  const found = rtf && extract ? extract.extractFromRtf(rtf) : [];
  if (found.length !== local.length) return;
  local.forEach((image, n) => {
    image.setAttribute("src", extract.createSrcWithBase64(found[n]) ?? "");
  });
}

function fileOf(address, number) {
  const found = address.match(/^data:(image\/([\w.+-]+));base64,([\s\S]*)$/i);
  if (!found) return null;
  try {
    const bytes = Uint8Array.from(atob(found[3].replace(/\s/g, "")), (byte) => byte.charCodeAt(0));
    return new File([bytes], `${number}.${found[2]}`, { type: found[1] });
  } catch {
    return null;
  }
}

function isPicture(image) {
  if (image.matches(HANDLE) || EMOJI.test(image.alt.trim())) return false;
  const sides = [image.getAttribute("width"), image.getAttribute("height")].map(Number.parseFloat);
  return !isElsewhere(image) || !sides.some((side) => side < SMALL);
}

const isElsewhere = (image) => !/^(data|file):/i.test(image.getAttribute("src") ?? "");

function keyOf({ uploads }, image, number, asFigures) {
  const address = image.getAttribute("src") ?? "";
  const file = fileOf(address, number);
  if (file) return uploads.add(file);
  if (!asFigures) return null;
  return uploads.lose({
    name: image.alt.trim(),
    address: /^https?:/i.test(address) ? address : "",
  });
}

// Pictures that stand in one figure, or in one table made for them, share its caption.
function groups(images) {
  const found = new Map();
  for (const image of images) {
    const frame = frameOf(image) ?? image;
    found.set(frame, [...(found.get(frame) ?? []), image]);
  }
  return [...found.values()];
}

function frameOf(image) {
  const figure = image.closest("figure");
  if (figure) return figure;
  const table = image.closest("table");
  return table && isFrame(table) ? table : null;
}

// A table that only holds pictures, over one cell of words.
function isFrame(table) {
  const worded = [...table.querySelectorAll("td, th")].filter((cell) => cell.textContent.trim());
  return (
    !table.querySelector("table") &&
    worded.length <= 1 &&
    worded.every((cell) => cell.parentElement.cells.length === 1)
  );
}

// A figure stands between blocks, so it follows the block that its pictures stood in.
function replaceImages(images, keys) {
  const [image] = images;
  const frame = frameOf(image);
  const block = frame ?? image.closest("table") ?? image.closest(BLOCKS) ?? image;
  if (keys.length) {
    const figure = image.ownerDocument.createElement("figure");
    figure.setAttribute("data-images", keys.join(" "));
    const below = frame ? wordsOf(frame) : captionAfter(images.at(-1));
    if (below) {
      const caption = image.ownerDocument.createElement("figcaption");
      caption.append(...below.childNodes);
      below.remove();
      figure.append(caption);
    }
    lastFigureAfter(block).after(figure);
  }
  for (const each of images) each.remove();
  if (keys.length && frame && !frame.textContent.trim() && !frame.querySelector("img"))
    frame.remove();
}

function wordsOf(frame) {
  if (frame.matches("figure")) return frame.querySelector("figcaption");
  return [...frame.querySelectorAll("td, th")].find((cell) => cell.textContent.trim());
}

// The next words after a picture, where they are marked as its caption.
function captionAfter(image) {
  const walker = image.ownerDocument.createTreeWalker(
    image.ownerDocument.body,
    NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
  );
  walker.currentNode = image;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeName === "IMG" && !node.matches(HANDLE)) return null;
    if (node.nodeType === Node.TEXT_NODE && node.data.trim()) {
      const caption = node.parentElement.closest(CAPTIONS);
      return caption && !caption.contains(image) ? caption : null;
    }
  }
  return null;
}

function lastFigureAfter(block) {
  let last = block;
  while (last.nextElementSibling?.matches("figure[data-images^=u-]"))
    last = last.nextElementSibling;
  return last;
}

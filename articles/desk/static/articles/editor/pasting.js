// What is pasted: pictures go to the library where the browser gives their bytes, and are never
// left in the text as addresses of elsewhere.
import { addFiles } from "./adding.js";
import { change } from "./commands.js";
import { newFigure, placeAtCaret } from "./placing.js";
import { shiftFigures } from "./shifting.js";
import { say } from "./words.js";

const FILES = 1;
const BEFORE_OTHER_FILTERS = 2;
const AFTER_WORD = 4;

export function takingPastes(desk) {
  const { editor, words, notices } = desk;
  preloadWord();

  editor.on(
    "paste",
    (event) => {
      const files = filesOf(event.data.dataTransfer);
      const html = event.data.dataValue || event.data.dataTransfer?.getData("text/html") || "";
      // Word and Excel send a picture of the text beside the text itself.
      if (!files.length || textOf(html)) return;
      event.cancel();
      addFiles(desk, files);
    },
    null,
    null,
    FILES,
  );

  editor.on(
    "paste",
    ({ data }) => {
      if (/id=["']?docs-internal-guid/.test(data.dataValue))
        data.dataValue = fromDocs(data.dataValue);
    },
    null,
    null,
    BEFORE_OTHER_FILTERS,
  );

  editor.on(
    "paste",
    ({ data }) => {
      if (!/<su[bp]\b/i.test(data.dataValue)) return;
      const body = parse(data.dataValue);
      shiftFigures(body);
      data.dataValue = body.innerHTML;
    },
    null,
    null,
    AFTER_WORD,
  );

  editor.on(
    "paste",
    ({ data }) => {
      if (!/<img\b/i.test(data.dataValue)) return;
      const inCaption = Boolean(
        editor.getSelection()?.getStartElement()?.getAscendant("figcaption", true),
      );
      const taken = takePictures(desk, data, !inCaption);
      data.dataValue = taken.html;
      if (inCaption && taken.keys.length) placeBesideCaption(desk, taken.keys);
      if (taken.lost) notices.say(say(words.pictures_lost, { count: taken.lost }));
    },
    null,
    null,
    AFTER_WORD,
  );
}

// If it cannot be loaded when Word's text arrives, that text would be lost.
function preloadWord() {
  const tools = CKEDITOR.plugins.getPath("pastetools");
  const word = CKEDITOR.plugins.getPath("pastefromword");
  CKEDITOR.plugins.pastetools.loadFilters(
    [
      CKEDITOR.getUrl(`${tools}filter/common.js`),
      CKEDITOR.getUrl(`${tools}filter/image.js`),
      CKEDITOR.getUrl(`${word}filter/default.js`),
    ],
    () => {},
  );
}

function filesOf(transfer) {
  return Array.from({ length: transfer?.getFilesCount() ?? 0 }, (_, n) => transfer.getFile(n));
}

function parse(html) {
  return new DOMParser().parseFromString(html, "text/html").body;
}

function textOf(html) {
  return parse(html).textContent.trim();
}

// Google Docs wraps everything in a bold element that is not bold, and marks up by style alone.
function fromDocs(html) {
  const body = parse(html);
  for (const bold of body.querySelectorAll("b[id^=docs-internal-guid]")) {
    bold.replaceWith(...bold.childNodes);
  }
  for (const span of body.querySelectorAll("span")) {
    const { fontWeight, fontStyle, verticalAlign } = span.style;
    const heading = span.closest("h1, h2, h3, h4, h5, h6");
    if (verticalAlign === "super") wrapInside(span, "sup");
    if (verticalAlign === "sub") wrapInside(span, "sub");
    if (fontStyle === "italic") wrapInside(span, "em");
    if (!heading && (fontWeight === "bold" || Number(fontWeight) >= 600))
      wrapInside(span, "strong");
    span.replaceWith(...span.childNodes);
  }
  return body.innerHTML;
}

function wrapInside(node, name) {
  const wrapper = node.ownerDocument.createElement(name);
  wrapper.append(...node.childNodes);
  node.append(wrapper);
}

// {html, keys of the uploads begun, how many pictures could not be taken}
function takePictures(desk, { dataValue, dataTransfer }, asFigures) {
  const body = parse(dataValue);
  // A figure copied here brings the handle by which it is dragged, which is an image too.
  const images = [...body.querySelectorAll("img:not([data-cke-widget-drag-handler])")];
  const keys = [];
  fillFromRtf(images, dataTransfer?.getData("text/rtf", true));
  for (const image of images) {
    const file = fileOf(image.getAttribute("src") ?? "", keys.length + 1);
    const key = file && desk.uploads.add(file);
    if (key) keys.push(key);
    replaceImage(image, asFigures ? key : null);
  }
  return { html: body.innerHTML, keys, lost: images.length - keys.length };
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

// A figure stands between blocks, so it follows the block that its picture stood in.
function replaceImage(image, key) {
  const figure = image.closest("figure");
  if (key && figure) {
    const marked = image.ownerDocument.createElement("figure");
    marked.setAttribute("data-images", key);
    const caption = figure.querySelector("figcaption");
    if (caption) marked.append(caption);
    figure.after(marked);
  } else if (key) {
    const marked = image.ownerDocument.createElement("figure");
    marked.setAttribute("data-images", key);
    const block = image.closest("body > *");
    (block === image ? image : lastFigureAfter(block)).after(marked);
  }
  image.remove();
}

function lastFigureAfter(block) {
  let last = block;
  while (last.nextElementSibling?.matches("figure[data-images^=u-]"))
    last = last.nextElementSibling;
  return last;
}

function placeBesideCaption(desk, keys) {
  const place = placeAtCaret(desk.editor);
  desk.editor.once("afterPaste", () =>
    change(desk, () => {
      keys.reduce((where, key) => ({ after: newFigure(desk, [key], where).wrapper }), place);
    }),
  );
}

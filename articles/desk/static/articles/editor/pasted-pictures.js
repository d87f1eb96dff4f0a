// The pictures in what is pasted: uploaded where their bytes came with it, and put between blocks.
import { change } from "./commands.js";
import { newFigure, placeAtCaret } from "./placing.js";

// Chats and web mail send a letter as a picture of it.
const EMOJI = /^(?=.*[^\0-\x7f])(?:\p{Extended_Pictographic}|\p{Emoji_Component})+$/u;
const BLOCKS = "p, h1, h2, h3, h4, h5, h6, li, dt, dd, pre";

export function parse(html) {
  return new DOMParser().parseFromString(html ?? "", "text/html");
}

export function isInCaption(editor) {
  return Boolean(editor.getSelection()?.getStartElement()?.getAscendant("figcaption", true));
}

// Takes the pictures out of a parsed body, as figures or not at all.
// {keys of the uploads begun, how many pictures could not be taken}
export function takePictures(desk, body, transfer, asFigures) {
  // A figure copied here brings the handle by which it is dragged, which is an image too.
  const images = [...body.querySelectorAll("img:not([data-cke-widget-drag-handler])")].filter(
    (image) => !EMOJI.test(image.alt.trim()),
  );
  const keys = [];
  fillFromRtf(images, transfer?.getData("text/rtf", true));
  for (const image of images) {
    const file = fileOf(image.getAttribute("src") ?? "", keys.length + 1);
    const key = file && desk.uploads.add(file);
    if (key) keys.push(key);
    replaceImage(image, asFigures ? key : null);
  }
  return { keys, lost: images.length - keys.length };
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

// A figure stands between blocks, so it follows the block that its picture stood in.
function replaceImage(image, key) {
  const figure = image.closest("figure");
  if (key) {
    const marked = image.ownerDocument.createElement("figure");
    marked.setAttribute("data-images", key);
    const caption = figure?.querySelector("figcaption");
    if (caption) marked.append(caption);
    const block = figure ?? image.closest("table") ?? image.closest(BLOCKS) ?? image;
    lastFigureAfter(block).after(marked);
  }
  image.remove();
}

function lastFigureAfter(block) {
  let last = block;
  while (last.nextElementSibling?.matches("figure[data-images^=u-]"))
    last = last.nextElementSibling;
  return last;
}

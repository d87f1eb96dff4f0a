// What stands in the text: its figures in order, their pictures, the lead.
import { readKeys } from "./canonical.js";

// The pictures and the tools live in shadow trees on the two divs, outside text, undo and getData.
export const INSIDE =
  '<div class="figure-pictures"></div><figcaption></figcaption><div class="figure-tools"></div>';

export function allFigures(editor) {
  const wrappers = editor.editable()?.find(".cke_widget_wrapper").toArray() ?? [];
  return wrappers
    .map((wrapper) => editor.widgets.getByElement(wrapper, true))
    .filter((widget) => widget?.name === "figures" && widget.view);
}

export function keysOf({ uploads }, widget) {
  return readKeys(widget.data.images).filter((key) => !uploads.isDiscarded(key));
}

// The library's id of a picture; null while its upload is not finished.
export function idOf({ uploads }, key) {
  return key.startsWith("u-") ? (uploads.get(key)?.picture?.id ?? null) : Number(key);
}

export function unfinishedKeys(desk) {
  return allFigures(desk.editor)
    .flatMap((widget) => keysOf(desk, widget))
    .filter((key) => idOf(desk, key) === null);
}

// The text with what is not there yet, by key, and the files of that: for a copy in the browser.
export function unfinishedText(desk) {
  const keys = unfinishedKeys(desk);
  if (!keys.length) return null;
  desk.copying = true;
  const html = desk.editor.getData();
  desk.copying = false;
  return { html, files: keys.map((key) => desk.uploads.told(key)) };
}

export function leadField({ editor }) {
  return editor.element.$.form?.querySelector("#id_lead_image") ?? null;
}

// [widget, key] of the lead picture: the chosen one, else the first.
export function leadOf(desk) {
  const all = allFigures(desk.editor).flatMap((widget) =>
    keysOf(desk, widget).map((key) => [widget, key]),
  );
  return all.find(([widget, key]) => widget.data.lead === key) ?? all[0] ?? [null, null];
}

// The block before or after a figure in the text, skipping what CKEditor puts there for itself.
export function neighbour(node, forward) {
  const isBlock = (found) => found.type === CKEDITOR.NODE_ELEMENT && !found.data("cke-temp");
  return forward ? node.getNext(isBlock) : node.getPrevious(isBlock);
}

export function figureAt(editor, block) {
  const widget = block && editor.widgets.getByElement(block, true);
  return widget?.name === "figures" ? widget : null;
}

export function captionText(widget) {
  return (widget.editables.caption?.getText() ?? "").replace(/[\u200b\u00a0\s]+/g, " ").trim();
}

// Once, after all that happens now: undo makes every figure of the text anew.
export function renderSoon(desk) {
  if (desk.rendering) return;
  desk.rendering = true;
  queueMicrotask(() => {
    desk.rendering = false;
    renderAll(desk);
  });
}

export function renderAll(desk) {
  for (const widget of allFigures(desk.editor)) widget.view.render();
  desk.summary?.render();
}

// Where new figures go: after the block with the caret, or where they are dropped.
import { INSIDE, figureAt, neighbour } from "./figures.js";

// place: {after: block}, {before: block}, or {} for an empty text.
export function newFigure({ editor }, keys, { after, before }, embed = "") {
  const figure = CKEDITOR.dom.element.createFromHtml(`<figure>${INSIDE}</figure>`, editor.document);
  if (before) figure.insertBefore(before);
  else if (after) figure.insertAfter(after);
  else editor.editable().append(figure, true);
  return editor.widgets.initOn(figure, "figures", { images: keys.join(" "), embed });
}

export function newParagraph(editor, after, html = "") {
  const paragraph = editor.document.createElement("p");
  paragraph.setHtml(html);
  if (!html) paragraph.appendBogus();
  paragraph.insertAfter(after);
  return paragraph;
}

export function placeAtCaret(editor) {
  return behind(blockAtCaret(editor) ?? editor.editable().getLast(isElement));
}

export function placeAtHeight(editor, y) {
  const blocks = editor.editable().getChildren().toArray().filter(isElement);
  const below = blocks.find((block) => {
    const { top, bottom } = block.$.getBoundingClientRect();
    return y < (top + bottom) / 2;
  });
  return below ? { before: below } : behind(blocks.at(-1));
}

// An empty paragraph makes room for a figure and waits below it.
function behind(block) {
  if (!block) return {};
  return isEmptyParagraph(block) ? { before: block } : { after: block };
}

export function blockAtCaret(editor) {
  const editable = editor.editable();
  let node = editor.widgets.focused?.wrapper ?? editor.getSelection()?.getStartElement();
  while (node && !node.getParent()?.equals(editable)) node = node.getParent();
  return node ?? null;
}

// Puts the caret where one goes on after a figure: into the next caption, or the next text.
export function goOnBelow(editor, widget) {
  const next = neighbour(widget.wrapper, true);
  const figure = figureAt(editor, next);
  if (figure) figure.view.focusCaption();
  else caretAfter(editor, next ?? newParagraph(editor, widget.wrapper));
}

export function caretAfter(editor, block) {
  editor.focus();
  if (!block) return;
  const range = editor.createRange();
  if (figureAt(editor, block)) return void figureAt(editor, block).focus();
  range.moveToElementEditStart(block);
  editor.getSelection().selectRanges([range]);
  block.$.scrollIntoView({ block: "nearest" });
}

function isElement(node) {
  return node.type === CKEDITOR.NODE_ELEMENT && !node.data("cke-temp");
}

export function isEmptyParagraph(block) {
  return block.is("p") && block.getText().replace(/[\u200b\u00a0\s]/g, "") === "";
}

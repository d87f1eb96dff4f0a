// The keyboard: Enter leaves a caption downward, Tab walks through figures, Ctrl+A takes a caption.
import { allFigures } from "./figures.js";
import { blockAtCaret, goOnBelow } from "./placing.js";
import { writeBelow } from "./commands.js";

const TAB = 9;
const ENTER = 13;
const A = 65;
const [PAGE_UP, PAGE_DOWN, END, HOME] = [33, 34, 35, 36];
const BEFORE_THE_WIDGETS = 0;
const BEFORE_THE_FILLERS = -2;

export function figureKeys(desk) {
  const { editor } = desk;

  editor.on(
    "key",
    (event) => {
      const { keyCode, domEvent } = event.data;
      if (domEvent?.$?.isComposing) return;
      const act = actionFor(desk, keyCode);
      if (!act) return;
      act();
      event.cancel();
      domEvent?.preventDefault();
    },
    null,
    null,
    BEFORE_THE_WIDGETS,
  );

  // Keys that reach as far as the text does: where a figure is first or last, CKEditor's fillers go on
  // to select the whole text, or nothing.
  const { CTRL, SHIFT } = CKEDITOR;
  const reaching = {
    [CTRL + A]: selectCaption,
    [CTRL + SHIFT + HOME]: selectToStart,
    [CTRL + SHIFT + END]: selectToEnd,
    [SHIFT + PAGE_UP]: selectToStart,
    [SHIFT + PAGE_DOWN]: selectToEnd,
  };
  editor.on("contentDom", () => {
    const surface = editor.editable();
    const select = (event) => {
      const caption = captionIn(editor);
      const act = caption && reaching[event.data.getKeystroke()];
      if (!act) return;
      act(editor, caption);
      event.stop();
      event.data.preventDefault();
    };
    surface.attachListener(surface, "keydown", select, null, null, BEFORE_THE_FILLERS);
  });
}

function actionFor(desk, keyCode) {
  const { editor } = desk;
  const focused = editor.widgets.focused;
  if (focused?.view) {
    if (keyCode === ENTER) return () => writeBelow(desk, focused);
    if (keyCode === TAB) return () => focused.view.focusFirst();
    return null;
  }
  const start = editor.getSelection()?.getStartElement();
  const caption = captionIn(editor);
  if (caption) return captionAction(desk, editor.widgets.getByElement(caption), keyCode);
  if (keyCode === TAB && !start?.getAscendant({ li: 1, td: 1, th: 1 }, true)) {
    const next = figureBelow(editor);
    return next && (() => next.view.focusFirst());
  }
  return null;
}

function captionAction({ editor }, widget, keyCode) {
  switch (keyCode) {
    case ENTER:
    case CKEDITOR.SHIFT + ENTER:
      return () => goOnBelow(editor, widget);
    case TAB:
      return () => widget.view.focusLast();
    case CKEDITOR.SHIFT + TAB:
      return () => widget.view.focusFirst();
    default:
      return null;
  }
}

// The caption with the caret.
function captionIn(editor) {
  return editor.getSelection()?.getStartElement()?.getAscendant("figcaption", true);
}

function selectCaption(editor, caption) {
  const range = editor.createRange();
  range.selectNodeContents(caption);
  // Firefox ends a line with a br, which undo does not bring back.
  if (lastIsBreak(caption.$)) range.setEndBefore(caption.getLast());
  editor.getSelection().selectRanges([range]);
}

// From where the selection was begun.
function selectToStart(_editor, { $ }) {
  getSelection().extend($, 0);
}

function selectToEnd(_editor, { $ }) {
  getSelection().extend($, $.childNodes.length - (lastIsBreak($) ? 1 : 0));
}

function lastIsBreak({ lastChild }) {
  return lastChild?.nodeName === "BR";
}

function figureBelow(editor) {
  const block = blockAtCaret(editor);
  return allFigures(editor).find(
    (widget) => block && block.getPosition(widget.wrapper) & CKEDITOR.POSITION_PRECEDING,
  );
}

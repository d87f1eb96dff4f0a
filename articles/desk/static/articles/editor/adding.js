// Several pictures at once: each its own figure, or, by one choice afterwards, all over one caption.
import { addTo, apart, change, fits, hasPlace, together } from "./commands.js";
import { keysOf } from "./figures.js";
import { naturally } from "./natural.js";
import { newFigure, placeAtCaret } from "./placing.js";
import { isVideo } from "./videos.js";
import { say } from "./words.js";

// Starts the uploads of files in the natural order of their names and shows them in the text.
export function addFiles(desk, files, place = placeAtCaret(desk.editor)) {
  const keys = naturally(files).map((file) => desk.uploads.add(file));
  addPictures(desk, keys, place);
}

export function addPictures(desk, keys, place = placeAtCaret(desk.editor)) {
  if (!keys.length) return;
  const figures = change(desk, () => {
    let where = place;
    return keys.map((key) => {
      const figure = newFigure(desk, [key], where);
      copyDefaultCaption(desk, figure);
      where = { after: figure.wrapper };
      return figure;
    });
  });
  if (keys.length > 1) offerTogether(desk, figures);
  figures[0].view.focusCaption();
  figures[0].wrapper.$.scrollIntoView({ block: "nearest" });
}

export function addFilesTo(desk, widget, files) {
  const count = keysOf(desk, widget).length + files.length;
  if (!isVideo(widget) && !hasPlace(desk, widget) && !fits(desk, count)) return;
  addTo(
    desk,
    widget,
    naturally(files).map((file) => desk.uploads.add(file)),
  );
}

function offerTogether(desk, figures) {
  const { words, notices } = desk;
  const sentence = say(words.placed_apart, { count: figures.length });
  const act = () => {
    const left = figures.filter((each) => isInText(desk, each));
    const figure = left.length ? together(desk, left) : null;
    if (!figure) return;
    offerApart(desk, figure);
    figure.view.focusCaption();
  };
  notices.say(sentence, { choices: [[words.put_together, act]] });
}

function offerApart(desk, figure) {
  const { words, notices, captions } = desk;
  const count = keysOf(desk, figure).length;
  const choose = captions.choices(figure).length ? ` ${words.choose_caption}` : "";
  const sentence = say(words.placed_together, { count }) + choose;
  const act = () => {
    if (!isInText(desk, figure)) return;
    const figures = apart(desk, figure);
    offerTogether(desk, figures);
    figures[0].view.focusCaption();
  };
  notices.say(sentence, { choices: [[words.put_apart, act]] });
}

function isInText({ editor }, widget) {
  return editor.widgets.instances[widget.id] === widget;
}

// The library's default caption is copied once, when the picture is placed alone.
export function copyDefaultCaption(desk, widget) {
  const caption = desk.captions.defaultOf(keysOf(desk, widget));
  if (!caption || !widget.view.isCaptionEmpty() || desk.composing) return;
  const focused = widget.editables.caption.$ === document.activeElement;
  widget.editables.caption.setHtml(caption);
  if (focused) widget.view.focusCaption();
}

// An upload that ends belongs to the step in which it was placed, not to one of its own.
export function copyingDefaultCaptions(desk) {
  const { editor, uploads } = desk;
  uploads.addEventListener("change", ({ detail: upload }) => {
    if (upload.state !== "done" || !editor.editable()) return;
    editor.fire("lockSnapshot");
    for (const widget of Object.values(editor.widgets.instances)) {
      if (widget.view && keysOf(desk, widget).includes(upload.key))
        copyDefaultCaption(desk, widget);
    }
    editor.fire("unlockSnapshot");
    editor.fire("change");
  });
}

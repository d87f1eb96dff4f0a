// What can be done to figures: each is one step of undo, and leaves the focus where it was used.
import {
  allFigures,
  captionText,
  figureAt,
  keysOf,
  leadOf,
  neighbour,
  renderAll,
} from "./figures.js";
import { caretAfter, newFigure, newParagraph } from "./placing.js";
import { isVideo } from "./videos.js";
import { say } from "./words.js";

export function change(desk, act) {
  const { editor } = desk;
  selectFigureInUse(editor);
  editor.fire("saveSnapshot");
  const result = act();
  editor.fire("saveSnapshot");
  renderAll(desk);
  return result;
}

// The browser leaves the caret beside the button in use; undo would bring it back there.
export function selectFigureInUse(editor) {
  const used = document.activeElement;
  if (used?.shadowRoot) editor.widgets.getByElement(new CKEDITOR.dom.element(used))?.focus();
}

function setKeys(widget, keys) {
  widget.setData("images", keys.join(" "));
}

export function move(desk, widget, forward) {
  const block = neighbour(widget.wrapper, forward);
  if (!block) return;
  change(desk, () => {
    if (forward) widget.wrapper.insertAfter(block);
    else widget.wrapper.insertBefore(block);
  });
  widget.view.toolbar.focus(forward ? "down" : "up");
  widget.wrapper.$.scrollIntoView({ block: "nearest" });
}

// More pictures than a figure may have would be lost when the story is saved.
export function fits({ editor, notices, words }, count) {
  const { most } = editor.config.figures;
  if (count > most) notices.say(say(words.too_many, { most }));
  return count <= most;
}

// The figure above that this one may join; null where there is none, or one of them is a video.
export function joinable({ editor }, widget) {
  const above = figureAt(editor, neighbour(widget.wrapper, false));
  return above && !isVideo(above) && !isVideo(widget) ? above : null;
}

export function mergeWithAbove(desk, widget) {
  const above = joinable(desk, widget);
  if (!above || !fits(desk, keysOf(desk, above).length + keysOf(desk, widget).length)) return;
  change(desk, () => mergeInto(desk, above, [widget]));
  above.view.toolbar.focus("merge");
  if (!desk.captions.choices(above).length) return;
  desk.notices.say(desk.words.choose_caption, { untilUndo: true });
  above.view.choice.root.scrollIntoView({ block: "center" });
}

function mergeInto(desk, target, others) {
  const all = [target, ...others];
  const parts = all.flatMap((each) => desk.captions.partsOf(each));
  const lead = all.find((each) => each.data.lead)?.data.lead;
  setKeys(target, [...new Set(all.flatMap((each) => keysOf(desk, each)))]);
  if (lead) target.setData("lead", lead);
  desk.captions.join(target, parts);
  for (const other of others) desk.editor.widgets.del(other);
}

// These figures as one, where the first of them stands; null where they do not fit.
export function together(desk, figures) {
  if (!fits(desk, figures.flatMap((each) => keysOf(desk, each)).length)) return null;
  change(desk, () => mergeInto(desk, figures[0], figures.slice(1)));
  return figures[0];
}

// Each picture of a figure as a figure of its own, with its own words; returns them.
export function apart(desk, figure) {
  return change(desk, () => {
    const [first, ...others] = keysOf(desk, figure);
    const { own, keep } = desk.captions.parting(figure, [first]);
    setKeys(figure, [first]);
    keep();
    const made = [figure];
    for (const key of others) {
      made.push(newFigure(desk, [key], { after: made.at(-1).wrapper }));
      made.at(-1).editables.caption.setData(own(key));
    }
    return made;
  });
}

export function addTo(desk, widget, keys) {
  if (hasPlace(desk, widget)) return fillPlaces(desk, widget, keys);
  const all = isVideo(widget) ? keys.slice(0, 1) : [...keysOf(desk, widget), ...keys];
  const parts = [
    ...desk.captions.partsOf(widget),
    ...keys.map((key) => ({ keys: [key], html: "" })),
  ];
  const words = desk.captions.wordsOf(widget);
  change(desk, () => {
    setKeys(widget, [...new Set(all)]);
    if (!isVideo(widget)) desk.captions.write(widget, parts, words);
  });
}

// Does a picture lack there that did not come with the words?
export function hasPlace(desk, widget) {
  return keysOf(desk, widget).some((key) => desk.uploads.isLost(key));
}

// From this figure on, pictures take the places that wait for one; the rest stand below.
function fillPlaces(desk, widget, keys) {
  const figures = allFigures(desk.editor);
  const rest = [...keys];
  change(desk, () => {
    let last = widget;
    for (const figure of figures.slice(figures.indexOf(widget))) {
      if (!rest.length || !hasPlace(desk, figure)) continue;
      const filled = keysOf(desk, figure).map((key) =>
        desk.uploads.isLost(key) ? (rest.shift() ?? key) : key,
      );
      setKeys(figure, [...new Set(filled)]);
      last = figure;
    }
    for (const key of rest) last = newFigure(desk, [key], { after: last.wrapper });
  });
  widget.view.focusCaption();
}

// No picture takes these places: words under them become paragraphs.
export function giveUpPlaces(desk) {
  change(desk, () => {
    for (const figure of allFigures(desk.editor).filter((each) => hasPlace(desk, each))) {
      const rest = keysOf(desk, figure).filter((key) => !desk.uploads.isLost(key));
      if (rest.length || isVideo(figure)) setKeys(figure, rest);
      else drop(desk, figure, captionText(figure) !== "");
    }
  });
}

function drop({ editor }, figure, keepCaption) {
  if (keepCaption) newParagraph(editor, figure.wrapper, figure.editables.caption.getData());
  editor.widgets.del(figure);
}

export function movePicture(desk, widget, key, step) {
  const keys = keysOf(desk, widget);
  const at = keys.indexOf(key);
  keys.splice(at, 1);
  keys.splice(at + step, 0, key);
  change(desk, () => setKeys(widget, keys));
  widget.view.panel.focusArrow(step < 0 ? "left" : "right");
}

// The figures of the text in this order, each with its pictures in the order given; the text
// between them stays.
export function reorder(desk, wanted) {
  const places = allFigures(desk.editor);
  const units = wanted.filter(({ figure }) => places.includes(figure));
  const isSame = units.every(
    ({ figure, keys }, n) =>
      figure === places[n] && keys.join(" ") === keysOf(desk, figure).join(" "),
  );
  if (isSame || units.length !== places.length) return;
  change(desk, () => {
    const marks = places.map(({ wrapper }) => {
      const mark = document.createComment("");
      wrapper.$.before(mark);
      return mark;
    });
    units.forEach(({ figure, keys }, n) => {
      marks[n].replaceWith(figure.wrapper.$);
      if (keys.join(" ") !== keysOf(desk, figure).join(" ")) setKeys(figure, keys);
    });
  });
}

export function splitOut(desk, widget, key) {
  const staying = keysOf(desk, widget).filter((each) => each !== key);
  const made = change(desk, () => {
    const { own, keep } = desk.captions.parting(widget, staying);
    setKeys(widget, staying);
    keep();
    const figure = newFigure(desk, [key], { after: widget.wrapper });
    figure.editables.caption.setData(own(key));
    if (widget.data.lead === key) {
      widget.setData("lead", "");
      figure.setData("lead", key);
    }
    return figure;
  });
  made.view.focusCaption();
}

export function makeLead(desk, widget, key) {
  const [leadWidget, lead] = leadOf(desk);
  const chosen = leadWidget?.data.lead === lead && leadWidget === widget && lead === key;
  change(desk, () => {
    for (const each of allFigures(desk.editor)) {
      if (each.data.lead) each.setData("lead", "");
    }
    if (!chosen) widget.setData("lead", key);
  });
  widget.view.panel.buttons.lead.focus();
}

// A file that never arrived is given up; a caption typed under it stays in the text, and so does a
// video without its still.
export function removePicture(desk, widget, key) {
  const keys = keysOf(desk, widget);
  const rest = keys.filter((each) => each !== key);
  const given = key.startsWith("u-") && desk.uploads.get(key)?.state !== "done";
  if (rest.length || isVideo(widget)) change(desk, () => setKeys(widget, rest));
  else removeFigure(desk, widget, given && captionText(widget) !== "");
  desk.uploads.discard(key);
  if (isVideo(widget)) widget.view.toolbar.focus("still");
  else if (rest.length)
    widget.view.focusPicture(rest[Math.min(keys.indexOf(key), rest.length - 1)]);
}

export function removeFigure(desk, widget, keepCaption = false) {
  const { editor } = desk;
  const block = neighbour(widget.wrapper, true) ?? neighbour(widget.wrapper, false);
  change(desk, () => drop(desk, widget, keepCaption));
  caretAfter(editor, block);
}

export function writeBelow(desk, widget) {
  change(desk, () => caretAfter(desk.editor, newParagraph(desk.editor, widget.wrapper)));
}

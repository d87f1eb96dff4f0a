// A video comes into the text by its address: asked for by a button, or pasted on a line of its own.
import { change } from "./commands.js";
import { blockAtCaret, isEmptyParagraph, newFigure, placeAtCaret } from "./placing.js";
import { isShortened, refusalOf, videoOf } from "./videos.js";

const BEFORE_OTHER_FILTERS = 2;

export function addingVideos(desk) {
  const { editor, notices, words } = desk;

  editor.addCommand("figuresVideo", {
    async: true,
    canUndo: false,
    exec() {
      const place = placeAtCaret(editor);
      notices.ask(words.video_address, words.video_add, (address) => {
        const refusal = refusalOf(desk, address);
        if (!refusal) addVideo(desk, address, place);
        return refusal;
      });
    },
  });
  editor.ui.addButton("FiguresVideo", {
    label: words.video_choose,
    command: "figuresVideo",
    toolbar: "figures",
  });

  editor.on(
    "paste",
    (event) => {
      const address = textOf(event.data.dataValue);
      const known = videoOf(desk, address) !== null || isShortened(desk, address);
      if (!known || !isOnEmptyLine(editor)) return;
      const refusal = refusalOf(desk, address);
      if (refusal) return void notices.say(refusal);
      event.cancel();
      addVideo(desk, address, placeAtCaret(editor));
    },
    null,
    null,
    BEFORE_OTHER_FILTERS,
  );
}

function addVideo(desk, address, place) {
  const { address: embed } = videoOf(desk, address);
  const figure = change(desk, () => newFigure(desk, [], place, embed));
  figure.view.focusCaption();
  figure.wrapper.$.scrollIntoView({ block: "nearest" });
}

function isOnEmptyLine(editor) {
  if (
    editor.widgets.focused ||
    editor.getSelection()?.getStartElement()?.getAscendant("figcaption", true)
  ) {
    return false;
  }
  const block = blockAtCaret(editor);
  return !block || isEmptyParagraph(block);
}

function textOf(html) {
  return new DOMParser().parseFromString(html ?? "", "text/html").body.textContent.trim();
}

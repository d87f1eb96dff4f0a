// What is pasted: the server cleans it, as it does on every other way into a story; pictures go to
// the library where the browser gives their bytes, and are never left in the text as addresses of
// elsewhere. What was copied in the editor itself is put in as it is.
import { addFiles } from "./adding.js";
import { Pastes, rawFromElsewhere } from "./cleaned-pastes.js";
import {
  isInCaption,
  lostPictures,
  parse,
  placeBesideCaption,
  takePictures,
} from "./pasted-pictures.js";
import { shiftFigures } from "./shifting.js";

const FILES = 1;
const BEFORE_WORD = 1.5;
const AFTER_WORD = 4;

export function takingPastes(desk) {
  const { editor, notices } = desk;
  desk.pastes = new Pastes(desk);
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
    (event) => {
      const raw = rawFromElsewhere(editor, event.data);
      if (!raw) return;
      event.cancel();
      desk.pastes.take(raw, event.data);
    },
    null,
    null,
    BEFORE_WORD,
  );

  editor.on(
    "paste",
    ({ data }) => {
      if (!/<su[bp]\b/i.test(data.dataValue)) return;
      const { body } = parse(data.dataValue);
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
      const inCaption = isInCaption(editor);
      const { body } = parse(data.dataValue);
      const taken = takePictures(desk, body, data.dataTransfer, !inCaption);
      data.dataValue = body.innerHTML;
      if (inCaption && taken.keys.length) placeBesideCaption(desk, taken.keys);
      if (taken.lost) notices.say(lostPictures(desk, taken.lost, data.dataValue));
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

function textOf(html) {
  return parse(html).body.textContent.trim();
}

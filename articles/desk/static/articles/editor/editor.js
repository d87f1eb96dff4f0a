// The body editor: CKEditor with figures. articles/desk/editor/field.py gives it words and addresses.
import { copyingDefaultCaptions } from "./adding.js";
import { AltTexts } from "./alt-texts.js";
import { addingVideos } from "./adding-videos.js";
import { writeCanonically } from "./canonical.js";
import { keepingCellsPlain } from "./cells.js";
import { Captions } from "./captions.js";
import { choosingFiles } from "./choosing.js";
import { takingDrops } from "./dropping.js";
import { figureDefinition } from "./figure-widget.js";
import { figureKeys } from "./keys.js";
import { Library } from "./library.js";
import { Notices } from "./notices.js";
import { takingPastes } from "./pasting.js";
import { pickingPictures } from "./picker.js";
import { keepingFormInStep, watchComposition } from "./saving.js";
import { loadStyles } from "./styles.js";
import { summing } from "./summary.js";
import { tools } from "./tools.js";
import { undoing } from "./undoing.js";
import { Uploads } from "./uploads.js";
import { readVideos } from "./videos.js";

CKEDITOR.plugins.add("figures", {
  requires: "widget,undo,clipboard",

  // Before other plugins name their buttons.
  beforeInit({ lang, config }) {
    for (const [plugin, texts] of Object.entries(config.figures.tooltips)) {
      lang[plugin] = { ...lang[plugin], ...texts };
    }
  },

  init(editor) {
    const { words, urls, story, videos, mostBytes } = editor.config.figures;
    const desk = { editor, words, urls, mostBytes, videos: readVideos(videos) };
    desk.library = new Library(desk, story);
    desk.uploads = new Uploads(desk);
    desk.notices = new Notices(desk);
    desk.captions = new Captions(desk);
    desk.altTexts = new AltTexts(desk);
    loadStyles(urls.styles);
    writeCanonically(desk);
    editor.widgets.add("figures", figureDefinition(desk));
    watchComposition(desk);
    for (const behaviour of [
      choosingFiles,
      pickingPictures,
      addingVideos,
      takingPastes,
      takingDrops,
      figureKeys,
      undoing,
      copyingDefaultCaptions,
      keepingFormInStep,
      keepingCellsPlain,
      summing,
      tools,
    ]) {
      behaviour(desk);
    }
  },
});

// What lies under CKEditor's own path keeps its name when it is upgraded; this renews it in caches.
const textarea = document.querySelector("textarea[data-editor-release]");
if (textarea) CKEDITOR.timestamp = textarea.dataset.editorRelease;

CKEDITOR.on("instanceReady", ({ editor }) => {
  const id = CSS.escape(editor.element.getId() ?? "");
  for (const label of document.querySelectorAll(`label[for="${id}"]`)) {
    label.addEventListener("click", () => editor.focus());
  }
});

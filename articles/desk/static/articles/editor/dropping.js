// Files dropped on the text become figures where they fall; dropped beside it, they do no harm.
import { addFiles, addFilesTo } from "./adding.js";
import { element } from "./element.js";
import { placeAtHeight } from "./placing.js";
import { isVideo } from "./videos.js";

export function takingDrops(desk) {
  const { editor } = desk;
  const line = element("div", { class: "figures-drop-line", hidden: true });

  editor.on("contentDom", () => {
    const surface = editor.ui.space("contents").$;
    surface.append(line);
    // Before CKEditor, which swallows what falls on a figure.
    surface.addEventListener("dragover", (event) => over(event, editor, line), true);
    surface.addEventListener("dragleave", (event) => leave(event, surface, line));
    surface.addEventListener(
      "drop",
      (event) => {
        line.hidden = true;
        if (!holdsFiles(event)) return;
        event.preventDefault();
        event.stopPropagation();
        const { files } = event.dataTransfer;
        const video = files.length === 1 && videoUnder(editor, event);
        if (video) addFilesTo(desk, video, files);
        else addFiles(desk, files, placeAtHeight(editor, event.clientY));
      },
      true,
    );
  });

  for (const name of ["dragover", "drop"]) document.addEventListener(name, keepThePage);
  editor.on("destroy", () => {
    for (const name of ["dragover", "drop"]) document.removeEventListener(name, keepThePage);
  });
}

function over(event, editor, line) {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  event.stopPropagation();
  event.dataTransfer.dropEffect = "copy";
  line.hidden = Boolean(videoUnder(editor, event));
  if (line.hidden) return;
  const { before, after } = placeAtHeight(editor, event.clientY);
  const block = (before ?? after)?.$.getBoundingClientRect();
  const surface = line.parentElement.getBoundingClientRect();
  const y = !block ? surface.top : before ? block.top : block.bottom;
  line.style.top = `${y - surface.top}px`;
}

// A picture dropped on a video becomes its still.
function videoUnder(editor, { target }) {
  const widget = editor.widgets.getByElement(new CKEDITOR.dom.element(target));
  return widget?.view && isVideo(widget) ? widget : null;
}

function leave(event, surface, line) {
  if (!surface.contains(event.relatedTarget)) line.hidden = true;
}

function holdsFiles({ dataTransfer }) {
  return [...(dataTransfer?.types ?? [])].includes("Files");
}

// A file that misses would replace the page, and the unsaved story with it.
function keepThePage(event) {
  if (holdsFiles(event) && !event.target.closest?.("input[type=file]")) event.preventDefault();
}

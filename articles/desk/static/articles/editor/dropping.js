// Files dropped on the text become figures where they fall; dropped beside it, they do no harm.
import { addFiles, addFilesTo } from "./adding.js";
import { hasPlace } from "./commands.js";
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
    surface.addEventListener("dragover", (event) => over(event, desk, line), true);
    surface.addEventListener("dragleave", (event) => leave(event, surface, line));
    surface.addEventListener(
      "drop",
      (event) => {
        line.hidden = true;
        if (!holdsFiles(event)) return;
        event.preventDefault();
        event.stopPropagation();
        const { files } = event.dataTransfer;
        const taker = takerUnder(desk, event);
        if (taker && (files.length === 1 || hasPlace(desk, taker))) addFilesTo(desk, taker, files);
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

function over(event, desk, line) {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  event.stopPropagation();
  event.dataTransfer.dropEffect = "copy";
  line.hidden = Boolean(takerUnder(desk, event));
  if (line.hidden) return;
  const { before, after } = placeAtHeight(desk.editor, event.clientY);
  const block = (before ?? after)?.$.getBoundingClientRect();
  const surface = line.parentElement.getBoundingClientRect();
  const y = !block ? surface.top : before ? block.top : block.bottom;
  line.style.top = `${y - surface.top}px`;
}

// A picture dropped on a video becomes its still; one dropped where a picture lacks stands there.
function takerUnder(desk, { target }) {
  const widget = desk.editor.widgets.getByElement(new CKEDITOR.dom.element(target));
  return widget?.view && (isVideo(widget) || hasPlace(desk, widget)) ? widget : null;
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

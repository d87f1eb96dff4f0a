// Files dropped on the text become figures where they fall; dropped beside it, they do no harm.
import { addFiles } from "./adding.js";
import { element } from "./element.js";
import { placeAtHeight } from "./placing.js";

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
        addFiles(desk, event.dataTransfer.files, placeAtHeight(editor, event.clientY));
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
  const { before, after } = placeAtHeight(editor, event.clientY);
  const block = (before ?? after)?.$.getBoundingClientRect();
  const surface = line.parentElement.getBoundingClientRect();
  const y = !block ? surface.top : before ? block.top : block.bottom;
  line.style.top = `${y - surface.top}px`;
  line.hidden = false;
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

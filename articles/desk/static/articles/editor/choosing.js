// The toolbar's button that opens the device's file dialog.
import { addFiles, addFilesTo } from "./adding.js";
import { element } from "./element.js";
import { placeAtCaret } from "./placing.js";
import { isVideo } from "./videos.js";

export function choosingFiles(desk) {
  const { editor, words } = desk;
  editor.addCommand("figuresChoose", {
    async: true,
    canUndo: false,
    exec: () => chooseFiles(desk),
  });
  editor.ui.addButton("FiguresChoose", {
    label: words.choose,
    command: "figuresChoose",
    toolbar: "figures",
  });
}

// Into a figure where one is given, else at the caret.
export function chooseFiles(desk, widget = null) {
  const place = widget ? null : placeAtCaret(desk.editor);
  const input = element("input", {
    type: "file",
    accept: "image/*,.heic,.heif,.avif",
    multiple: !widget || !isVideo(widget),
    hidden: true,
    onchange: () => {
      if (widget) addFilesTo(desk, widget, input.files);
      else addFiles(desk, input.files, place);
      input.remove();
    },
    oncancel: () => input.remove(),
  });
  document.body.append(input);
  input.click();
}

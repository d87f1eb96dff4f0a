// Undo and redo: CKEditor's own, put right where figures, input methods and selections mislead it.
import { selectFigureInUse } from "./commands.js";

const UNDO = ["undo", "redo"];
const BACKSPACE = 8;
const BEFORE_ALL_OTHERS = 0;

export function undoing(desk) {
  const { editor } = desk;

  // Called from a figure's button, undo would find the caret between the blocks, and Firefox would
  // make a paragraph for it. After an input method's words the keyup of Ctrl+Z would count as typing
  // and end redo.
  editor.on("beforeCommandExec", ({ data }) => {
    if (!UNDO.includes(data.name)) return;
    editor.undoManager.editingHandler?.keyEventsStack.resetInputs();
    selectFigureInUse(editor);
  });

  // Undo draws the whole text anew: whatever button had the focus is gone.
  editor.on("afterCommandExec", ({ data }) => {
    if (!UNDO.includes(data.name)) return;
    editor.focus();
    desk.notices.undone();
  });

  // The caption that had the focus is gone, and CKEditor has kept what was selected in it. It would
  // stumble over that before it has made figures of the text again.
  editor.on("dataReady", () => void editor.unlockSelection(), null, null, BEFORE_ALL_OTHERS);

  editor.on("contentDom", () => recordingWhatIsTyped(desk));
}

// To write over what is selected is a step of its own. And undo is there from the first letter on:
// CKEditor waits for the key to come up again, which not every keyboard tells.
function recordingWhatIsTyped(desk) {
  const { editor } = desk;
  const surface = editor.editable().$;
  const keep = () => {
    if (!window.getSelection().isCollapsed) editor.fire("saveSnapshot");
  };
  surface.addEventListener("beforeinput", () => desk.composing || keep());
  surface.addEventListener("compositionstart", keep);
  surface.addEventListener("input", ({ inputType }) => {
    const { undoManager } = editor;
    if (undoManager.typing || undoManager.locked) return;
    undoManager.type(inputType.startsWith("delete") ? BACKSPACE : 0);
  });
}

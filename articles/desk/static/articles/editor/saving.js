// The form gets what is written: always before it is sent, and a moment after each change.
import { giveUpPlaces } from "./commands.js";
import { allFigures, idOf, keysOf, leadField, unfinishedKeys, unfinishedText } from "./figures.js";
import { UNDER_WAY } from "./uploads.js";
import { say } from "./words.js";

const PAUSE = 400;

// desk.composing: an input method is in the middle of a word.
export function watchComposition(desk) {
  desk.composing = false;
  desk.editor.on("contentDom", () => {
    const surface = desk.editor.ui.space("contents").$;
    surface.addEventListener("compositionstart", () => (desk.composing = true), true);
    surface.addEventListener(
      "compositionend",
      () => {
        desk.composing = false;
        // The word is whole. Not every input method sends the keys by which undo would notice.
        setTimeout(() => desk.composing || desk.editor.fire("saveSnapshot"));
      },
      true,
    );
  });
}

export function keepingFormInStep(desk) {
  const { editor, uploads } = desk;
  const textarea = editor.element.$;
  const lead = new Lead(desk);
  let timer = null;

  const held = () => `${lead.value} ${textarea.value} ${textarea.unfinished?.html ?? ""}`;
  const sync = () => {
    const before = held();
    editor.updateElement();
    textarea.unfinished = unfinishedText(desk);
    lead.write();
    if (held() === before) return;
    textarea.dispatchEvent(new CustomEvent("newsroom:changed", { bubbles: true }));
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (desk.composing ? later() : sync()), PAUSE);
  };
  // Input methods do not make CKEditor's own "change".
  editor.on("contentDom", () => editor.editable().$.addEventListener("input", later));
  editor.on("change", later);
  uploads.addEventListener("change", ({ detail }) => detail.state === "done" && later());

  // A copy is restored: its pictures go on being sent, each to its place in the text that follows.
  const revive = () => uploads.revive(textarea.unfinished?.files ?? []);
  textarea.addEventListener("newsroom:files", revive);
  revive();

  const submit = (event) => {
    if (event.target !== textarea.form) return;
    clearTimeout(timer);
    if (desk.pastes.waiting) return void afterPastes(desk, event);
    sync();
    const unfinished = unfinishedKeys(desk);
    const coming = unfinished.filter((key) => !uploads.isLost(key));
    // A preview does without them, and says how many.
    if (event.submitter?.matches("[data-preview]")) event.submitter.value = coming.length;
    else if (unfinished.length) wait(desk, event);
  };
  // Before every other listener, so that what they read and send is complete.
  window.addEventListener("submit", submit, true);
  editor.on("destroy", () => {
    clearTimeout(timer);
    textarea.removeEventListener("newsroom:files", revive);
    window.removeEventListener("submit", submit, true);
  });
}

// What was pasted a moment ago is not in the text yet.
async function afterPastes(desk, event) {
  const { submitter, target: form } = event;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (desk.waiting) return;
  desk.waiting = true;
  await desk.pastes.last;
  desk.waiting = false;
  form.requestSubmit(submitter);
}

// Saving now would leave out what is still on its way; what failed needs a word from the writer.
function wait(desk, event) {
  const { uploads, notices, words } = desk;
  const { submitter, target: form } = event;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (desk.waiting) return;
  const look = () => {
    const keys = unfinishedKeys(desk);
    const failed = keys.filter((key) => !UNDER_WAY.includes(uploads.get(key)?.state));
    if (failed.length && failed.every((key) => uploads.isLost(key))) {
      finish();
      const without = () => {
        giveUpPlaces(desk);
        form.requestSubmit(submitter);
      };
      const choices = [[words.save_without, without]];
      notices.say(say(words.places_left, { count: failed.length }), { choices });
      showFirst(desk, failed[0]);
    } else if (failed.length) {
      finish();
      notices.say(words.save_failed);
      showFirst(desk, failed[0]);
    } else if (keys.length) {
      notices.say(say(words.save_waits, { count: keys.length }));
    } else {
      finish();
      notices.close();
      form.requestSubmit(submitter);
    }
  };
  const finish = () => {
    desk.waiting = false;
    uploads.removeEventListener("change", look);
  };
  desk.waiting = true;
  uploads.addEventListener("change", look);
  look();
}

function showFirst(desk, key) {
  const widget = allFigures(desk.editor).find((each) => keysOf(desk, each).includes(key));
  widget?.wrapper.$.scrollIntoView({ block: "center" });
  widget?.view.focusFirst();
}

// The hidden field of the lead picture: empty while the first picture leads.
class Lead {
  constructor(desk) {
    this.desk = desk;
    this.field = leadField(desk);
    this.seen = false;
  }

  get value() {
    return this.field?.value ?? "";
  }

  write() {
    if (!this.field) return;
    const all = allFigures(this.desk.editor);
    const chosen = all.find(
      (widget) => widget.data.lead && keysOf(this.desk, widget).includes(widget.data.lead),
    );
    if (chosen) {
      this.seen = true;
      this.field.value = idOf(this.desk, chosen.data.lead) ?? "";
    } else if (this.seen || this.stands(all)) {
      // It was chosen here and is so no longer; a lead from outside the text stays.
      this.field.value = "";
    }
  }

  stands(all) {
    return all.some((widget) => keysOf(this.desk, widget).includes(this.value));
  }
}

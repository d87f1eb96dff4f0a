// A manuscript that is pasted whole brings its headline and lede along: offered for their fields,
// where these are empty.
import { change } from "./commands.js";
import { allFigures } from "./figures.js";
import { isEmptyParagraph } from "./placing.js";

const FIELDS = ["headline", "dateline", "lede"];

// Could what is pasted now be a whole manuscript?
export function isAwaited(desk) {
  const fields = fieldsOf(desk);
  return (
    [fields.headline, fields.lede].some(isEmpty) &&
    !allFigures(desk.editor).length &&
    blocksOf(desk).every(isEmptyParagraph)
  );
}

// The story's mark before its lede.
export function markOf(desk) {
  return fieldsOf(desk).dateline?.value ?? "";
}

// {the sentence, the choice} of a notice about what stands in the text and not in its field yet;
// null for nothing.
export function offerFor(desk, opening) {
  const { words } = desk;
  const found = liftable(desk, opening);
  if (!found.length) return null;
  const one = found[0].name === "headline" ? words.begins_headline : words.begins_lede;
  const sentence = found.length === 2 ? words.begins_both : one;
  return { sentence, choice: [words.lift, () => lift(desk, opening)] };
}

function lift(desk, opening) {
  const { editor, notices } = desk;
  const found = liftable(desk, opening);
  const fields = fieldsOf(desk);
  change(desk, () => {
    for (const { block } of found) block.remove();
    // An empty text has one paragraph to write in.
    if (!blocksOf(desk).length) editor.setData("");
  });
  for (const { name } of found) fill(fields[name], opening[name]);
  // Instead of the paper's own: a story has one.
  if (fields.dateline && found.some(({ name }) => name === "lede"))
    fill(fields.dateline, opening.dateline);
  notices.close();
  fields[found[0]?.name]?.focus();
}

// The parts of the opening whose field is empty, each with the block that holds its words.
function liftable(desk, opening) {
  const fields = fieldsOf(desk);
  const blocks = blocksOf(desk).filter((block) => !isEmptyParagraph(block));
  return ["headline", "lede"].flatMap((name) => {
    const at = opening[`${name}_block`];
    const block = blocks
      .slice(0, at + 1)
      .find((each) => letters(each.getText()).endsWith(letters(opening[name])));
    return opening[name] && isEmpty(fields[name]) && block ? [{ name, block }] : [];
  });
}

function fieldsOf({ editor }) {
  const elements = editor.element.$.form?.elements;
  return Object.fromEntries(FIELDS.map((name) => [name, elements?.namedItem(name)]));
}

function isEmpty(field) {
  return Boolean(field) && field.value.trim() === "";
}

function fill(field, words) {
  if (!words) return;
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function blocksOf({ editor }) {
  const isBlock = (node) => node.type === CKEDITOR.NODE_ELEMENT && !node.data("cke-temp");
  return editor.editable().getChildren().toArray().filter(isBlock);
}

// Where its lines break and its words are spaced is another thing in a field.
function letters(text) {
  return text.replace(/[\s\u00a0]+/g, "");
}

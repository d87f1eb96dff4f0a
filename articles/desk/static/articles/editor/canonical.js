import { videoOf } from "./videos.js";

// What getData writes: the form of articles.text.clean_html, to the byte.
const BLOCKS =
  "p h1 h2 h3 h4 ul ol li blockquote table thead tbody tfoot tr th td figure figcaption div br";
const NO_SPACE = {
  needsSpace: 0,
  indent: false,
  breakBeforeOpen: false,
  breakAfterOpen: false,
  breakBeforeClose: false,
  breakAfterClose: false,
};
// The caption's own filter drops these, so they are renamed before any filter looks.
const RENAMED = { b: "strong", i: "em", h1: "h2", h4: "h3", h5: "h3", h6: "h3" };
const BEFORE_THE_FILTER = 5.5;

export function writeCanonically(desk) {
  const { editor } = desk;
  editor.on("toHtml", ({ data }) => rename(desk, data.dataValue), null, null, BEFORE_THE_FILTER);
  editor.on("pluginsLoaded", () => {
    const writer = editor.dataProcessor?.writer;
    if (writer) setWriter(writer);
  });
  editor.on("instanceReady", () => setWriter(editor.dataProcessor.writer));
}

function setWriter(writer) {
  writer.indentationChars = "";
  writer.lineBreakChars = "";
  writer.selfClosingEnd = ">";
  for (const name of BLOCKS.split(" ")) writer.setRules(name, NO_SPACE);
}

function rename(desk, fragment) {
  fragment.forEach((node) => {
    node.name = RENAMED[node.name] ?? node.name;
    const isWidget = "data-cke-widget-data" in node.attributes;
    if (node.name === "figure" && !isWidget && !showsSomething(desk, node)) {
      node.name = "div";
      node.forEach((child) => {
        if (child.name === "figcaption") child.name = "p";
      }, CKEDITOR.NODE_ELEMENT);
    }
  }, CKEDITOR.NODE_ELEMENT);
}

function showsSomething(desk, { attributes }) {
  return readKeys(attributes["data-images"]).length || videoOf(desk, attributes["data-embed"]);
}

// A key names a picture in a figure: the library's id, or that of an upload of this page.
const KEY = /^([1-9][0-9]{0,17}|u-[0-9a-f-]{36})$/;

export function readKeys(value) {
  const keys = (value ?? "").split(" ").filter(Boolean);
  return keys.every((key) => KEY.test(key)) ? [...new Set(keys)] : [];
}

// The figure as CKEditor knows it: how it is read from the body, and written into it again.
import { readKeys } from "./canonical.js";
import { FigureView } from "./figure-view.js";
import {
  allFigures,
  captionText,
  idOf,
  keysOf,
  leadField,
  renderAll,
  renderSoon,
} from "./figures.js";
import { isVideo, videoOf } from "./videos.js";

export function figureDefinition(desk) {
  const { editor, library, uploads, words } = desk;
  library.addEventListener("change", () => renderAll(desk));
  uploads.addEventListener("change", () => renderAll(desk));
  uploads.addEventListener("progress", ({ detail }) => {
    for (const widget of allFigures(editor)) widget.view.showProgress(detail);
  });

  return {
    pathName: "figure",
    editables: {
      caption: { selector: "figcaption", allowedContent: "strong em s sup sub; a[!href]" },
    },

    upcast(element, data) {
      if (element.name !== "figure") return false;
      const video = videoOf(desk, element.attributes["data-embed"]);
      const keys = readKeys(element.attributes["data-images"]);
      if (!keys.length && !video) return false;
      if (video) data.embed = video.address;
      data.images = (video ? keys.slice(0, 1) : keys).join(" ");
      const lead = leadField(desk)?.value;
      if (keys.includes(lead)) data.lead = lead;
      const caption =
        element.children.find((child) => child.name === "figcaption") ??
        new CKEDITOR.htmlParser.element("figcaption");
      element.children = [];
      element.attributes = {};
      element.add(part("figure-pictures"));
      element.add(caption);
      element.add(part("figure-tools"));
      return element;
    },

    downcast(element) {
      const keys = keysOf(desk, this);
      // A copy names what is on its way, too.
      const ids = keys.map((key) => idOf(desk, key) ?? (desk.copying ? key : null));
      const finished = [...new Set(ids.filter((id) => id !== null))];
      const caption = element.children.find((child) => child.name === "figcaption");
      if (!finished.length && !isVideo(this)) {
        const words = caption && captionText(this) && keys.every((key) => uploads.isLost(key));
        return words ? paragraphOf(caption) : new CKEDITOR.htmlParser.text("");
      }
      const figure = new CKEDITOR.htmlParser.element("figure", {
        ...(isVideo(this) && { "data-embed": this.data.embed }),
        ...(finished.length && { "data-images": finished.join(" ") }),
      });
      if (caption && captionText(this)) figure.add(plainCaption(caption));
      return figure;
    },

    init() {
      completeParts(this);
      this.view = new FigureView(desk, this);
      const caption = this.editables.caption;
      caption.setAttribute("role", "group");
      // CKEditor has just made it a landmark; a story would be full of them.
      this.on("data", () => this.wrapper.setAttribute("role", "group"), null, null, 10_000);
    },

    data() {
      // A video's caption is its title. Said before undo takes its picture of the text.
      const name = isVideo(this) ? words.video_title : words.caption;
      this.editables.caption.setAttribute("aria-label", name);
      renderSoon(desk);
      if (!keysOf(desk, this).length && !isVideo(this)) setTimeout(() => dropEmpty(editor, this));
    },

    getLabel() {
      return isVideo(this) ? words.video : words.figure;
    },
  };
}

// The paste filter takes our divs out of a figure that was copied.
function completeParts(widget) {
  const { element } = widget;
  for (const [name, first] of [
    ["figure-pictures", true],
    ["figure-tools", false],
  ]) {
    if (element.findOne(`.${name}`)) continue;
    const host = element.getDocument().createElement("div", { attributes: { class: name } });
    element.append(host, first);
  }
}

function part(name) {
  return new CKEDITOR.htmlParser.element("div", { class: name });
}

// A caption is one line of text with strong, em and links; a line break in it is a space.
function plainCaption(caption) {
  caption.attributes = {};
  caption.forEach((node) => {
    if (node.name === "br") {
      if (node.next) node.replaceWith(new CKEDITOR.htmlParser.text(" "));
      else node.remove();
    }
  }, CKEDITOR.NODE_ELEMENT);
  return caption;
}

// The words under a place that no picture has taken stay in the text.
function paragraphOf(caption) {
  plainCaption(caption).remove();
  caption.name = "p";
  return caption;
}

// Undo has brought back a figure all of whose uploads were given up.
function dropEmpty(editor, widget) {
  if (!widget.wrapper) return;
  editor.fire("lockSnapshot");
  editor.widgets.del(widget);
  editor.fire("unlockSnapshot");
}

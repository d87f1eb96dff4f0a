// Files into the library: dropped, chosen or pasted, a row for each with its progress.
import { naturally } from "../editor/natural.js";
import { UNDER_WAY, Uploads } from "../editor/uploads.js";
import { say } from "../editor/words.js";
import { Row } from "./bring-row.js";

export function bringing(root, words) {
  const part = (name) => root.querySelector(`[data-bring-${name}]`);
  const desk = {
    urls: { add: root.dataset.add },
    mostBytes: Number(root.dataset.mostBytes),
    words,
    library: { keep() {} },
  };
  const uploads = new Uploads(desk);
  const rows = new Map();
  const input = part("input");

  const add = (files) => {
    part("work").hidden = false;
    for (const file of naturally(files)) {
      const key = uploads.add(file);
      if (!rows.has(key)) draw(uploads.get(key));
    }
  };

  // The first change of a file comes while it is being added, before its key is known.
  const draw = (upload) => {
    if (!rows.has(upload.key)) {
      const row = new Row(upload, { root, words, uploads });
      rows.set(upload.key, row);
      part("rows").append(row.element);
    }
    rows.get(upload.key).show();
    sum();
  };

  const sum = () => {
    const all = [...uploads.all.values()];
    const busy = all.filter(({ state }) => UNDER_WAY.includes(state));
    const made = all.filter(({ state }) => state === "done");
    const fresh = made.filter(({ picture }) => !picture.known).map(({ picture }) => picture.id);
    const failed = all.filter(({ state }) => state === "failed").length;
    part("status").textContent = busy.length
      ? say(words.progress, { done: all.length - busy.length, all: all.length })
      : [
          fresh.length &&
            say(fresh.length === 1 ? words.one_in : words.many_in, { count: fresh.length }),
          failed && say(words.not_in, { count: failed }),
        ]
          .filter(Boolean)
          .join(" ");
    part("after").hidden = busy.length > 0 || fresh.length === 0;
    part("many").href = `${root.dataset.many}?ids=${fresh.join(",")}`;
  };

  uploads.addEventListener("change", ({ detail }) => draw(detail));
  uploads.addEventListener("progress", ({ detail }) => rows.get(detail.key)?.show());
  part("one").hidden = true;
  for (const name of ["choose", "hint"]) part(name).hidden = false;
  part("choose").addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    add(input.files);
    input.value = "";
  });
  droppingAnywhere(add);
  window.addEventListener("beforeunload", (event) => {
    if ([...uploads.all.values()].some(({ state }) => UNDER_WAY.includes(state)))
      event.preventDefault();
  });
}

function droppingAnywhere(add) {
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  const mark = (on) => document.body.classList.toggle("library-dropping", on);
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(true);
  });
  document.addEventListener("dragleave", (event) => !event.relatedTarget && mark(false));
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(false);
    add(event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    add(event.clipboardData.files);
  });
}

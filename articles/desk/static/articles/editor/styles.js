// One style sheet shared by the shadow trees of all figures, so that undo does not flicker.
export const sheet = new CSSStyleSheet();

let loading = null;

export function loadStyles(address) {
  loading ??= fetch(address)
    .then((answer) => (answer.ok ? answer.text() : ""))
    .then((text) => sheet.replace(text));
  return loading;
}

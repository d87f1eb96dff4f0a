// The arrow keys in a row of buttons: the one to go to, undefined for any other key.
export function stepped(buttons, { key, target }) {
  const at = buttons.indexOf(target);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[key];
  return to === undefined ? undefined : buttons.at(to % buttons.length);
}

// "%(count)s pictures" with its values: the interface's texts come translated from Django.
export function say(text, values = {}) {
  return text.replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);
}

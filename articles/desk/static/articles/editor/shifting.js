// m², CO₂: a story has no raised or lowered text, but figures of that kind are characters of their
// own. articles/text/inline.py does the same to what comes in by other ways; both are held to the
// examples in tests/js/examples.json.
const FROM = "0123456789+-=()";
const TO = { sup: "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾", sub: "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎" };

// Text that is not all figures and signs stays as it is.
export function shifted(text, name) {
  const places = [...text].map((character) => FROM.indexOf(character));
  return places.includes(-1) ? text : places.map((place) => TO[name][place]).join("");
}

export function shiftFigures(body) {
  for (const mark of body.querySelectorAll("sup, sub")) {
    const text = shifted(mark.textContent, mark.localName);
    if (text !== mark.textContent) mark.replaceWith(text);
  }
}

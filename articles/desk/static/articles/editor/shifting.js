// m², CO₂: a story has no raised or lowered text, but figures of that kind are characters of their
// own. articles/text/inline.py does the same to what comes in by other ways.
const FROM = "0123456789+-=()";
const TO = { SUP: "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾", SUB: "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎" };

export function shiftFigures(body) {
  for (const mark of body.querySelectorAll("sup, sub")) {
    const places = [...mark.textContent].map((character) => FROM.indexOf(character));
    if (places.includes(-1)) continue;
    mark.replaceWith(places.map((place) => TO[mark.tagName][place]).join(""));
  }
}

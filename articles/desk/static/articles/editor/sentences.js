// Captions one after the other.

export function unique(texts) {
  return [...new Set(texts.filter(Boolean))];
}

// Each ends as a sentence does; one alone stays as it is.
export function asSentences(texts) {
  if (texts.length < 2) return texts.join("");
  return texts.map((text) => (endsAsSentence(text) ? text : `${text}.`)).join(" ");
}

function endsAsSentence(html) {
  return /[.!?…:;]["'”’»)]*$/.test(html.replace(/<[^>]*>/g, "").trimEnd());
}

// Times of a day as they are typed.
const written = /^(\d{1,2})(?:[:hg](\d{2})|[hg])$/;
const two = (number) => String(number).padStart(2, "0");

// "06:05" of "6:05" or "6h05"; null for what is no time of a day alone.
export function timeOf(value) {
  const found = written.exec(value.trim().toLowerCase());
  const [hour, minute] = found ? [Number(found[1]), Number(found[2] ?? 0)] : [24, 0];
  return hour < 24 && minute < 60 ? `${two(hour)}:${two(minute)}` : null;
}

// So many minutes later, within the day; null for what is no time.
export function shifted(value, minutes) {
  const time = timeOf(value);
  if (!time) return null;
  const [hour, minute] = time.split(":").map(Number);
  const later = Math.min(Math.max(hour * 60 + minute + minutes, 0), 24 * 60 - 1);
  return `${two(Math.floor(later / 60))}:${two(later % 60)}`;
}

// A list with one of its members in another place.
export function moved(list, from, to) {
  const left = list.toSpliced(from, 1);
  return left.toSpliced(to, 0, list[from]);
}

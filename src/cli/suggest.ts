/** Up to three of the words that a typing mistake may have meant, nearest first. */
function suggest(word: string, words: Iterable<string>): string[] {
  const near: { candidate: string; distance: number }[] = [];
  for (const candidate of new Set(words)) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    const tolerance = Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3));
    if (distance <= tolerance || (word.length > 2 && candidate.startsWith(word))) near.push({ candidate, distance });
  }
  return near
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** "Did you mean a, b or c?", or nothing to say. */
export function didYouMean(word: string, words: Iterable<string>): string[] {
  const near = suggest(word, words);
  if (near.length === 0) return [];
  const last = near.pop();
  return [`Did you mean ${near.length > 0 ? `${near.join(", ")} or ${last}` : last}?`];
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other. */
function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      }
      current.push(cost);
    }
    before = previous;
    previous = current;
  }
  return previous[to.length] ?? 0;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export const row = (name: string, ...cells: string[]): void =>
  console.log([name.padEnd(38), ...cells.map((cell) => cell.padStart(16))].join(" "));

export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
export const perSecond = (count: number, milliseconds: number): string =>
  `${Math.round((1000 * count) / milliseconds)} /s`;

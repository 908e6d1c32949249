/** Times of repeated runs in milliseconds. */
export type Times = { runs: number; median: number; p99: number; min: number; max: number };

export const timesOf = (all: readonly number[]): Times => {
  const sorted = [...all].sort((a, b) => a - b);
  const at = (share: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
  return { runs: sorted.length, median: at(0.5), p99: at(0.99), min: at(0), max: round(sorted.at(-1) ?? Number.NaN) };
};
const round = (ms: number) => Math.round(ms * 100) / 100;

export async function measure(runs: number, work: (run: number) => Promise<unknown>, warm = 5): Promise<Times> {
  for (let run = 0; run < warm; run++) await work(run);
  const all: number[] = [];
  for (let run = 0; run < runs; run++) {
    const from = performance.now();
    await work(run);
    all.push(performance.now() - from);
  }
  return timesOf(all);
}

export async function seconds<T>(note: string, work: () => Promise<T>): Promise<T> {
  const from = performance.now();
  const value = await work();
  console.error(`${note}: ${((performance.now() - from) / 1000).toFixed(1)} s`);
  return value;
}

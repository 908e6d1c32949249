import type { ComponentChildren } from "preact";

/** Charts drawn as SVG on the server; each comes with its numbers as a table (style R18). */

export type ChartPoint = { label: string; value: number | null; text: string; current?: boolean };

const width = 480;
const height = 170;
const top = 22;
const bottom = 26;

/** Bars by label; a null has no bar but says so. Negative values hang below the line. */
export function BarChart({ points, label }: { points: readonly ChartPoint[]; label: string }) {
  const values = points.map((point) => point.value ?? 0);
  const high = Math.max(0, ...values);
  const low = Math.min(0, ...values);
  const room = height - top - bottom;
  const scale = room / (high - low || 1);
  const zero = top + high * scale;
  const step = width / Math.max(points.length, 1);
  const bar = Math.min(44, step * 0.6);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} class="h-auto w-full max-w-xl">
      <line x1="0" x2={width} y1={zero} y2={zero} class="stroke-base-300" stroke-width="1.5" />
      {points.map((point, index) => {
        const middle = step * index + step / 2;
        const size = Math.abs(point.value ?? 0) * scale;
        const y = (point.value ?? 0) >= 0 ? zero - size : zero;
        return (
          <g key={point.label}>
            {point.value !== null && (
              <rect
                x={middle - bar / 2}
                y={y}
                width={bar}
                height={Math.max(size, 1)}
                rx="3"
                class={point.current ? "fill-primary" : "fill-info"}
              />
            )}
            <text
              x={middle}
              y={(point.value ?? 0) >= 0 ? y - 6 : y + size + 13}
              text-anchor="middle"
              class="fill-base-content text-[11px] tabular-nums"
            >
              {point.text}
            </text>
            <text
              x={middle}
              y={height - 6}
              text-anchor="middle"
              class={`fill-base-content text-[12px] ${point.current ? "font-semibold" : ""}`}
            >
              {point.label}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** A chart with its caption and the same numbers to read, below it on demand. */
export const Charted = ({
  caption,
  chart,
  table,
}: {
  caption: string;
  chart: ComponentChildren;
  table: ComponentChildren;
}) => (
  <figure class="my-4">
    <figcaption class="text-muted mb-2 text-sm">{caption}</figcaption>
    {chart}
    {table}
  </figure>
);

/** Choices that are addresses, the chosen one marked: a switch that needs no script. */
export const Switch = ({
  label,
  options,
}: {
  label: string;
  options: readonly { href: string; text: string; current: boolean }[];
}) => (
  <nav aria-label={label} class="mb-3 flex flex-wrap items-baseline gap-x-4 gap-y-2">
    <span class="text-muted text-sm">{label}</span>
    <ul class="flex flex-wrap gap-x-1 gap-y-1">
      {options.map((option) => (
        <li key={option.href}>
          <a
            href={option.href}
            class={`inline-block rounded-field px-3 py-1 ${option.current ? "bg-primary text-primary-content font-semibold" : "text-link"}`}
            aria-current={option.current ? "true" : undefined}
          >
            {option.text}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

// Draws a chart with uPlot in the colours of the page, and draws it anew when its place or the appearance changes.
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatDay, formatTime } from '../i18n/format.ts';
import { theme } from '../shell/theme.ts';
import type { Series } from './chart.tsx';

interface Drawing {
  readonly moments: readonly number[];
  readonly series: readonly Series[];
  readonly kind: 'bars' | 'lines';
  readonly format: (value: number) => string;
}

const HEIGHT_PX = 240;
const COLOURS = 6;
const DAY_S = 86_400;

/** The result takes it away again. */
export function drawChart(place: HTMLElement, drawing: Drawing): () => void {
  let plot: uPlot | null = null;
  const draw = () => {
    plot?.destroy();
    plot = new uPlot(optionsOf(place, drawing), dataOf(drawing), place);
  };
  draw();
  let width = place.clientWidth;
  const watch = new ResizeObserver(() => {
    if (place.clientWidth === width || place.clientWidth === 0) return;
    width = place.clientWidth;
    plot?.setSize({ width, height: HEIGHT_PX });
  });
  watch.observe(place);
  // Paper has the colours of the day.
  const looks = ['(prefers-color-scheme: dark)', 'print'].map((query) => matchMedia(query));
  for (const look of looks) look.addEventListener('change', draw);
  const stopTheme = theme.subscribe(draw);
  return () => {
    watch.disconnect();
    for (const look of looks) look.removeEventListener('change', draw);
    stopTheme();
    plot?.destroy();
  };
}

function dataOf({ moments, series }: Drawing): uPlot.AlignedData {
  return [moments.map((atMs) => atMs / 1000), ...series.map(({ values }) => [...values])];
}

/** What a custom property stands for just now; canvas knows no `light-dark()`. */
function colourOf(place: HTMLElement, property: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${property})`;
  place.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** Bars need half a step on either side. */
function roomFor(kind: Drawing['kind'], count: number, first: number, last: number): [number, number] {
  const half = kind === 'bars' ? (count > 1 ? (last - first) / (count - 1) : DAY_S) / 2 : 0;
  return [first - half, last + half];
}

function optionsOf(place: HTMLElement, drawing: Drawing): uPlot.Options {
  const { series, kind, format } = drawing;
  const text = colourOf(place, '--text-quiet');
  const line = colourOf(place, '--line');
  const paths = kind === 'bars' && uPlot.paths.bars ? uPlot.paths.bars({ size: [0.7, 36] }) : undefined;
  const axis = {
    stroke: text,
    grid: { stroke: line, width: 1 },
    ticks: { show: false },
    font: '12px system-ui',
  };
  return {
    width: place.clientWidth,
    height: HEIGHT_PX,
    legend: { show: false },
    cursor: { y: false },
    scales: {
      x: { time: true, range: (_plot, first, last) => roomFor(kind, drawing.moments.length, first, last) },
      y: { range: (_plot, _least, most) => [0, Math.max(1, (most ?? 1) * 1.1)] },
    },
    axes: [
      {
        ...axis,
        space: 64,
        size: 32,
        values: (_plot, splits, _index, _space, step) =>
          splits.map((atS) => (step >= DAY_S ? formatDay(atS * 1000) : formatTime(atS * 1000))),
      },
      { ...axis, size: 56, values: (_plot, splits) => splits.map(format) },
    ],
    series: [
      {},
      ...series.map(({ label, colour }, place_) => {
        const shade = colourOf(place, `--chart-${colour ?? (place_ % COLOURS) + 1}`);
        const drawn = { label, stroke: shade, width: 2, points: { show: false } };
        return paths ? Object.assign(drawn, { paths, fill: shade }) : drawn;
      }),
    ],
  };
}

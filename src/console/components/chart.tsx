// `Chart`: bars or lines over time, drawn by a library that is fetched with the first chart; the same figures as a table beside it.
import { useEffect, useRef } from 'preact/hooks';
import { formatDate, formatMoment, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/t.tsx';
import { Disclosure } from './disclosure.tsx';

export interface Series {
  readonly label: string;
  /** One for each moment; null where there is none. */
  readonly values: readonly (number | null)[];
  /** In the colours of the page; in turn by default. */
  readonly colour?: 1 | 2 | 3 | 4 | 5 | 6;
}

interface ChartProps {
  /** What it shows, in a sentence. */
  readonly label: string;
  /** Milliseconds since the epoch, rising. */
  readonly moments: readonly number[];
  readonly series: readonly Series[];
  readonly kind?: 'bars' | 'lines';
  /** Days by default. */
  readonly step?: 'day' | 'hour';
  /** Of a value: as a number by default. */
  readonly format?: (value: number) => string;
}

export function Chart({
  label,
  moments,
  series,
  kind = 'bars',
  step = 'day',
  format = formatNumber,
}: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const key = JSON.stringify([label, moments, series, kind]);
  useEffect(() => {
    let ended = false;
    let end = () => {};
    const draw = async () => {
      const { drawChart } = await import('./draw-chart.ts');
      if (!ended && place.current !== null) end = drawChart(place.current, { moments, series, kind, format });
    };
    void draw();
    return () => {
      ended = true;
      end();
    };
  }, [key]);
  const moment = step === 'day' ? formatDate : formatMoment;
  return (
    <figure class="chart">
      <figcaption>{label}</figcaption>
      <div ref={place} class="chart-place" aria-hidden="true" />
      <ul class="legend" aria-hidden="true">
        {series.map((one, place_) => (
          <li key={one.label} data-colour={one.colour ?? place_ + 1}>
            {one.label}
          </li>
        ))}
      </ul>
      <Disclosure summary={t('ui.chartAsTable')}>
        <div class="table-frame table-scroll">
          <table aria-label={label} class="table-plain">
            <thead>
              <tr>
                <td />
                {series.map((one) => (
                  <th key={one.label} scope="col" data-align="end">
                    {one.label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {moments.map((atMs, row) => (
                <tr key={atMs}>
                  <th scope="row">{moment(atMs)}</th>
                  {series.map(({ label: name, values }) => (
                    <td key={name} data-align="end">
                      {values[row] === null || values[row] === undefined ? '–' : format(values[row])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Disclosure>
    </figure>
  );
}

export interface Bar {
  readonly key: string;
  readonly label: string;
  readonly value: number;
}

/** `BarList`: a few things by size, the largest first, such as refusals by reason. */
export function BarList({ label, bars }: { readonly label: string; readonly bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <ul class="bar-list" aria-label={label}>
      {bars.map(({ key, label: name, value }) => (
        <li key={key}>
          <span class="bar-name">{name}</span>
          <span class="bar-value">{formatNumber(value)}</span>
          <progress max={most} value={value} aria-hidden="true" />
        </li>
      ))}
    </ul>
  );
}

// The dashboard and the alert rules ask for figures that there are, with labels and values that these have.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { metricTable, webMetricTable, type MetricRow } from '../../src/daemon/metric-table.ts';
import { createDaemonMetrics } from '../../src/daemon/metrics.ts';
import { createWebMetrics } from '../../src/daemon/web-metrics.ts';

const config = (path: string) => readFileSync(join(import.meta.dirname, '../../config', path), 'utf8');
const tables: Readonly<Record<string, MetricRow>> = { ...metricTable, ...webMetricTable };

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly { readonly expr: string; readonly datasource: { readonly uid: string } }[];
}
const dashboard = JSON.parse(config('grafana/callwarden.json')) as {
  readonly uid: string;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly type: string }[] };
};
const panels = dashboard.panels.filter(({ type }) => type !== 'row');
const asked = panels.flatMap(({ targets }) => (targets ?? []).map(({ expr }) => expr));
const alerts = readAlerts(config('prometheus/callwarden-alerts.yml'));

let names: ReadonlySet<string>;
beforeAll(async () => {
  using web = createWebMetrics();
  const metrics = createDaemonMetrics({
    status: () => null,
    parts: () => null,
    nowMs: Date.now,
    monotonicMs: () => performance.now(),
  });
  const text = (await metrics.text()) + (await web.text());
  const found = text.matchAll(/^# TYPE (\w+) (\w+)$/gm);
  names = new Set(
    [...found].flatMap(([, name = '', type]) =>
      type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => `${name}${end}`) : [name],
    ),
  );
});

/** One rule of the file, which is written in this one form of YAML. */
interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly [key: string]: string;
}

/** A strict reading, line by line: what is not of the form is an error. */
function readAlerts(text: string): readonly Alert[] {
  const rules: Record<string, string>[] = [];
  let block = false;
  for (const line of text.split('\n')) {
    const rule = rules.at(-1) ?? {};
    const [, first] = /^ {6}- alert: (Callwarden\w+)$/.exec(line) ?? [];
    const [, key = '', value = ''] = /^ {8}(expr|for): (\S.*)$/.exec(line) ?? [];
    const [, note = '', words = ''] = /^ {10}(severity|summary|action): (\S.*)$/.exec(line) ?? [];
    if (first !== undefined) rules.push({ alert: first });
    else if (block && /^ {10}/.test(line)) rule['expr'] += `${line.trim()} `;
    else if (key !== '') rule[key] = value === '|' ? '' : plain(value);
    else if (note !== '') rule[note] = note === 'severity' ? words : quoted(words);
    else if (!/^(?:#.*|groups:| {2}- name: callwarden| {4}rules:| {8}(?:labels|annotations):|)$/.test(line)) {
      throw new Error(`This line is not of the form: ${line}`);
    }
    block = key === 'expr' && value === '|' ? true : block && /^ {10}/.test(line);
  }
  return rules as unknown as readonly Alert[];
}

/** A plain scalar: none of what begins something else in YAML, and nothing that ends it. */
function plain(text: string): string {
  if (/^[-?:,[\]{}#&*!|>'"%@`]|: | #/.test(text)) throw new Error(`This has to be quoted: ${text}`);
  return text;
}

function quoted(text: string): string {
  const [, , inner] = /^(["'])((?:(?!\1)[^\\])+)\1$/.exec(text) ?? [];
  if (inner === undefined) throw new Error(`This is not quoted: ${text}`);
  return inner;
}

const namesIn = (expr: string) => [...expr.matchAll(/callwarden_\w+/g)].map(([name]) => name);

it('asks for no figure that there is not', () => {
  expect(panels.length).toBeGreaterThan(25);
  expect(alerts.length).toBeGreaterThan(15);
  const wanted = [...asked, ...alerts.map(({ expr }) => expr)].flatMap(namesIn);
  expect(wanted.filter((name) => !names.has(name))).toEqual([]);
});

it('asks for labels and values that the figures have', () => {
  const matchers = [...asked, ...alerts.map(({ expr }) => expr)].flatMap((expr) =>
    [...expr.matchAll(/(callwarden_\w+)\{([^}]*)\}/g)].flatMap(([, name = '', inside = '']) =>
      [...inside.matchAll(/(\w+)(=~|!~|=|!=)"([^"]*)"/g)].map(([, label = '', how, value = '']) => ({
        name: name.replace(/_(?:bucket|sum|count)$/, ''),
        label,
        how,
        value,
      })),
    ),
  );
  const own = matchers.filter(({ label }) => label !== 'job' && label !== 'instance');
  expect(own.length).toBeGreaterThan(8);
  for (const { name, label, how, value } of own) {
    const values = tables[name]?.labels?.[label];
    expect(values, `${name} has no label ${label}`).toBeDefined();
    if (typeof values !== 'object') continue;
    const fits =
      how === '=~' ? values.some((one) => new RegExp(`^${value}$`).test(one)) : values.includes(value);
    expect(fits, `${name} has no ${label} ${value}`).toBe(true);
  }
});

it('shows every figure, on the dashboard or in an alert', () => {
  const shown = new Set([...asked, ...alerts.map(({ expr }) => expr)].flatMap(namesIn));
  const bases = new Set([...shown].map((name) => name.replace(/_(?:bucket|sum|count)$/, '')));
  const left = Object.keys(tables).filter((name) => !bases.has(name));
  // These are for who looks into something else.
  expect(left).toEqual([
    'callwarden_build_info',
    'callwarden_health_problems',
    'callwarden_start_timestamp_seconds',
    'callwarden_policy_loaded_timestamp_seconds',
  ]);
});

it('has panels that ask the chosen data source, each with its own place', () => {
  expect(dashboard.templating.list.map(({ name }) => name)).toEqual(['datasource', 'job', 'instance']);
  for (const panel of panels) {
    expect(panel.title).not.toBe('');
    const sources = [panel.datasource, ...(panel.targets ?? []).map(({ datasource }) => datasource)];
    expect(new Set(sources.map((source) => source?.uid))).toEqual(new Set(['${datasource}']));
  }
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
});

it('says in each alert what has happened and what to do', () => {
  expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  for (const { alert, summary, action, severity } of alerts) {
    expect(severity, alert).toMatch(/^(?:critical|warning)$/);
    expect(summary, alert).toMatch(/\.$/);
    expect(action, alert).toMatch(/\.$/);
  }
});

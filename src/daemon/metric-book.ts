// The figures of one thread: made from a table, fed by name, with labels that no caller can add a value to.
import { setImmediate } from 'node:timers/promises';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { MetricRow } from './metric-table.ts';

/** Of a value whose bound is not a list of words, such as a version. */
const LABEL_LENGTH_MAX = 60;
/** Different values of one such label; what comes beyond is `other`. */
const VALUES_MAX = 250;
const OTHER = 'other';

type Labels = Readonly<Record<string, string>>;

export class MetricBook<Name extends string> {
  readonly registry = new Registry();
  readonly #table: Readonly<Record<Name, MetricRow>>;
  readonly #counters = new Map<string, Counter>();
  readonly #gauges = new Map<string, Gauge>();
  readonly #histograms = new Map<string, Histogram>();
  readonly #seen = new Map<string, Set<string>>();

  constructor(table: Readonly<Record<Name, MetricRow>>) {
    this.#table = table;
    for (const [name, { type, help, labels, buckets }] of Object.entries<MetricRow>(table)) {
      const about = { name, help, labelNames: Object.keys(labels ?? {}), registers: [this.registry] };
      if (type === 'counter') this.#counters.set(name, startAtZero(new Counter(about), labels));
      else if (type === 'gauge') this.#gauges.set(name, new Gauge(about));
      else this.#histograms.set(name, new Histogram({ ...about, buckets: [...(buckets ?? [])] }));
    }
  }

  /** Never throws, whatever the labels say. */
  count(name: Name, labels: Labels = {}, by = 1): void {
    if (by > 0) this.#counters.get(name)?.inc(this.#bounded(name, labels), by);
  }

  /** What a counter has come to, where somebody else counts. */
  counted(name: Name, all: readonly (readonly [Labels, number])[]): void {
    const counter = this.#counters.get(name);
    counter?.reset();
    for (const [labels, value] of all) counter?.inc(this.#bounded(name, labels), Math.max(0, value));
  }

  /** All values that it has now; those of before that are not among them are gone. Null is absent. */
  set(name: Name, all: readonly (readonly [Labels, number | null])[]): void {
    const gauge = this.#gauges.get(name);
    gauge?.reset();
    // A gauge without labels is 0 after a reset, and not absent.
    gauge?.remove({});
    for (const [labels, value] of all) if (value !== null) gauge?.set(this.#bounded(name, labels), value);
  }

  observe(name: Name, seconds: number): void {
    if (Number.isFinite(seconds)) this.#histograms.get(name)?.observe(Math.max(0, seconds));
  }

  /** In the text form of Prometheus, figure by figure: calls are judged in between. */
  async text(): Promise<string> {
    const texts: string[] = [];
    for (const metric of this.registry.getMetricsAsArray()) {
      texts.push(await this.registry.getSingleMetricAsString(metric.name));
      await setImmediate();
    }
    return `${texts.join('\n\n')}\n`;
  }

  #bounded(name: Name, labels: Labels): Record<string, string> {
    const known = this.#table[name].labels ?? {};
    return Object.fromEntries(
      Object.keys(known).map((label) => [label, this.#value(name, label, labels[label] ?? '')]),
    );
  }

  #value(name: Name, label: string, value: string): string {
    const allowed = this.#table[name].labels?.[label];
    if (typeof allowed === 'object') return allowed.includes(value) ? value : OTHER;
    const key = `${name} ${label}`;
    const seen = this.#seen.get(key) ?? new Set<string>();
    const cut = value.slice(0, LABEL_LENGTH_MAX);
    if (!seen.has(cut) && seen.size >= VALUES_MAX) return OTHER;
    this.#seen.set(key, seen.add(cut));
    return cut;
  }
}

/** The first of a kind is a step from 0 to 1, which `rate()` and `increase()` would not see without the 0. */
function startAtZero(counter: Counter, labels: MetricRow['labels'] = {}): Counter {
  const [[label, values] = [], ...more] = Object.entries(labels);
  if (label === undefined || typeof values !== 'object' || more.length > 0) return counter;
  for (const value of values) counter.inc({ [label]: value }, 0);
  return counter;
}

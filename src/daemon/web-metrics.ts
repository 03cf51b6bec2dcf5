// What `/metrics` tells beside the thread that decides: the thread of the console and the API, and the process as a whole.
import { collectDefaultMetrics } from 'prom-client';
import type { CountedRequest } from '../http/count-requests.ts';
import { watchLag } from './lag.ts';
import { MetricBook } from './metric-book.ts';
import { webMetricTable } from './metric-table.ts';

export interface WebMetrics extends Disposable {
  onRequest(request: CountedRequest): void;
  /** In the text form of Prometheus. */
  text(): Promise<string>;
}

export function createWebMetrics(): WebMetrics {
  const book = new MetricBook(webMetricTable);
  const { registry } = book;
  // Here, as to look it all up takes milliseconds.
  collectDefaultMetrics({ register: registry, prefix: 'callwarden_' });
  for (const { name } of registry.getMetricsAsArray()) {
    // Of this thread alone, and taken for the other's by whoever reads them.
    if (name.startsWith('callwarden_nodejs_')) registry.removeSingleMetric(name);
  }
  const lag = watchLag();
  return {
    onRequest: ({ method, route, status, seconds }) => {
      const family = `${Math.floor(status / 100)}xx`;
      book.count('callwarden_web_requests_total', { method, route, status: family });
      book.observe('callwarden_web_request_duration_seconds', seconds);
    },
    text: () => {
      book.set('callwarden_web_eventloop_lag_seconds', lag.look());
      return book.text();
    },
    [Symbol.dispose]: () => lag[Symbol.dispose](),
  };
}

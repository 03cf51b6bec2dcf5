// What `/metrics` tells of the thread that serves the console and the API; counted there, beside the figures of the other thread.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { CountedRequest } from '../http/count-requests.ts';
import { MetricBook } from './metric-book.ts';
import { webMetricTable } from './metric-table.ts';

/** How closely the lateness of the event loop is watched. */
const LAG_PRECISION_MS = 20;
const NS_PER_S = 1e9;

export interface WebMetrics extends Disposable {
  onRequest(request: CountedRequest): void;
  /** In the text form of Prometheus. */
  text(): Promise<string>;
}

export function createWebMetrics(): WebMetrics {
  const book = new MetricBook(webMetricTable);
  const lag = monitorEventLoopDelay({ resolution: LAG_PRECISION_MS });
  lag.enable();
  return {
    onRequest: ({ method, route, status, seconds }) => {
      const family = `${Math.floor(status / 100)}xx`;
      book.count('callwarden_web_requests_total', { method, route, status: family });
      book.observe('callwarden_web_request_duration_seconds', seconds);
    },
    text: async () => {
      book.set('callwarden_web_eventloop_lag_seconds', [
        [{ quantile: '0.5' }, lag.percentile(50) / NS_PER_S],
        [{ quantile: '0.99' }, lag.percentile(99) / NS_PER_S],
        [{ quantile: '1' }, lag.max / NS_PER_S],
      ]);
      lag.reset();
      return await book.registry.metrics();
    },
    [Symbol.dispose]: () => void lag.disable(),
  };
}

// docs/metrics.md, from the tables of the figures.
import { metricTable, webMetricTable, type MetricRow } from '../../src/daemon/metric-table.ts';
import { table } from './markdown.ts';

export function metricsDocument(): string {
  return `# Metrics

Made from the code by \`node scripts/generate.ts\`. \`GET /metrics\` answers in the text form of Prometheus (0.0.4), where
\`[web]\` is on and \`metrics = true\`. Figures start from 0 with the daemon; use \`rate()\` and \`increase()\`. No label ever
holds a number, an extension, a name or a URL.

Who may read: whoever asks **from the same machine** (loopback, not passed on by a proxy) without login; everybody else with an API token
that holds \`figures.read\`. With \`behind-proxy = true\` a token is always needed, as a proxy on this machine speaks for all.

\`\`\`yaml
scrape_configs:
  - job_name: callwarden
    scrape_interval: 15s
    static_configs:
      - targets: ["127.0.0.1:8880"]
    # From another machine:
    # scheme: https
    # authorization: { credentials_file: /etc/prometheus/callwarden.token }
\`\`\`

- \`config/grafana/callwarden.json\`: a dashboard for Grafana 11 and later (Dashboards, New, Import; it asks for the data source).
- \`config/prometheus/callwarden-alerts.yml\`: alert rules, to be named under \`rule_files\` of prometheus.yml. Each says what to do.

A scrape costs the thread that decides a millisecond or two, in small pieces between which calls are judged, and is made at
most once a second: who asks oftener is given the same text. When the
thread that decides does not answer within its deadline, \`/metrics\` answers 503, which Prometheus takes for down.

## Health

| path | answer |
| --- | --- |
| \`/health\` | 200 while the deciding thread answers: \`{"health":"green","problems":0}\`, \`red\` or \`starting\`; else 503, \`silent\` |
| \`/ready\` | 200 where calls are judged now: a policy is loaded, and ARI is up (or FastAGI has been asked); else 503 with the reason. |

Both answer everybody, without login, and name nobody. A restart mends what \`/health\` answers 503 to; what makes it \`red\`, which
\`callwarden status\` names, it does not.

A check must name the daemon in its \`Host\`: by an address, \`localhost\` or one of \`[web] hosts\`. Other names
get 403, HTTP/1.0 without one 400. HAProxy: \`http-check send meth GET uri /ready ver HTTP/1.1 hdr Host pbx.example.com\`.

## Calls, links, records

Values in a list are all that there are, beside \`other\`.

${rows(metricTable)}

## The thread of the console and the API

${rows(webMetricTable)}

## The process

The usual figures of prom-client about a process, with \`callwarden_\` before their names, such as
\`callwarden_process_resident_memory_bytes\`, \`callwarden_process_cpu_seconds_total\` and \`callwarden_process_open_fds\`.
`;
}

function rows(all: Readonly<Record<string, MetricRow>>): string {
  return table(
    ['name', 'type', 'labels', 'what it says'],
    Object.entries(all).map(([name, { type, help, labels }]) => [
      `\`${name}\``,
      type,
      labelsOf(labels),
      help,
    ]),
  );
}

function labelsOf(labels: MetricRow['labels'] = {}): string {
  return Object.entries(labels)
    .map(([label, values]) => {
      const said = typeof values === 'string' ? values : values.map((value) => `\`${value}\``).join(', ');
      return `\`${label}\`: ${said}`;
    })
    .join('<br>');
}

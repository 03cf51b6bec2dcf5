// `/health` and `/ready`, for whoever watches the service or sends calls to it: no names, no numbers, no login.
import type { Handler } from 'hono';
import type { DaemonStatus } from './ports.ts';

/** Rejects where the thread that decides does not answer; null while it is starting. */
type AskStatus = () => Promise<DaemonStatus | null>;

const NO_STORE = { 'cache-control': 'no-store' };

/** 200 while the thread that decides answers, whatever else is wrong: a restart mends nothing then. */
export function serveHealth(status: AskStatus): Handler {
  return async (context) => {
    try {
      const found = await status();
      const health = found?.health ?? 'starting';
      return context.json({ health, problems: found?.problems.length ?? 0 }, 200, NO_STORE);
    } catch {
      return context.json({ health: 'silent', problems: 1 }, 503, NO_STORE);
    }
  };
}

/** 200 where calls are judged now, else 503 and why not. */
export function serveReady(status: AskStatus): Handler {
  return async (context) => {
    const reason = await status().then(whyNotReady, () => 'The thread that judges calls does not answer.');
    return context.json({ ready: reason === '', reason }, reason === '' ? 200 : 503, NO_STORE);
  };
}

/** '' where it is ready. */
function whyNotReady(status: DaemonStatus | null): string {
  if (status === null) return 'The daemon is still starting.';
  if (status.policy.version === null) return 'No policy is loaded: see `callwarden status`.';
  // FastAGI alone can judge calls, once somebody has asked by it.
  const hasAgi = status.agi.state === 'listening' && status.agi.questions > 0;
  if (status.ari.state !== 'up' && !hasAgi) return 'Asterisk is not connected: see `callwarden status`.';
  return '';
}

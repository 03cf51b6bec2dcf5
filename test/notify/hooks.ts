// Webhooks for tests: short pauses, and everything that was told of them.
import {
  createWebhook,
  type WebhookEvent,
  type WebhookOptions,
  type WebhookPorts,
} from '../../src/notify/webhook.ts';

export const SECRET = 'sixteen characters and more';

export const event = (number: number, kind = 'pickup'): WebhookEvent => ({
  version: 1,
  id: `event-${number}`,
  kind,
  at: '2026-11-22T14:05:00.000Z',
  pbx: 'lab',
  data: { number, name: 'Ana “x”\r\nX-Evil: 1 \u202E漢字' },
});

export interface Made {
  readonly hook: ReturnType<typeof createWebhook>;
  readonly problems: string[];
}

export function make(
  url: string,
  rest: Partial<WebhookOptions> = {},
  ports: Partial<WebhookPorts> = {},
): Made {
  const problems: string[] = [];
  const hook = createWebhook(
    { url, events: ['pickup'], secret: SECRET, privateAddresses: true, ...rest },
    {
      version: '1.2.3',
      nowMs: Date.now,
      onProblem: (name, problem) => void problems.push(`${name} ${problem}`),
      bounds: { firstPauseMs: 1, pauseMaxMs: 5 },
      ...ports,
    },
  );
  return { hook, problems };
}

// How people and other programs are told by the running daemon: SIP MESSAGE, mail, webhooks. Nothing waits for any of it.
import { randomUUID } from 'node:crypto';
import type { AriLink } from '../asterisk/ari/link.ts';
import type { Config } from '../config/config.ts';
import type { Logger } from '../config/logger.ts';
import type { NoticeResult, NoticeWay, TellingStatus } from '../http/telling-ports.ts';
import { createMailer, type Mailer } from '../notify/mail.ts';
import { createMessages, type Messages } from '../notify/messages.ts';
import type { SendResult } from '../notify/outbox.ts';
import { createWebhook, type Webhook, type WebhookEvent } from '../notify/webhook.ts';
import type { DaemonOptions } from './parts.ts';
import type { PickupPerson, PickupWay } from '../pickup/call.ts';
import type { PolicyHolder } from './policy-holder.ts';

/** What an extension is called in Asterisk: nothing else may become part of a request. */
const ENDPOINT = /^[\w.+-]{1,80}$/;

export interface TellingPorts {
  readonly config: Pick<Config, 'pbx' | 'webhooks' | 'mail' | 'messages'>;
  readonly logger: Logger;
  /** Of this program. */
  readonly version: string;
  /** Where mail reaches the owner of an extension. */
  readonly person: (extension: string) => PickupPerson | undefined;
  /** The link that is up now. */
  readonly link: () => Pick<AriLink, 'sendMessage'> | null;
  readonly nowMs: () => number;
}

export interface Notice {
  /** Of a mail; a message has none. */
  readonly subject: string;
  readonly text: string;
  /** Of news that is soon old: asked before each try, and never throws; false: it is not told any more. */
  readonly isStillTrue?: () => boolean;
}

export interface TellingEvent {
  /** The same for the same event, where several daemons may tell it; drawn without one. */
  readonly id?: string;
  readonly kind: string;
  readonly atMs: number;
  readonly data: object;
}

export interface Telling extends AsyncDisposable {
  /** Never throws and never waits; what cannot be told is counted, and said in the log. */
  toExtension(extension: string, ways: readonly PickupWay[], notice: Notice): void;
  /** To the webhooks that want such events. Never throws and never waits. */
  event(event: TellingEvent): void;
  /**
   * One try of each webhook, or of mail or message to the receiver, and what came of it. Never rejects; empty where no such
   * way is configured.
   */
  test(way: NoticeWay, to: string): Promise<readonly NoticeResult[]>;
  status(): TellingStatus;
}

interface Doors {
  readonly ports: TellingPorts;
  readonly hooks: readonly Webhook[];
  readonly mailer: Mailer | null;
  readonly messages: Messages;
}

/** As the running daemon tells, over the link that is up at the moment. */
export function createDaemonTelling(
  { config, logger, version }: DaemonOptions,
  policy: PolicyHolder,
  link: TellingPorts['link'],
): Telling {
  const person = (extension: string) => policy.rights()?.people.get(extension);
  return createTelling({ config, logger, version, person, link, nowMs: Date.now });
}

export function createTelling(ports: TellingPorts): Telling {
  const { config, logger, nowMs, version } = ports;
  const tell = (way: string, problem: string) =>
    problem === '' ? logger.info('notify-works', { way }) : logger.warn('notify-problem', { way, problem });
  const doors: Doors = {
    ports,
    hooks: config.webhooks.map((hook) => createWebhook(hook, { version, nowMs, onProblem: tell })),
    mailer:
      config.mail && createMailer(config.mail, { nowMs, onProblem: (problem) => tell('mail', problem) }),
    messages: createMessages({
      way: () => {
        const link = ports.link();
        return link && ((extension, text) => link.sendMessage(extension, config.messages.from, text));
      },
      onLost: (extension, problem) => logger.debug('message-lost', { extension, problem }),
      nowMs,
    }),
  };
  const guarded = (work: () => void) => {
    try {
      work();
    } catch (error) {
      logger.error('notify-problem', { way: 'any', problem: String(error) });
    }
  };
  return {
    toExtension: (extension, ways, notice) => guarded(() => toExtension(doors, extension, ways, notice)),
    event: (event) =>
      guarded(() => {
        const made = eventOf(ports, event);
        for (const hook of doors.hooks) if (hook.wants(event.kind)) hook.put(made);
      }),
    test: (way, to) => test(doors, way, to),
    status: () => statusOf(doors),
    async [Symbol.asyncDispose]() {
      await Promise.all(
        [...doors.hooks, ...(doors.mailer ? [doors.mailer] : [])].map((door) => door[Symbol.asyncDispose]()),
      );
    },
  };
}

function eventOf({ config, nowMs }: TellingPorts, { id, kind, atMs, data }: TellingEvent): WebhookEvent {
  const at = new Date(Number.isFinite(atMs) ? atMs : nowMs()).toISOString();
  return { version: 1, id: id ?? randomUUID(), kind, at, pbx: config.pbx.name, data };
}

function toExtension(
  { ports, mailer, messages }: Doors,
  extension: string,
  ways: readonly PickupWay[],
  { subject, text, isStillTrue }: Notice,
): void {
  for (const way of new Set(ways)) {
    if (way === 'message') {
      if (ENDPOINT.test(extension)) messages.put({ extension, text, isStillTrue });
    } else {
      const to = ports.person(extension)?.mail ?? '';
      if (to === '' || !mailer)
        ports.logger.debug('mail-lost', { extension, problem: to === '' ? 'no address' : 'no server' });
      else mailer.put({ to, subject, text, isStillTrue });
    }
  }
}

async function test(doors: Doors, way: NoticeWay, to: string): Promise<readonly NoticeResult[]> {
  const { ports, hooks, mailer, messages } = doors;
  const text = `This is a test of callwarden on ${ports.config.pbx.name}.`;
  switch (way) {
    case 'webhook': {
      const event = eventOf(ports, { kind: 'test', atMs: ports.nowMs(), data: { text } });
      return Promise.all(hooks.map(async (hook) => resultOf(hook.name, await hook.tryOnce(event))));
    }
    case 'mail':
      return mailer ? [resultOf(to, await mailer.tryOnce({ to, subject: 'Test of callwarden', text }))] : [];
    case 'message': {
      if (ENDPOINT.test(to)) return [resultOf(to, await messages.tryOnce({ extension: to, text }))];
      return [{ to, sent: false, problem: 'that is no extension' }];
    }
  }
}

const resultOf = (to: string, result: SendResult): NoticeResult => ({
  to,
  sent: result.kind === 'sent',
  problem: result.kind === 'sent' ? '' : result.problem,
});

function statusOf({ hooks, mailer, messages }: Doors): TellingStatus {
  return {
    webhooks: hooks.map((hook) => ({ to: hook.name, ...hook.state() })),
    mail: mailer?.state() ?? null,
    messages: messages.state(),
  };
}

/** What somebody has to look after, as sentences. */
export function tellingProblems({ webhooks, mail }: TellingStatus): readonly string[] {
  const failing = webhooks.filter(({ working }) => !working);
  return [
    ...failing.map(
      ({ to, lastProblem }) => `The webhook ${to} ${lastProblem}. Try it: callwarden notify test webhook`,
    ),
    ...(mail && !mail.working
      ? [`The mail server ${mail.lastProblem}. Try it: callwarden notify test mail --to …`]
      : []),
  ];
}

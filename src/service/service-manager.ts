// Tells systemd that the daemon is ready, alive and stopping (sd_notify(3)), where systemd started it.
import { spawn, type ChildProcess } from 'node:child_process';
import type { Environment } from '../config/read.ts';

/**
 * Node has no datagram sockets of the Unix kind, so systemd's own program says it; a shell that waits beside us spares
 * the daemon a fork for each heartbeat. The shell ends with its input, and so with the daemon.
 */
const MESSENGER = 'while read -r state; do systemd-notify "$state" </dev/null || :; done';
/** What the messenger has not read yet; a heartbeat more would say nothing new. */
const UNREAD_BYTES_MAX = 4096;
/** sd_watchdog_enabled(3) advises half; a late one must not be the last. */
const BEATS_PER_LIMIT = 3;

export interface ServiceManager extends Disposable {
  /** The start is over, or waits for a person; may be said again. From now on heartbeats are sent, where systemd wants them. */
  ready(): void;
  stopping(): void;
}

/** Does nothing where no service manager listens. Never throws: a messenger that fails changes nothing for calls. */
export function openServiceManager(env: Environment): ServiceManager {
  if (!env['NOTIFY_SOCKET']) {
    return { ready: () => undefined, stopping: () => undefined, [Symbol.dispose]: () => undefined };
  }
  const messenger = startMessenger(env);
  const tell = (state: string): void => {
    const { stdin } = messenger;
    if (stdin?.writable && stdin.writableLength < UNREAD_BYTES_MAX) stdin.write(`${state}\n`);
  };
  let heartbeat: NodeJS.Timeout | undefined;
  return {
    ready: () => {
      tell('READY=1');
      const limitMs = Number(env['WATCHDOG_USEC'] ?? '') / 1000;
      if (!(limitMs > 0)) return;
      heartbeat ??= setInterval(() => tell('WATCHDOG=1'), limitMs / BEATS_PER_LIMIT).unref();
    },
    stopping: () => {
      // systemd looks at no heartbeat from now on (service.c, service_enter_stop_by_notify).
      clearInterval(heartbeat);
      tell('STOPPING=1');
    },
    [Symbol.dispose]: () => {
      clearInterval(heartbeat);
      messenger.stdin?.end();
    },
  };
}

function startMessenger({ PATH, NOTIFY_SOCKET }: Environment): ChildProcess {
  const messenger = spawn('sh', ['-c', MESSENGER], {
    stdio: ['pipe', 'ignore', 'inherit'],
    env: { PATH, NOTIFY_SOCKET },
  });
  messenger.on('error', () => {});
  messenger.stdin.on('error', () => {});
  messenger.unref();
  return messenger;
}

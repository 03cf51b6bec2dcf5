// `callwarden run`: the daemon in the foreground, until a signal ends it.
import type { Command } from 'commander';
import { environment } from '../config/environment.ts';
import { programVersion } from './version.ts';
import { globalOptions } from './context.ts';

/** Exit status of a daemon whose ARI application another one took over: a supervisor must not restart it into a fight. */
const REPLACED = 4;
/** A stop that hangs is ended by force. */
const STOP_DEADLINE_MS = 8000;

export function registerRun(program: Command): void {
  program
    .command('run')
    .description('run the daemon in the foreground; SIGTERM or Ctrl-C drains and stops it')
    .action(async (_options: unknown, command: Command) => {
      const { loadConfig } = await import('../config/load.ts');
      const { createLogger } = await import('../config/logging.ts');
      const { secretForms } = await import('../config/secrets.ts');
      const { checkRights } = await import('../config/rights.ts');
      const { startDaemon } = await import('../daemon.ts');
      const { openServiceManager } = await import('../service/service-manager.ts');
      const { startWatchdog } = await import('../service/watchdog.ts');
      // Whatever the daemon makes is for its own user.
      process.umask(0o077);
      const env = environment();
      const config = loadConfig({ path: globalOptions(command).config, env });
      const toMend = checkRights(config);
      const logger = createLogger(config.log, { secrets: secretForms(config), env });
      for (const problem of toMend) logger.warn('rights', { problem });
      const stop = Promise.withResolvers<number>();
      // The daemon may still be waiting for its database.
      const starting = new AbortController();
      const onSignal = () => {
        starting.abort();
        stop.resolve(0);
      };
      process.once('SIGTERM', onSignal);
      process.once('SIGINT', onSignal);
      const onReplaced = (message: string) => {
        logger.error('replaced', { problem: message });
        stop.resolve(REPLACED);
      };
      using manager = openServiceManager(env);
      await using daemon = await startDaemon({
        config,
        logger,
        version: programVersion(),
        onReplaced,
        signal: starting.signal,
        // Or systemd would end a daemon that waits, and its status with it.
        onWaiting: () => manager.ready(),
      });
      await using watchdog = await startWatchdog({
        format: config.log.format,
        onProblem: (problem) => logger.error('watchdog', { problem }),
      });
      manager.ready();
      process.exitCode = await stop.promise;
      manager.stopping();
      void daemon;
      void watchdog;
      setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
    });
}

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
      const { startDaemon } = await import('../daemon.ts');
      const env = environment();
      const config = loadConfig({ path: globalOptions(command).config, env });
      const logger = createLogger(config.log, { secrets: [config.ari.password, config.ami.password], env });
      const stop = Promise.withResolvers<number>();
      process.once('SIGTERM', () => stop.resolve(0));
      process.once('SIGINT', () => stop.resolve(0));
      const onReplaced = (message: string) => {
        logger.error('replaced', { problem: message });
        stop.resolve(REPLACED);
      };
      await using daemon = await startDaemon({ config, logger, version: programVersion(), onReplaced });
      process.exitCode = await stop.promise;
      void daemon;
      setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
    });
}

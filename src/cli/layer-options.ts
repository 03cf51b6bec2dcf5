// Options that several commands share: right, level, schedule and PIN of a layer, and what is given several times.
import type { Command } from 'commander';
import type { LayerWords } from '../admin/layer-words.ts';

export type LayerOptions = LayerWords;

/** Adds them to a command, which reads them with `readLayerWords()`. */
export function layerOptions(command: Command): Command {
  return command
    .option('--international <on|off|inherit>', 'whether international calls are allowed')
    .option('--level <level|inherit>', 'barring level: closed, low, medium, high or open')
    .option('--schedule <name|always|inherit>', 'the schedule outside which chargeable calls are refused')
    .option('--pin <use|inherit>', 'PIN: never, when-denied or always')
    .option('--pin-entry <how|inherit>', 'when phones send digits: auto, early or answer');
}

/** For an option that may be given several times. */
export const collect = (value: string, before: readonly string[] | boolean | undefined): readonly string[] =>
  Array.isArray(before) ? [...before, value] : [value];

// The dialplan of all worlds: the text that Callwarden generates, and the sample that takes it in.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dialplan } from '../asterisk/dialplan.ts';
import { mutate, type Mutant } from '../mutants.ts';

const root = join(import.meta.dirname, '../../..');
const GENERATED = 'dialplan/callwarden.conf';

let generated = readFileSync(join(root, GENERATED), 'utf8');
const sample = readFileSync(join(root, 'dialplan/extensions-sample.conf'), 'utf8');

let dialplan: Dialplan | null = null;

/** Read once: no world changes it. */
export function dialplanOfAll(): Dialplan {
  dialplan ??= dialplanOf(generated);
  return dialplan;
}

/** Another generated text, in the place of the committed one. */
export function dialplanOf(text: string): Dialplan {
  return new Dialplan([text, sample]);
}

/** From now on with this wrong line, where it is one of the dialplan. */
export function mutateDialplan(mutant: Mutant): void {
  if (mutant.file === GENERATED) generated = mutate(generated, mutant);
}

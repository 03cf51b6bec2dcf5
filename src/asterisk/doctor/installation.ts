// Whether the dialplan in Asterisk is the one that settings and configuration call for.
import { CONTEXTS } from '../dialplan/variables.ts';
import { RENEW_COMMAND } from '../dialplan/generate.ts';
import { FINGERPRINT_EXTENSION } from '../dialplan/screening.ts';
import type { Dialplan } from './dialplan.ts';
import { failure, ok, warning, type Finding } from './finding.ts';

/** Wrong contexts end a call that was let go on with 603, or leave it without the static rules. */
export function examineInstallation(plan: Dialplan, wanted: string): readonly Finding[] {
  const missing = Object.values(CONTEXTS).filter((context) => !plan.has(context));
  if (missing.length === Object.values(CONTEXTS).length) {
    const text = 'Asterisk has nothing of Callwarden in its dialplan: no call is screened.';
    return [
      failure('dialplan-missing', text, `${RENEW_COMMAND}, with #include callwarden.conf in extensions.conf`),
    ];
  }
  if (missing.length > 0) {
    const text = `Asterisk lacks ${missing.map((context) => `[${context}]`).join(', ')}.`;
    return [failure('contexts-missing', text, RENEW_COMMAND)];
  }
  const extensions = plan.get(CONTEXTS.screen)?.extensions ?? [];
  const line = extensions.find(({ name }) => name === FINGERPRINT_EXTENSION)?.steps.get(1);
  if (line?.data === wanted)
    return [ok('dialplan', `The dialplan in Asterisk is the one wanted (${wanted}).`)];
  const has = line === undefined ? 'has no fingerprint' : `is ${line.data}`;
  const text = `The dialplan of Callwarden in Asterisk ${has}; settings and configuration call for ${wanted}.`;
  return [failure('dialplan-stale', text, RENEW_COMMAND)];
}

/** `announcements`: sound names, several joined by `&`, as the settings have them. Who is refused without one hears nothing. */
export function examineSounds(
  announcements: readonly string[],
  sounds: ReadonlySet<string>,
): readonly Finding[] {
  const names = [...new Set(announcements.flatMap((sound) => sound.split('&')))].filter(
    (name) => name !== '',
  );
  const missing = names.filter((name) => !sounds.has(name));
  if (missing.length === 0)
    return [ok('sounds', `Asterisk has the ${names.length} sounds of the announcements.`)];
  const remedy = 'Install the core and extra sounds, or name others with `callwarden announcement set`.';
  return [warning('sounds-missing', `Asterisk has no sound of the name ${missing.join(', ')}.`, remedy)];
}

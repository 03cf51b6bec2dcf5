// The scenarios that a real Asterisk is asked too, played in the model, each in a world of its own.
import { scenarios, type Scenario, type ScenarioOutcome } from '../scenarios.ts';
import { makeWorld } from './simulated-world.ts';
import { makeTemplate, type Template } from './template.ts';

const STARTED_WITHIN_MS = 3_000;
/** Long enough for the deadline and an announcement. */
const OVER_WITHIN_MS = 10_000;
const BACK_AFTER_MS = 500;

export async function playScenarios(): Promise<readonly ScenarioOutcome[]> {
  using template = makeTemplate();
  const outcomes: ScenarioOutcome[] = [];
  for (const [index, scenario] of scenarios.entries())
    outcomes.push(await play(scenario, index + 1, template));
  return outcomes;
}

async function play(scenario: Scenario, seed: number, template: Template): Promise<ScenarioOutcome> {
  using world = makeWorld(seed, template);
  const { clock, daemons, people, story } = world;
  const nothing = () => undefined;
  clock.after(0, () => daemons.start(), null);
  await clock.run(STARTED_WITHIN_MS, nothing, () => daemons.life?.connected === true);
  if (scenario.daemon === 'dead') daemons.kill();
  else if (scenario.daemon !== 'up') daemons.freeze(60_000);
  await clock.run(50, nothing);
  const call = people.dial(
    scenario.caller,
    { dialled: scenario.dialled, kind: 'never' },
    { hangUpAfterMs: null },
  );
  if (scenario.daemon === 'killed-and-back') {
    clock.after(BACK_AFTER_MS, () => daemons.kill(), null);
    clock.after(BACK_AFTER_MS + 10, () => daemons.start(), null);
  }
  await clock.run(OVER_WITHIN_MS, nothing, () => call.ended !== null || call.invited !== null);
  const failures = story.violations.filter((text) => !text.startsWith('I'));
  if (failures.length > 0) throw new Error(failures.join('\n'));
  return {
    carrier: call.invited ? [call.invited.number] : [],
    cause: call.invited ? null : (call.ended?.cause ?? -1),
    heard: call.channel?.heard ?? [],
  };
}

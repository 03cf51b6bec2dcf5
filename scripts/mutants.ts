// `npm run mutants [words of a name]`: makes one line wrong at a time and fails where no test finds it.
import { argv } from 'node:process';
import { mutants, type Mutant } from './mutants/table.ts';
import { openWorkshop, timesFound, type Run } from './mutants/workshop.ts';

const unsound: Run = { fate: 'broken', failed: [], output: '' };
const wanted = argv.slice(2).join(' ');
const chosen = mutants.filter(({ name }) => name.includes(wanted));
const stale = chosen.filter((mutant) => timesFound(mutant) !== 1);
for (const { name, file } of stale) console.log(`stale     ${name}: its text does not stand once in ${file}`);

using workshop = openWorkshop();
/** A test that fails anyway would catch everything: what the tests of a mutant say to the code as it is, asked once each. */
const sound = new Map<string, boolean>();
const areSound = async ({ tests, only }: Mutant): Promise<boolean> => {
  const key = JSON.stringify([tests, only]);
  const known = sound.get(key);
  if (known !== undefined) return known;
  const whole = await workshop.runTests(tests, only);
  sound.set(key, whole.fate === 'survived');
  if (whole.fate !== 'survived') {
    console.log(
      `These fail without any mutant: ${whole.failed.join('; ') || tests.join(' ')}\n${whole.output}`,
    );
  }
  return whole.fate === 'survived';
};

let caught = 0;
for (const mutant of chosen.filter((one) => !stale.includes(one))) {
  const isSound = await areSound(mutant);
  const { fate, failed, output } = isSound ? await workshop.runMutant(mutant) : unsound;
  console.log(`${fate.padEnd(9)} ${mutant.name}${fate === 'caught' ? `: ${failed.length} tests fail` : ''}`);
  if (fate === 'caught') caught += 1;
  else if (output !== '') console.log(output);
}
const isClean = caught === chosen.length && chosen.length > 0;
console.log(`mutants: ${caught} of ${chosen.length} caught`);
process.exitCode = isClean ? 0 : 1;

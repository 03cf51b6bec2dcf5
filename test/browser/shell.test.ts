// The frame of the console: signing in, pages by rights, languages, appearance, keyboard, width, and what happens when the daemon is away.
import { afterAll, beforeAll, describe, it } from 'vitest';
import { startPbx, type Pbx } from '../pbx.ts';
import { axe, fitsItsWidth, openConsole, shot } from './console.ts';

describe('the frame of the console', () => {
  let pbx: Pbx;
  beforeAll(async () => {
    pbx = await startPbx({ web: true });
  });
  afterAll(() => pbx[Symbol.asyncDispose]());

  it('shows its parts', { timeout: 60_000 }, async () => {
    for (const theme of ['light', 'dark'] as const) {
      for (const width of [1280, 360]) {
        await using console = await openConsole(pbx, { path: '/components', theme, width });
        const { page } = console;
        for (const tab of ['Table', 'A form', 'Charts']) {
          const name = tab === 'A form' ? 'Form' : tab;
          await page.getByRole('tab', { name }).click();
          await page.waitForTimeout(400);
          await shot(page, `components-${name}-${theme}-${width}`);
          await fitsItsWidth(page);
          await axe(page);
        }
      }
    }
  });
});

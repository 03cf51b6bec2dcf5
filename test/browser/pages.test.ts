// Every page of the navigation: without a serious finding of axe-core, and no wider than the window, on a desk and on a phone.
import { afterAll, beforeAll, describe, it } from 'vitest';
import { startPbx, type Pbx } from '../pbx.ts';
import { axe, fitsItsWidth, openConsole, shot } from './console.ts';

const looks = [
  { width: 1280, theme: 'light', language: 'en-GB' },
  { width: 360, theme: 'dark', language: 'de-DE' },
] as const;

describe('the pages of the console', () => {
  let pbx: Pbx;
  beforeAll(async () => {
    pbx = await startPbx({ web: true, policy: ['extension set 1001 --level high'] });
  });
  afterAll(() => pbx[Symbol.asyncDispose]());

  it.each(looks)('can be used at $width pixels, $theme, in $language', { timeout: 90_000 }, async (look) => {
    await using console = await openConsole(pbx, { ...look, extension: '1001' });
    const { page } = console;
    const links = page.locator('#navigation a');
    const paths = await links.evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
    for (const path of [...paths, '/account', '/users/1001']) {
      await console.open(path);
      await shot(page, `page${path.replaceAll('/', '-')}-${look.width}`);
      await fitsItsWidth(page);
      await axe(page);
    }
  });
});

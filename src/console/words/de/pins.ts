// German words of the page “PINs”.
import type { SameWords } from '../../i18n/words.ts';
import type { pins as english } from '../en/pins.ts';

export const pins: SameWords<typeof english> = {
  title: 'PINs',
};

// Light, dark or high contrast: as the device says, or as chosen for this browser.
import { signal } from '@preact/signals';
import { readChoice, storeChoice } from './choices.ts';

export const themes = ['auto', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof themes)[number];

export const theme = signal<Theme>('auto');

export function startTheme(): void {
  const chosen = readChoice('theme');
  apply(themes.find((known) => known === chosen) ?? 'auto');
}

export function chooseTheme(wanted: Theme): void {
  storeChoice('theme', wanted === 'auto' ? null : wanted);
  apply(wanted);
}

function apply(wanted: Theme): void {
  theme.value = wanted;
  if (wanted === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = wanted;
}

// How the demo speaks: headings, commands, and calls told in a few aligned lines.
import { styleText } from 'node:util';

const LABEL_WIDTH = 13;

export function heading(text: string): void {
  console.log(`\n${styleText('bold', text)}`);
}

export function command(text: string): void {
  console.log(`  ${styleText('dim', '$')} callwarden ${text}`);
}

export function line(label: string, text: string): void {
  console.log(`    ${styleText('dim', label.padEnd(LABEL_WIDTH))}${text}`);
}

export function event(text: string): void {
  console.log(`\n  ${styleText('cyan', text)}`);
}

export const good = (text: string): string => styleText('green', text);
export const bad = (text: string): string => styleText('red', text);

const names = new Intl.DisplayNames('en', { type: 'region' });

/** `AR Argentina`; a pseudo-region such as `+870` stays as it is. */
export function regionName(region: string): string {
  return /^[A-Z]{2}$/.test(region) ? `${names.of(region) ?? region} (${region})` : region;
}

// Every page of the console: its address, the key of its title, the rights it needs, and where it is fetched from.
import type { AnyComponent } from 'preact';
import type { WordKey } from './i18n/words.ts';
import type { IconName } from './components/icon.tsx';
import type { Right } from './shell/rights.ts';

export interface Page {
  /** Pattern of preact-iso: `/users/:extension`. */
  readonly path: string;
  readonly title: WordKey;
  /** All of them. */
  readonly needs: readonly Right[];
  /** Where it stands in the navigation; without it, links lead there. */
  readonly group?: 'watch' | 'policy' | 'house';
  readonly icon?: IconName;
  /** Its default export is the page; `useRoute().params` holds what the path names. */
  readonly load: () => Promise<{ readonly default: AnyComponent }>;
}

/** In the order of the navigation; the first one that an account may see is its first page. */
export const pages: readonly Page[] = [
  {
    path: '/components',
    title: 'shell.product',
    needs: [],
    load: () => import('./pages/components/components.tsx'),
  },
];

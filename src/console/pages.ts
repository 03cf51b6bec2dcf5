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
    path: '/live',
    title: 'live.title',
    needs: ['live.read'],
    group: 'watch',
    icon: 'live',
    load: () => import('./pages/live/live.tsx'),
  },
  {
    path: '/figures',
    title: 'figures.title',
    needs: ['figures.read'],
    group: 'watch',
    icon: 'chart',
    load: () => import('./pages/figures/figures.tsx'),
  },
  {
    path: '/calls',
    title: 'calls.title',
    needs: ['calls.read'],
    group: 'watch',
    icon: 'calls',
    load: () => import('./pages/calls/calls.tsx'),
  },
  {
    path: '/try',
    title: 'tryNumber.title',
    needs: ['policy.read'],
    group: 'watch',
    icon: 'search',
    load: () => import('./pages/try-number/try-number.tsx'),
  },
  {
    path: '/barring',
    title: 'barring.title',
    needs: ['policy.read'],
    group: 'policy',
    icon: 'shield',
    load: () => import('./pages/barring/barring.tsx'),
  },
  {
    path: '/rules',
    title: 'rules.title',
    needs: ['policy.read'],
    load: () => import('./pages/rules/rules.tsx'),
  },
  {
    path: '/schedules',
    title: 'schedules.title',
    needs: ['policy.read'],
    load: () => import('./pages/schedules/schedules.tsx'),
  },
  {
    path: '/announcements',
    title: 'announcements.title',
    needs: ['policy.read'],
    load: () => import('./pages/announcements/announcements.tsx'),
  },
  {
    path: '/users',
    title: 'users.title',
    needs: ['policy.read'],
    group: 'policy',
    icon: 'person',
    load: () => import('./pages/users/users.tsx'),
  },
  {
    path: '/users/:extension',
    title: 'user.title',
    needs: ['policy.read'],
    load: () => import('./pages/user/user.tsx'),
  },
  {
    path: '/exceptions',
    title: 'exceptions.title',
    needs: ['policy.read'],
    load: () => import('./pages/exceptions/exceptions.tsx'),
  },
  {
    path: '/groups',
    title: 'groups.title',
    needs: ['policy.read'],
    group: 'policy',
    icon: 'group',
    load: () => import('./pages/groups/groups.tsx'),
  },
  {
    path: '/groups/:name',
    title: 'groups.title',
    needs: ['policy.read'],
    load: () => import('./pages/groups/group.tsx'),
  },
  {
    path: '/authorised',
    title: 'authorised.title',
    needs: ['policy.read'],
    group: 'policy',
    icon: 'list',
    load: () => import('./pages/authorised/authorised.tsx'),
  },
  {
    path: '/pins',
    title: 'pins.title',
    needs: ['policy.read'],
    group: 'policy',
    icon: 'key',
    load: () => import('./pages/pins/pins.tsx'),
  },
  {
    path: '/limits',
    title: 'limits.title',
    needs: ['policy.read'],
    group: 'policy',
    icon: 'gauge',
    load: () => import('./pages/limits/limits.tsx'),
  },
  {
    path: '/pickup',
    title: 'pickup.title',
    needs: ['policy.read'],
    group: 'policy',
    icon: 'pickup',
    load: () => import('./pages/pickup/pickup.tsx'),
  },
  {
    path: '/audit',
    title: 'audit.title',
    needs: ['audit.read'],
    group: 'house',
    icon: 'book',
    load: () => import('./pages/audit/audit.tsx'),
  },
  {
    path: '/accounts',
    title: 'accounts.title',
    needs: ['accounts'],
    group: 'house',
    icon: 'accounts',
    load: () => import('./pages/accounts/accounts.tsx'),
  },
  {
    path: '/accounts/:name',
    title: 'accounts.title',
    needs: ['accounts'],
    load: () => import('./pages/accounts/one-account.tsx'),
  },
  {
    path: '/system',
    title: 'system.title',
    needs: ['policy.read', 'live.read'],
    group: 'house',
    icon: 'gear',
    load: () => import('./pages/system/system.tsx'),
  },
  {
    path: '/account',
    title: 'account.title',
    needs: [],
    load: () => import('./pages/account/account.tsx'),
  },
];

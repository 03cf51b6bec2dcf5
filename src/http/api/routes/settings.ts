// `/settings`: everything that `callwarden settings` shows and sets.
import { z } from '@hono/zod-openapi';
import { listSettings, setSettings } from '../../../admin/settings.ts';
import { outcomeForm } from '../forms.ts';
import type { Store } from '../ports.ts';
import { route, type Route } from '../route.ts';

export const settingForm = z
  .strictObject({
    key: z.string(),
    value: z.unknown(),
    text: z.string().meta({ description: 'As people write it.' }),
    help: z.string(),
  })
  .meta({ id: 'Setting' });

export const settingWords = z.record(z.string().max(60), z.array(z.string().max(200)).max(500)).meta({
  description: 'Words by key, as on the command line: `{"international-prefixes": ["00", "011"]}`.',
});

const shown = (store: Store) => ({ settings: listSettings(store) });

export const settingRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/settings',
    tag: 'Settings',
    summary: 'All settings',
    needs: ['policy.read'],
    answer: z.strictObject({ settings: z.array(settingForm).readonly() }),
    tagged: true,
    handle: ({ store }) => shown(store),
  }),
  route({
    method: 'patch',
    path: '/settings',
    tag: 'Settings',
    summary: 'Set some of them, all or none',
    needs: ['system.write'],
    body: settingWords,
    answer: outcomeForm,
    guards: ({ store }) => shown(store),
    handle: ({ change, body }) => setSettings(change, new Map(Object.entries(body))),
  }),
];

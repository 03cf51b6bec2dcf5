// The call and pickup groups of PJSIP endpoints, as res_pjsip reads them (pjsip_configuration.c, main/channel.c).
import type { Section } from './sections.ts';

/** Call groups and pickup groups have names, or numbers from 0 to 63; the two never meet. */
export type EndpointGroup = { readonly name: string } | { readonly number: number };

export interface EndpointGroups {
  readonly endpoint: string;
  /** `pjsip.conf:12`. */
  readonly place: string;
  /** Whoever has one of these as a pickup group may take its calls. */
  readonly callGroups: readonly EndpointGroup[];
  /** It may take the calls of these. */
  readonly pickupGroups: readonly EndpointGroup[];
}

const NUMBER_MAX = 63;

/** What the values are called here, and as older channel drivers spelled them. */
const KEYS: Readonly<Record<string, 'call' | 'pickup' | 'named-call' | 'named-pickup'>> = {
  call_group: 'call',
  callgroup: 'call',
  pickup_group: 'pickup',
  pickupgroup: 'pickup',
  named_call_group: 'named-call',
  namedcallgroup: 'named-call',
  named_pickup_group: 'named-pickup',
  namedpickupgroup: 'named-pickup',
};

/** In sections of `pjsip_wizard.conf` the values of the endpoint stand behind this. */
const WIZARD = 'endpoint/';

export interface ReadEndpoints {
  /** Those with any group, in the order of the file. */
  readonly endpoints: readonly EndpointGroups[];
  readonly problems: readonly string[];
}

/** Of several values with one name the last one counts. */
export function endpointGroupsOf(sections: readonly Section[]): ReadEndpoints {
  const problems: string[] = [];
  const endpoints = sections.flatMap((section): EndpointGroups[] => {
    const { name: endpoint, isTemplate, place, values } = section;
    const type = values.findLast(([key]) => key === 'type')?.[1];
    if (isTemplate || (type !== 'endpoint' && type !== 'wizard')) return [];
    const said = new Map<string, string>();
    for (const [key, value] of values) {
      const bare = type === 'wizard' && key.startsWith(WIZARD) ? key.slice(WIZARD.length) : key;
      const meant = Object.hasOwn(KEYS, bare) ? KEYS[bare] : undefined;
      if (meant !== undefined && (type === 'endpoint' || bare !== key)) said.set(meant, value);
    }
    const of = (meant: 'call' | 'pickup') => [
      ...namesIn(said.get(`named-${meant}`) ?? ''),
      ...numbersIn(said.get(meant) ?? '', (piece) => {
        problems.push(`${place}: ${JSON.stringify(piece)} is no group from 0 to ${NUMBER_MAX}.`);
      }),
    ];
    const [callGroups, pickupGroups] = [of('call'), of('pickup')];
    if (callGroups.length === 0 && pickupGroups.length === 0) return [];
    return [{ endpoint, place, callGroups, pickupGroups }];
  });
  return { endpoints, problems };
}

function namesIn(value: string): readonly EndpointGroup[] {
  const names = value.split(',').map((name) => name.trim());
  return [...new Set(names)].filter((name) => name !== '').map((name) => ({ name }));
}

function numbersIn(value: string, refuse: (piece: string) => void): readonly EndpointGroup[] {
  const numbers = new Set<number>();
  for (const piece of value.split(',').map((text) => text.trim())) {
    if (piece === '') continue;
    const [, from = '', to = from] = /^(\d{1,9})(?:\s*-\s*(\d{1,9}))?$/.exec(piece) ?? [];
    if (from === '' || Number(from) > NUMBER_MAX || Number(to) > NUMBER_MAX) {
      refuse(piece);
      continue;
    }
    for (let number = Number(from); number <= Number(to); number += 1) numbers.add(number);
  }
  return [...numbers].map((number) => ({ number }));
}

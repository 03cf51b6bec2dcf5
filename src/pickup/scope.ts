// What each kind of pickup reaches for one picker: which calls are meant, and by what he may take one from a phone.
import { accessTo, type Access } from './access.ts';
import type { PickupRequest } from './call.ts';
import { membersInRole, type PickupGroup } from './groups.ts';
import type { Protection } from './protections.ts';
import { findRight, hasAny, RULES, tryRight, type Finding, type PickerRights } from './rights.ts';

export interface Scope {
  /** Null where the picker has the right that this kind of pickup asks for, whatever rings; else why not. */
  readonly refusal: string | null;
  readonly means: (callId: string, extensions: readonly string[]) => boolean;
  /** `overCall`: the protections over the call by its caller and what was dialled. */
  readonly accessTo: (extension: string, overCall: readonly Protection[]) => Access;
}

/** What is asked for, whoever asks. */
export type Asked = Pick<PickupRequest, 'kind' | 'target'>;

/**
 * - `directed`: the phones of one extension.
 * - `group`: the targets of his own groups. No other right counts here, the any-call right neither.
 * - `other-group`: the targets of the group with that number, for its interceptors (those of a group that takes its
 *   targets in, too), the any-call right, and a right to that group or to any call.
 * - `any`: whatever he may take at all.
 * - `exact`: one call, from those of its phones from which he may take it.
 */
export function scopeOf(his: PickerRights, { kind, target }: Asked): Scope {
  const access: Scope['accessTo'] = (extension, overCall) => accessTo(his, extension, overCall);
  const unlessAny = hasAny(his) ? null : RULES.noGroup;
  switch (kind) {
    case 'directed':
      return target === null ? nothing(RULES.noSharedGroup) : scopeOfPhone(target, access);
    case 'group':
      return {
        refusal: his.groups.size > 0 ? null : RULES.noGroup,
        means: () => true,
        accessTo: (extension, overCall) =>
          onlyBy(tryRight(his, extension, 'group'), access(extension, overCall)),
      };
    case 'other-group':
      return scopeOfGroup(his, his.rights.groups.byNumber.get(target ?? ''), access);
    case 'any':
      return { refusal: unlessAny, means: () => true, accessTo: access };
    case 'exact':
      return { refusal: unlessAny, means: (callId) => callId === target, accessTo: access };
  }
}

function scopeOfPhone(target: string, access: Scope['accessTo']): Scope {
  const inAnyCase = access(target, []);
  return {
    refusal: inAnyCase.kind === 'refused' ? inAnyCase.rule : null,
    means: (_callId, extensions) => extensions.includes(target),
    accessTo: (extension, overCall) =>
      extension === target ? access(extension, overCall) : refused(RULES.noSharedGroup),
  };
}

function scopeOfGroup(his: PickerRights, group: PickupGroup | undefined, access: Scope['accessTo']): Scope {
  if (!group) return nothing(RULES.noSuchGroup);
  const right = findRight(his, group);
  if (!right) return nothing(RULES.noSharedGroup);
  const targets = membersInRole([group], 'target');
  return {
    refusal: null,
    means: (_callId, extensions) => extensions.some((extension) => targets.has(extension)),
    accessTo: (extension, overCall) =>
      onlyBy(targets.has(extension) ? right : null, access(extension, overCall)),
  };
}

function nothing(refusal: string): Scope {
  return { refusal, means: () => false, accessTo: () => refused(refusal) };
}

/** Behind a code of a group the group is the right; a protection still stands above it. */
function onlyBy(right: Finding | null, access: Access): Access {
  if (access.kind === 'refused' && access.protection) return access;
  return right ? { kind: 'open', ...right } : refused(RULES.noSharedGroup);
}

function refused(rule: string): Access {
  return { kind: 'refused', rule, protection: null };
}

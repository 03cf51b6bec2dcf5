// Why somebody may take a call or not, in words: the functions that decide, asked step by step.
import { accessTo } from './access.ts';
import type { PickupKind } from './call.ts';
import { guardText, list, protectionText, tryText, type Asking, type When } from './explain-words.ts';
import { membersInRole, type PickupGroup } from './groups.ts';
import { protectionsOfCall, type Protection } from './protections.ts';
import {
  rightsOf,
  ruleOfProtection,
  RULES,
  tryRight,
  TRIES,
  type PickupRights,
  type PickupTarget,
} from './rights.ts';
import { scopeOf } from './scope.ts';

export interface PickupQuestion {
  readonly picker: string;
  /** The extension that rings; for `other-group` the number of the group. */
  readonly target: string;
  readonly kind: Exclude<PickupKind, 'exact'>;
  /** '' where it is not known: protected callers are not looked at then, and so for `dialled`. */
  readonly callerNumber: string;
  readonly dialled: string;
  readonly atMs: number;
}

export interface PickupStep {
  readonly step: string;
  readonly result: string;
}

export interface PickupExplanation {
  readonly verdict: 'take' | 'no-right';
  readonly rule: string;
  readonly trace: readonly PickupStep[];
  /** The protection that keeps it closed; null where none does. */
  readonly protectedBy: Pick<Protection, 'kind' | 'value' | 'reason'> | null;
  /** When the right that opens it ends; null where it does not, and where nothing opens it. */
  readonly untilMs: number | null;
  /** Whether a PIN of the picker's would open it, where PINs are asked for at all. */
  readonly pinHelps: boolean;
  /** Only for `other-group`: its targets whose calls stay closed, as they are protected. */
  readonly closed: readonly string[];
}

interface Explaining extends Asking {
  readonly question: PickupQuestion;
}

/** Decides about a call as if it rang, by what live calls are decided by, and tells every step that was tried. */
export function explainPickup(
  rights: PickupRights,
  question: PickupQuestion,
  when: When = (atMs) => new Date(atMs).toISOString(),
): PickupExplanation {
  const { picker, atMs } = question;
  const his = rightsOf(rights, picker, atMs);
  const explaining: Explaining = { question, rights, his, when, atMs };
  const explained = explain(explaining);
  if (explained.verdict === 'take' || rights.settings.pin === 'never') return explained;
  const granted = { ...explaining, his: rightsOf(rights, picker, atMs, { pin: '' }) };
  const pinHelps = explain(granted).verdict === 'take';
  const result = pinHelps ? `a PIN that counts for ${picker} opens it` : 'a PIN does not open it';
  return { ...explained, pinHelps, trace: [...explained.trace, { step: 'pin', result }] };
}

function explain(explaining: Explaining): PickupExplanation {
  const { rights, question } = explaining;
  const { target, kind } = question;
  if (kind !== 'other-group') return explainPhone(explaining, target);
  const group = rights.groups.byNumber.get(target);
  if (group) return explainGroup(explaining, group);
  const result = `no pickup group has the number ${target}`;
  return closedBy(RULES.noSuchGroup, [{ step: 'group', result }]);
}

function closedBy(
  rule: string,
  trace: readonly PickupStep[],
  protection: Protection | null = null,
  closed: readonly string[] = [],
): PickupExplanation {
  const protectedBy = protection && {
    kind: protection.kind,
    value: protection.value,
    reason: protection.reason,
  };
  return { verdict: 'no-right', rule, trace, protectedBy, untilMs: null, pinHelps: false, closed };
}

function explainPhone(explaining: Explaining, target: string): PickupExplanation {
  const { question, his, rights } = explaining;
  const { kind, picker, callerNumber } = question;
  const trace = [...protectionSteps(explaining, target), ...rightSteps(explaining, target)];
  if (callerNumber === picker) {
    const result = `${picker} is making this call himself: nobody takes his own call`;
    return closedBy('own-call', [...trace, { step: 'own call', result }]);
  }
  const scope = scopeOf(his, { kind, target: kind === 'directed' ? target : null });
  const access = scope.accessTo(target, overCallOf(explaining));
  if (access.kind === 'refused') {
    // Where he has nothing at all, that is why; else why this very phone is closed.
    const rule = access.protection ? access.rule : (scope.refusal ?? access.rule);
    return closedBy(rule, [...trace, ...kindStep(explaining, target)], access.protection);
  }
  const named = rights.protections.all.find((one) => ruleOfProtection(one, 'named') === access.rule);
  const naming: PickupStep[] = named
    ? [{ step: 'named', result: `named by ${protectionText(named)}: no other right is needed` }]
    : [];
  const { rule, untilMs } = access;
  return {
    verdict: 'take',
    rule,
    trace: [...trace, ...naming],
    protectedBy: null,
    untilMs,
    pinHelps: false,
    closed: [],
  };
}

function explainGroup(explaining: Explaining, group: PickupGroup): PickupExplanation {
  const { question, his } = explaining;
  const { target } = question;
  const overCall = overCallOf(explaining);
  const scope = scopeOf(his, { kind: 'other-group', target });
  const targets = [...membersInRole([group], 'target')].toSorted();
  const reached = targets.map((extension) => scope.accessTo(extension, overCall));
  const closed = targets.filter((_, index) => reached[index]?.kind === 'refused');
  const trace: PickupStep[] = [
    { step: 'group', result: `${target} is the group ${group.name}; its targets are ${list(targets)}` },
    ...callProtectionSteps(explaining),
    ...rightSteps(explaining, group),
  ];
  if (scope.refusal !== null) return closedBy(scope.refusal, trace);
  if (targets.length === 0) {
    const result = `nothing can ring in ${group.name}: nobody is a target there`;
    return closedBy('no-targets', [...trace, { step: 'targets', result }]);
  }
  if (closed.length > 0) {
    trace.push({ step: 'protected', result: `not from ${list(closed)}: protected` });
  }
  for (const access of reached) {
    if (access.kind !== 'open') continue;
    return {
      verdict: 'take',
      rule: access.rule,
      trace,
      protectedBy: null,
      untilMs: access.untilMs,
      pinHelps: false,
      closed,
    };
  }
  const [first] = reached;
  const protection = first?.kind === 'refused' ? first.protection : null;
  return closedBy(first?.rule ?? RULES.noSharedGroup, trace, protection, closed);
}

function overCallOf({ rights, question }: Explaining): readonly Protection[] {
  const { callerNumber, dialled } = question;
  return protectionsOfCall(rights.protections, {
    callerNumber,
    callerExtension: null,
    dialled: dialled === '' ? [] : [dialled],
  });
}

function protectionSteps(explaining: Explaining, extension: string): readonly PickupStep[] {
  const { rights, question, his } = explaining;
  const over = rights.protections.extensions.get(extension) ?? [];
  if (over.length > 0 && extension === question.picker) {
    const result = `${extension} is protected, but not from its own phones`;
    return [{ step: 'protected extension', result }, ...callProtectionSteps(explaining)];
  }
  const result = over.map((one) => guardText(one, his)).join('; ') || `${extension} is not protected`;
  return [{ step: 'protected extension', result }, ...callProtectionSteps(explaining)];
}

function callProtectionSteps(explaining: Explaining): readonly PickupStep[] {
  const { question, rights, his } = explaining;
  const over = overCallOf(explaining);
  const step = (kind: 'caller' | 'dialled', number: string, unknown: string): PickupStep[] => {
    if (rights.protections.all.every((one) => one.kind !== kind)) return [];
    const found = over.filter((one) => one.kind === kind).map((one) => guardText(one, his));
    const result = found.join('; ') || (number === '' ? unknown : `${number} is not protected`);
    return [{ step: kind === 'caller' ? 'protected caller' : 'protected number', result }];
  };
  return [
    ...step('caller', question.callerNumber, 'not looked at: no caller is given'),
    ...step('dialled', question.dialled, 'not looked at: no dialled number is given'),
  ];
}

/** Where he has a right to it, and the kind of pickup does not lead there. */
function kindStep({ question, his }: Explaining, target: string): readonly PickupStep[] {
  if (question.kind !== 'group' || accessTo(his, target, []).kind !== 'open') return [];
  return [
    {
      step: 'code',
      result: 'the code for the own groups reaches only their targets; by the directed code it opens',
    },
  ];
}

function rightSteps(explaining: Explaining, target: PickupTarget): readonly PickupStep[] {
  return TRIES.filter((one) => one !== 'pin').flatMap((one) => {
    if (one === 'own-phone' && tryRight(explaining.his, target, one) === null) return [];
    return [{ step: one, result: tryText(explaining, target, one) }];
  });
}

// Roles in words: what they are called, and what their holders may do.
import { tOr } from '../../i18n/t.tsx';
import type { Me } from '../../shell/session.ts';

export type RoleName = Me['roles'][number];

export const roleNames: readonly RoleName[] = [
  'administrator',
  'telephony-system',
  'users',
  'supervisor',
  'auditor',
];

export const roleName = (role: RoleName): string => tOr(`accounts.role-${role}`, role);
export const roleText = (role: RoleName): string => tOr(`accounts.about-${role}`, role);

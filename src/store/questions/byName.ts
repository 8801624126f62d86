import type pg from 'pg';
import type { CredentialKind, CredentialOf } from '../../core/credential.ts';
import type { EntityKind } from '../../core/event.ts';
import { type Policy, type PolicyKey, policyId } from '../../core/policy.ts';
import type { Scope } from '../../core/scope.ts';
import type { PrincipalId } from '../../core/values.ts';
import type { Entities } from '../../core/world.ts';
import { ask } from '../ask.ts';
import { fromRow, type Row } from '../columns.ts';

type Found = { readonly row: Row };

/** The request or schedule of this name. */
export async function named<K extends 'request' | 'schedule'>(
  pool: pg.Pool,
  kind: K,
  id: string,
): Promise<Entities[K] | null> {
  const text = `select row_to_json(t) as row from ${kind} t where id = $1`;
  const [found] = await entities(pool, kind, text, [id]);
  return found ?? null;
}

export const policies = (pool: pg.Pool, keys: readonly PolicyKey[]): Promise<readonly Policy[]> =>
  entities(pool, 'policy', 'select row_to_json(t) as row from policy t where id = any($1) order by id', [
    keys.map(policyId),
  ]);

export const scopes = (pool: pg.Pool): Promise<readonly Scope[]> =>
  entities(pool, 'scope', 'select row_to_json(t) as row from scope t order by key', []);

async function entities<K extends EntityKind>(
  pool: pg.Pool,
  kind: K,
  text: string,
  values: readonly unknown[],
): Promise<readonly Entities[K][]> {
  const rows = await ask<Found>(pool, { name: `${kind} by name`, text, values });
  return rows.map(({ row }) => fromRow(kind, row));
}

const CREDENTIALS = `
  select row_to_json(t) as row from credential t where principal = $1 and kind = $2 order by id`;

export async function credentials<K extends CredentialKind>(
  pool: pg.Pool,
  principal: PrincipalId,
  kind: K,
): Promise<readonly CredentialOf<K>[]> {
  const found = await entities(pool, 'credential', CREDENTIALS, [principal, kind]);
  return found.filter((c): c is CredentialOf<K> => c.kind === kind);
}

const VERIFIERS = `
  select v.verifier from credential c join verifier v on v.credential = c.id
  where c.principal = $1 and c.kind = $2 order by c.id`;

export async function verifiers(
  pool: pg.Pool,
  principal: PrincipalId,
  kind: string,
): Promise<readonly string[]> {
  const rows = await ask<{ verifier: string }>(pool, {
    name: 'verifiers',
    text: VERIFIERS,
    values: [principal, kind],
  });
  return rows.map(({ verifier }) => verifier);
}

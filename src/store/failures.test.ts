import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { Conflict, StoreUnavailable } from '../engine/ports.ts';
import { meaningOf } from './failures.ts';

const state = (code: string): Error => Object.assign(new pg.DatabaseError('it failed', 0, 'error'), { code });
const system = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' });

describe('INV-D6: what a failed statement means', () => {
  const cases: [string, Error, unknown][] = [
    ['a unique row that is there', state('23505'), Conflict],
    ['schedules that overlap', state('23P01'), Conflict],
    ['a lost race', state('40001'), Conflict],
    ['a deadlock', state('40P01'), Conflict],
    ['a full disk', state('53100'), StoreUnavailable],
    ['too many connections', state('53300'), StoreUnavailable],
    ['a read-only database', state('25006'), StoreUnavailable],
    ['a shutdown', state('57P01'), StoreUnavailable],
    ['a start', state('57P03'), StoreUnavailable],
    ['a statement that took too long', state('57014'), StoreUnavailable],
    ['a broken connection', state('08006'), StoreUnavailable],
    ['a disk that fails', state('58030'), StoreUnavailable],
    ['nobody listening', system, StoreUnavailable],
    ['a connection that ended', new Error('Connection terminated unexpectedly'), StoreUnavailable],
    ['no answer', new Error('Query read timeout'), StoreUnavailable],
  ];
  test.each(cases)('%s', (_, error, expected) => {
    expect(meaningOf(error)).toBeInstanceOf(expected);
    expect(meaningOf(error)).toHaveProperty('cause', error);
  });

  test.each([state('42601'), state('23514'), state('42501'), new TypeError('x is not a function')])(
    'a bug stays the bug it is: %s',
    (error) => {
      expect(meaningOf(error)).toBe(error);
    },
  );
});

import { describe, expect, test } from 'vitest';
import { MOVES, type RequestState } from '../core/request.ts';
import { REQUEST_STATUS, STATUS_WORDS, statesOf } from './status.ts';

describe('the words for where a request stands', () => {
  test.each(Object.keys(MOVES) as RequestState[])('%s has one word, and the word means it', (state) => {
    expect(statesOf([REQUEST_STATUS[state].toUpperCase()])).toEqual([state]);
  });
  test('a word for what no request of ours ever is means none', () => {
    expect(STATUS_WORDS).toContain('ScheduleCreated');
    expect(statesOf(['ScheduleCreated'])).toEqual([]);
  });
});

import type { Finding, HouseRule } from './rule.ts';
import { below, isSql, type Source } from './source.ts';
import { isText, lineOf, matchingLines, nodesOf } from './syntax.ts';

const FUNCTIONS = 'now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday';
const WORDS = 'current_timestamp|current_date|current_time|localtimestamp|localtime';
const CLOCK = new RegExp(`\\b(${FUNCTIONS})\\s*\\(|\\b(${WORDS})\\b|\\bdefault\\s+now\\b`, 'i');
const PROBLEM = 'SQL asks the database what time it is';

export const databaseClock: HouseRule = {
  name: 'SQL never asks for the time',
  fix: 'Give the instant as a parameter; it comes from the one injected clock (DESIGN, Time)',
  // The heartbeat compares the machine's clock with the database's, which is the point of it; no instant comes of that. (T4)
  covers: (path) =>
    below(path, 'src/store') && !below(path, 'src/store/embedded') && path !== 'src/store/heartbeat.ts',
  findings: (source) =>
    isSql(source.path) ? matchingLines(withoutComments(source.text), CLOCK, PROBLEM) : inTexts(source),
};

// Only texts are SQL: a call of clock.now() beside them is how it should be.
const inTexts = ({ tree }: Source): readonly Finding[] =>
  [...nodesOf(tree)].filter(isText).flatMap((node) =>
    matchingLines(withoutComments(node.text), CLOCK, PROBLEM).map(({ line, problem }) => ({
      line: lineOf(node) + line - 1,
      problem,
    })),
  );

// Lines stay where they are.
const withoutComments = (sql: string): string =>
  sql.replace(/--.*/g, '').replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ''));

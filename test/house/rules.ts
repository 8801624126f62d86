import { databaseClock } from './databaseClock.ts';
import { fileNames } from './fileNames.ts';
import { namedExports } from './namedExports.ts';
import { openWork } from './openWork.ts';
import { planeNames } from './planeNames.ts';
import { purity } from './purity.ts';
import type { HouseRule } from './rule.ts';
import { selfContained } from './selfContained.ts';
import { fileSize, functionSize } from './size.ts';
import { wireWords } from './wireWords.ts';

/** What every source file keeps to; rules.test.ts shows each of them failing on a planted fault. */
export const HOUSE_RULES: readonly HouseRule[] = [
  purity,
  planeNames,
  databaseClock,
  functionSize,
  fileSize,
  fileNames,
  namedExports,
  openWork,
  wireWords,
  selfContained,
];

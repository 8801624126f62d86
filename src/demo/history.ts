import { type Story, story } from './story.ts';
import { WEEK_ONE, WEEK_TWO } from './weeksOneAndTwo.ts';
import { WEEK_FOUR, WEEK_THREE } from './weeksThreeAndFour.ts';

// What is open when somebody looks for the first time: one activation that runs, one request that waits.
const NOW: readonly Story[] = [
  story(
    { minutesAgo: 40 },
    'yara.nasser',
    'Contributor',
    'clinical',
    'PT4H',
    'Patch window for the portal hosts',
  ),
  story(
    { minutesAgo: 25 },
    'noah.fischer',
    'Contributor',
    'rg-payments-data-prod',
    'PT1H',
    'Card vault disk is filling up',
    {
      ticket: 'INC-7790',
    },
  ),
];

/** A month of activations, and what became of each. */
export const STORIES: readonly Story[] = [...WEEK_ONE, ...WEEK_TWO, ...WEEK_THREE, ...WEEK_FOUR, ...NOW];

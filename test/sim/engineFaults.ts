import { type AccessAnswer, type AccessView, check } from '../../src/core/access.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { engine } from '../../src/engine/engine.ts';
import type { Change, Recording, Store } from '../../src/engine/ports.ts';
import { Conflict } from '../../src/engine/ports.ts';
import { modelStore } from './modelStore.ts';
import type { SimulationParts } from './simulation.ts';

/** A fault of the engine, its index or its store, and the law whose words stand in the breach it leads to. */
export interface EngineFault {
  readonly law: string;
  readonly fault: string;
  readonly parts: Partial<SimulationParts>;
}

const engineWith = (change: (made: Engine) => Engine): Partial<SimulationParts> => ({
  engine: async (parts) => change(await engine(parts)),
});
const storeWith = (change: (store: Store) => Partial<Store>): Partial<SimulationParts> => ({
  store: () => {
    const store = modelStore();
    return { ...store, ...change(store) };
  },
});

/** The index that is told only some of what is written. */
const hearing = (heard: (c: Change) => boolean): Partial<SimulationParts> =>
  engineWith((made) => {
    const { apply } = made.access;
    made.access.apply = (changes) => apply(changes.filter(heard));
    return made;
  });
const ended = (c: Change): boolean =>
  c.kind === 'schedule' && 'announced' in c.entity && c.entity.announced === 'end';

export const ENGINE_FAULTS: readonly EngineFault[] = [
  {
    law: 'T6',
    fault: 'a store that does not look what an ended eligibility leaves open',
    parts: { store: () => modelStore(() => []) },
  },
  { law: 'T1', fault: 'a replica that keeps its answers', parts: engineWith(remembering) },
  {
    law: 'T6',
    fault: 'a store that does not look whether what was relied on has moved',
    parts: storeWith((store) => ({ record: (r) => store.record({ ...r, relies: [] }) })),
  },
  {
    law: 'T8',
    fault: 'a store that never says that something is due',
    parts: storeWith(() => ({ due: async () => ({ schedules: [], requests: [] }) })),
  },
  {
    law: 'L5',
    fault: 'a store that answers before it has written',
    parts: storeWith((store) => ({ record: acknowledging(store) })),
  },
  { law: 'L6', fault: 'an eligibility taken for access', parts: engineWith(generous) },
  { law: 'L6', fault: 'an index that does not hear of ends', parts: hearing((c) => !ended(c)) },
  {
    law: 'L7',
    fault: 'an index that does not hear of what was given',
    parts: hearing((c) => c.kind !== 'schedule' || c.base > 0),
  },
  {
    law: 'L7',
    fault: 'an index that forgets the other grants of whoever loses one',
    parts: engineWith(forgetful),
  },
  {
    law: 'L7',
    fault: 'a replica that goes on after a write of which it does not know whether it happened',
    parts: engineWith((made) => {
      made.access.restart = () => undefined;
      return made;
    }),
  },
  {
    law: 'L8',
    fault: 'an index that does not hear who was disabled',
    parts: hearing((c) => c.kind !== 'principal'),
  },
  {
    law: 'U1',
    fault: 'a store that loses a line of the log',
    parts: storeWith((store) => ({
      linesAfter: async (seq, limit) =>
        (await store.linesAfter(seq, limit)).filter((l) => l.event.type !== 'accessBegan' || l.seq % 5 !== 0),
    })),
  },
  {
    law: 'U1',
    fault: 'a store that writes over what moved',
    parts: storeWith((store) => ({ record: overwriting(store) })),
  },
];

function acknowledging(store: Store): Store['record'] {
  return async (recording) => {
    try {
      return await store.record(recording);
    } catch (error) {
      if (error instanceof Conflict) return 0;
      throw error;
    }
  };
}

/** Last writer wins: the versions are made to fit, and so are the lines. */
function overwriting(store: Store): Store['record'] {
  return async (recording: Recording) => {
    const { world } = await store.everything();
    const bases = new Map(recording.changes.map((c) => [c.id, world[c.kind].get(c.id)?.version ?? 0]));
    const shift = (id: string, base: number) => (bases.get(id) ?? base) - base;
    const changes = recording.changes.map((c) => {
      const by = shift(c.id, c.base);
      return { ...c, base: c.base + by, entity: { ...c.entity, version: c.entity.version + by } };
    });
    const lines = recording.lines.map((l) => {
      const change = recording.changes.find((c) => c.id === l.entity?.id);
      return l.entity && change
        ? { ...l, entity: { ...l.entity, version: l.entity.version + shift(l.entity.id, change.base) } }
        : l;
    });
    return store.record({ ...recording, changes, lines, relies: [] });
  };
}

function remembering(made: Engine): Engine {
  const known = new Map<string, AccessAnswer>();
  return {
    ...made,
    check: (q, t) => {
      const answer = known.get(JSON.stringify(q)) ?? made.check(q, t);
      if (answer.allowed) known.set(JSON.stringify(q), answer);
      return answer;
    },
  };
}

function forgetful(made: Engine): Engine {
  const gone = new Set<string>();
  const { apply } = made.access;
  made.access.apply = (changes) => {
    for (const c of changes) if (ended(c) && 'principal' in c.entity) gone.add(c.entity.principal);
    apply(changes);
  };
  return {
    ...made,
    check: (q, t) =>
      gone.has(q.principal) ? { allowed: false, until: null, because: [] } : made.check(q, t),
  };
}

function generous(made: Engine): Engine {
  const { access } = made;
  const both: AccessView['assignmentsOf'] = (id) => [
    ...access.assignmentsOf(id),
    ...access.eligibilitiesOf(id),
  ];
  const { assignmentsAt: _, membershipsOf: __, ...plain } = access;
  return { ...made, check: (q, t) => check({ ...plain, assignmentsOf: both }, q, t ?? made.now()) };
}

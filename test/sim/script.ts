import { check, viewOf } from '../../src/core/access.ts';
import type { Command } from '../../src/core/command.ts';
import type { Rule } from '../../src/core/policy.ts';
import type { Target } from '../../src/core/target.ts';
import {
  after,
  type Duration,
  duration,
  type Instant,
  type PrincipalId,
  parseDuration,
  type RequestId,
  written,
} from '../../src/core/values.ts';
import { apply, codes, told } from './apply.ts';
import {
  ABILITY,
  ANIKA,
  APPROVERS,
  BOT,
  consent,
  estate,
  factsOf,
  MINA,
  named,
  OMAR,
  ONCALL,
  person,
  RAVI,
  RESOURCE,
  T0,
} from './estate.ts';
import { dueNow } from './history.ts';
import { activate, assign, cancel, change, deactivate, lasting, remove, review, wish } from './orders.ts';

const NAMES: Readonly<Record<string, PrincipalId>> = {
  Ravi: RAVI,
  Anika: ANIKA,
  Mina: MINA,
  Omar: OMAR,
  Bot: BOT,
  Oncall: ONCALL,
  Approvers: APPROVERS,
};

/** A life about one target. Each line says who does what, or how much time passes, and behind the arrow what comes of it. */
export function script(target: Target) {
  return ({ raw }: TemplateStringsArray): void => {
    const life = begun(target);
    for (const line of (raw[0] ?? '')
      .split('\n')
      .map((l) => l.trim())
      .filter((l) => l !== '')) {
      const [what = '', expected = ''] = line.split('→').map((part) => part.trim());
      const came = life.say(what);
      if (came !== expected) throw new Error(`${line}\nbut it came to: ${came}`);
    }
  };
}

function begun(target: Target) {
  const world = estate();
  const facts = factsOf(world);
  let now = T0;
  let asked: RequestId | null = null;

  const order = (cmd: Command): string => {
    const decision = apply(facts, cmd, now);
    if (!decision.ok) return `refused ${codes(decision).join(' ')}`;
    const taking = cmd.type === 'adminRemove' || cmd.type === 'selfDeactivate';
    if ('period' in cmd && !taking) asked = cmd.id;
    const about = taking ? cmd.id : cmd.type === 'setPolicy' ? null : asked;
    return about === null ? 'done' : (world.request.get(about)?.state ?? 'done');
  };
  const wait = (length: Duration): string => {
    now = after(now, length);
    const said = told(apply(facts, dueNow(world, now), now));
    return said.length > 0 ? said.join(', ') : 'nothing to say';
  };
  const holds = (who: PrincipalId, { plane, scope } = target): string => {
    const answer = check(viewOf(facts), { principal: who, plane, action: ABILITY[plane], scope }, now);
    return !answer.allowed
      ? 'nothing'
      : answer.until === null
        ? 'for good'
        : `until ${distance(now, answer.until)}`;
  };
  const say = (line: string): string => {
    const words = line.split(/\s+/);
    const time = /^\+(\S+)$/.exec(line);
    if (time?.[1]) return wait(spelled(time[1]));
    if (words[0] === 'policy') return order(policy(target, words));
    const who = whoIs(words[0]);
    const where = words.includes('below') ? { ...target, scope: RESOURCE } : target;
    return words[1] === 'holds' ? holds(who, where) : order(commandOf(where, words, who, asked, now));
  };
  return { say };
}

/** The orders a line can give; `asked` is the request the lines before were about. */
function commandOf(
  target: Target,
  words: readonly string[],
  who: PrincipalId,
  asked: RequestId | null,
  now: Instant,
): Command {
  const length = lengthAfter(words, 'for') ?? duration(0);
  const wait = lengthAfter(words, 'in');
  const period = lasting(length, wait === null ? null : after(now, wait));
  const request = asked ?? ('none' as RequestId);
  switch (words[1]) {
    case 'activates':
      return activate(who, target, period);
    case 'deactivates':
      return deactivate(who, target);
    case 'approves':
      return review(who, request, 'approve');
    case 'denies':
      return review(who, request, 'deny');
    case 'cancels':
      return cancel(who, request);
    case 'assigns':
      return assign(whoIs(words[2]), target, period, { actor: person(who) });
    case 'updates':
      return change('adminUpdate', whoIs(words[2]), target, period, { actor: person(who) });
    case 'extends':
      return change('adminExtend', whoIs(words[2]), target, period, { actor: person(who) });
    case 'renews':
      return change('adminRenew', whoIs(words[2]), target, period, { actor: person(who) });
    case 'asks':
      return wish(words.includes('again') ? 'selfRenew' : 'selfExtend', who, target, period);
    case 'removes':
      return remove(whoIs(words[2]), target, { actor: person(who) });
    default:
      throw new Error(`nobody knows how to: ${words.join(' ')}`);
  }
}

/** `policy wants <somebody>` or `policy allows <length>`. */
function policy(target: Target, words: readonly string[]): Command {
  const limit = words[1] === 'allows' ? spelled(words[2] ?? '') : null;
  const rule: Rule =
    limit === null
      ? consent(named(whoIs(words[2])))
      : {
          caller: 'endUser',
          level: 'assignment',
          kind: 'expiration',
          required: true,
          maximum: written(limit),
          exceptions: [],
        };
  return { type: 'setPolicy', actor: person(OMAR), target, rules: [rule] };
}

function whoIs(name: string | undefined): PrincipalId {
  const found = NAMES[name ?? ''];
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
}

function lengthAfter(words: readonly string[], word: string): Duration | null {
  const at = words.indexOf(word);
  return at < 0 ? null : spelled(words[at + 1] ?? '');
}

/** `90m`, `2h`, `3d`, and `2h1ms` for a millisecond beside it. */
function spelled(text: string): Duration {
  const [, main = '', ms] = /^(.*?)([+-]?\d+ms)?$/.exec(text) ?? [];
  const read = main === '' ? null : parseDuration(main.endsWith('d') ? `P${main}` : `PT${main}`);
  if (typeof read === 'string') throw new Error(`not a length: ${text}`);
  return duration((read?.length ?? 0) + Number.parseInt(ms ?? '0', 10));
}
const distance = (from: Instant, to: Instant): string =>
  `+${written(duration(to - from))
    .text.replace(/^PT?/, '')
    .toLowerCase()}`;

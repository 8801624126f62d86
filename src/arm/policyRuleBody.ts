import type { Approver, StageRule } from '../core/approval.ts';
import type { Rule } from '../core/policy.ts';
import {
  days,
  minutes,
  parseGuid,
  parseLimit,
  principalId,
  type WrittenDuration,
  written,
} from '../core/values.ts';
import { type Bag, badValue, bag, bags, flag, neededText, text, texts, whole, word } from './bag.ts';
import { ENABLEMENTS, idOfRule, MODES, NOTIFICATION_LEVELS, reading, ruleType } from './policyWords.ts';

/** The rules a body changes. What a rule of it leaves out stays as it is in the policy now. */
export function rulesOf(properties: Bag, now: readonly Rule[]): readonly Rule[] {
  const given = bags(properties, 'rules');
  if (given === null || given.length === 0)
    throw badValue(properties, "The policy is invalid. 'rules' must list the rules to change.");
  return given.map((rule) => ruleOf(rule, now));
}

function ruleOf(given: Bag, now: readonly Rule[]): Rule {
  const id = neededText(given, 'id');
  const rule = now.find((r) => idOfRule(r).toLowerCase() === id.toLowerCase());
  if (!rule)
    throw badValue(
      given,
      `The policy is invalid. It has no rule '${id}'; it has ${now.map(idOfRule).join(', ')}.`,
    );
  const type = text(given, 'ruleType');
  if (type !== null && type.toLowerCase() !== ruleType(rule.kind).toLowerCase()) {
    throw badValue(
      given,
      `The policy is invalid. ${id} has the ruleType ${ruleType(rule.kind)}, not '${type}'.`,
    );
  }
  return changed(given, rule, id);
}

// The fields stand in the order of the default rules, so that a rule sent back unchanged is seen to be unchanged.
function changed(given: Bag, rule: Rule, id: string): Rule {
  const { caller, level } = rule;
  switch (rule.kind) {
    case 'expiration':
      return {
        caller,
        level,
        kind: rule.kind,
        required: flag(given, 'isExpirationRequired') ?? rule.required,
        maximum: limitOf(given, id) ?? rule.maximum,
        exceptions: membersOf(given, 'exceptionMembers') ?? rule.exceptions,
      };
    case 'enablement':
      return { caller, level, kind: rule.kind, enabled: enablementsOf(given, id) };
    case 'authenticationContext':
      return {
        caller,
        level,
        kind: rule.kind,
        enabled: flag(given, 'isEnabled') ?? rule.enabled,
        claim: text(given, 'claimValue') ?? rule.claim,
      };
    case 'approval':
      return approvalOf(given, rule, id);
    case 'notification':
      return {
        caller,
        level,
        kind: rule.kind,
        recipient: rule.recipient,
        notify: word(given, 'notificationLevel', reading(NOTIFICATION_LEVELS)) ?? rule.notify,
        defaultRecipients: flag(given, 'isDefaultRecipientsEnabled') ?? rule.defaultRecipients,
        more: texts(given, 'notificationRecipients') ?? rule.more,
      };
  }
}

// A limit in years or months is kept in days; any other text is kept as it was written, because clients compare it.
function limitOf(given: Bag, id: string): WrittenDuration | null {
  const limit = text(given, 'maximumDuration');
  if (limit === null) return null;
  const parsed = parseLimit(limit);
  if (typeof parsed === 'string') {
    throw badValue(
      given,
      `The policy is invalid. ${id}: the maximumDuration '${limit}' cannot be used. Write an ISO 8601 duration such as PT8H or P180D.`,
    );
  }
  return /[YMW]/i.test(limit.split(/T/i)[0] ?? '') ? written(parsed.length) : parsed;
}

function enablementsOf(given: Bag, id: string) {
  const words = texts(given, 'enabledRules');
  if (words === null)
    throw badValue(
      given,
      `The policy is invalid. ${id} needs 'enabledRules'; an empty list asks for nothing.`,
    );
  const table = reading(ENABLEMENTS);
  return words.map((w) => {
    const found = Object.entries(table).find(([known]) => known.toLowerCase() === w.toLowerCase());
    if (found) return found[1];
    throw badValue(
      given,
      `The policy is invalid. ${id} knows no '${w}'; allowed are ${Object.keys(table).join(', ')}.`,
    );
  });
}

type Approval = Extract<Rule, { kind: 'approval' }>;

function approvalOf(given: Bag, rule: Approval, id: string): Approval {
  const setting = bag(given, 'setting');
  if (!setting) throw badValue(given, `The policy is invalid. ${id} needs 'setting'.`);
  return {
    caller: rule.caller,
    level: rule.level,
    kind: rule.kind,
    required: flag(setting, 'isApprovalRequired') ?? rule.required,
    requiredForExtension: flag(setting, 'isApprovalRequiredForExtension') ?? rule.requiredForExtension,
    requestorJustification: flag(setting, 'isRequestorJustificationRequired') ?? rule.requestorJustification,
    mode: word(setting, 'approvalMode', reading(MODES)) ?? rule.mode,
    stages: stagesOf(setting) ?? rule.stages,
  };
}

// Terraform reads the first stage without looking whether it is there, so a policy never has an empty list.
function stagesOf(setting: Bag): readonly StageRule[] | null {
  const given = bags(setting, 'approvalStages');
  return given === null || given.length === 0 ? null : given.map(stageOf);
}

const stageOf = (given: Bag): StageRule => ({
  timeout: days(whole(given, 'approvalStageTimeOutInDays') ?? 1),
  approverJustification: flag(given, 'isApproverJustificationRequired') ?? true,
  primary: membersOf(given, 'primaryApprovers') ?? [],
  escalationEnabled: flag(given, 'isEscalationEnabled') ?? false,
  escalateAfter: minutes(whole(given, 'escalationTimeInMinutes') ?? 0),
  escalation: membersOf(given, 'escalationApprovers') ?? [],
});

const membersOf = (given: Bag, name: string): readonly Approver[] | null =>
  bags(given, name)?.map(memberOf) ?? null;

function memberOf(given: Bag): Approver {
  const id = parseGuid(neededText(given, 'id'));
  if (id === null)
    throw badValue(
      given,
      `The policy is invalid. '${text(given, 'id')}' is not the object id of a user or group, which is a GUID.`,
    );
  return {
    id: principalId(id),
    of: word(given, 'userType', { User: 'person', Group: 'group' } as const) ?? 'person',
    backup: flag(given, 'isBackup') ?? false,
    description: text(given, 'description'),
  };
}

import { describe, expect, test } from 'vitest';
import { EVERY_PLANE, TARGETS } from './estate.ts';
import { script } from './script.ts';

describe.each(EVERY_PLANE)('a life on $plane:', ({ target }) => {
  test('INV-L6, INV-T1: activated, held to the millisecond, and gone', () => {
    script(target)`
      Ravi activates for 2h                → refused eligibilityNotFound
      Omar assigns Ravi for 30d            → provisioned
      Ravi holds                           → nothing
      Ravi activates for 2h                → provisioned
      Ravi holds                           → until +2h
      Ravi activates for 2h                → refused alreadyAssigned
      +2h-1ms                              → nothing to say
      Ravi holds                           → until +0.001s
      +1ms                                 → accessEnded expired
      Ravi holds                           → nothing
      Ravi activates for 1h                → provisioned
    `;
  });

  test('INV-A1: asked, refused to oneself and to strangers, approved by an approver', () => {
    script(target)`
      Omar assigns Ravi for 30d            → provisioned
      policy wants Approvers               → done
      Ravi activates for 2h                → pendingApproval
      Ravi holds                           → nothing
      Ravi activates for 2h                → refused pendingRequest
      Ravi approves                        → refused selfApproval
      Mina approves                        → refused notAnApprover
      Omar approves                        → refused notAnApprover
      Anika approves                       → provisioned
      Ravi holds                           → until +2h
      +2h                                  → accessEnded expired
      Ravi holds                           → nothing
    `;
  });

  test('INV-T5: approved late, which moves the window and does not stretch it', () => {
    script(target)`
      Omar assigns Ravi for 30d            → provisioned
      policy wants Anika                   → done
      Ravi activates for 2h in 1h          → pendingApproval
      +5h                                  → nothing to say
      Anika approves                       → provisioned
      Ravi holds                           → until +2h
    `;
  });

  test('INV-L2: denied, canceled, or never answered, and then final', () => {
    script(target)`
      Omar assigns Ravi for 30d            → provisioned
      policy wants Anika                   → done
      Ravi activates for 2h                → pendingApproval
      Anika denies                         → denied
      Anika approves                       → refused requestNotPending
      Ravi cancels                         → refused notCancelable
      Ravi activates for 2h                → pendingApproval
      Ravi cancels                         → canceled
      Anika approves                       → refused requestNotPending
      Ravi activates for 2h                → pendingApproval
      +1d-1ms                              → nothing to say
      +1ms                                 → requestMoved timedOut
      Anika approves                       → refused requestNotPending
      Ravi holds                           → nothing
    `;
  });

  test('INV-T6: the eligibility is removed, and with it what was activated from it', () => {
    script(target)`
      Omar assigns Ravi for 30d            → provisioned
      Ravi activates for 2h                → provisioned
      Mina removes Ravi                    → refused notAuthorized
      Omar removes Ravi                    → revoked
      Ravi holds                           → nothing
      Ravi activates for 2h                → refused eligibilityNotFound
    `;
  });

  test('INV-L1, INV-A1: asked for longer and granted, ended, asked for again and granted again', () => {
    script(target)`
      Omar assigns Ravi for 20d            → provisioned
      Ravi asks more for 60d               → refused tooEarlyToExtend
      +6d                                  → nothing to say
      Ravi asks more for 60d               → pendingAdminDecision
      Anika approves                       → refused notAnApprover
      Ravi approves                        → refused selfApproval
      +14d-1ms                             → nothing to say
      Omar approves                        → adminApproved
      Ravi holds                           → nothing
      +1d                                  → nothing to say
      Ravi activates for 2h                → provisioned
      +45d1ms                              → accessEnded expired, accessEnded expired
      Ravi activates for 2h                → refused eligibilityNotFound
      Ravi asks again for 3d               → pendingAdminDecision
      Omar renews Ravi for 5d              → provisioned
      Ravi activates for 2h                → provisioned
      +5d                                  → accessEnded expired, accessEnded expired
      Ravi asks again for 3d               → pendingAdminDecision
      Ravi cancels                         → canceled
      Ravi asks again for 3d               → pendingAdminDecision
      Omar denies                          → adminDenied
      Ravi asks again for 3d               → pendingAdminDecision
      +30d                                 → requestMoved timedOut
      Ravi asks again for 3d               → refused nothingToRenew
      Omar renews Ravi for 5d              → refused nothingToRenew
    `;
  });

  test('INV-T6: an eligibility that is shortened takes the activation with it', () => {
    script(target)`
      Omar assigns Ravi for 30d            → provisioned
      Ravi activates for 4h                → provisioned
      Omar updates Ravi for 1h             → provisioned
      Ravi holds                           → until +1h
      Omar extends Ravi for 3d             → provisioned
      Ravi holds                           → until +1h
      +1h                                  → accessEnded expired
      Ravi holds                           → nothing
    `;
  });

  test('INV-T5, INV-T6: the eligibility ends, and nothing activated from it lasts longer', () => {
    script(target)`
      Omar assigns Ravi for 3h             → provisioned
      +2h                                  → nothing to say
      Ravi activates for 2h                → provisioned
      Ravi holds                           → until +1h
      Ravi activates for 1h in 2h          → refused alreadyAssigned
      +1h                                  → accessEnded expired, accessEnded expired
      Ravi holds                           → nothing
    `;
  });

  test('asked for later: granted, then begun, then ended, or canceled before it began', () => {
    script(target)`
      Omar assigns Ravi for 30d            → provisioned
      Ravi activates for 1h in 2h          → granted
      Ravi cancels                         → canceled
      Ravi activates for 1h in 2h          → granted
      Ravi holds                           → nothing
      +2h                                  → accessBegan, requestMoved provisioned
      Ravi holds                           → until +1h
      Ravi cancels                         → refused notCancelable
      +1h                                  → accessEnded expired
    `;
  });

  test('a group is eligible, its members activate for themselves', () => {
    script(target)`
      Omar assigns Oncall for 30d          → provisioned
      Mina activates for 1h                → refused eligibilityNotFound
      Ravi activates for 1h                → provisioned
      Anika holds                          → nothing
      Anika activates for 2h               → provisioned
      +1h                                  → accessEnded expired
      Ravi holds                           → nothing
      Anika holds                          → until +1h
      Omar removes Oncall                  → revoked
      Anika holds                          → nothing
    `;
  });

  test('given back before its end, and activated again at once', () => {
    script(target)`
      Omar assigns Ravi for 30d            → provisioned
      Ravi activates for 2h                → provisioned
      Anika deactivates                    → refused scheduleNotFound
      Ravi deactivates                     → revoked
      Ravi holds                           → nothing
      Ravi deactivates                     → refused scheduleNotFound
      Ravi activates for 2h                → provisioned
      Ravi holds                           → until +2h
    `;
  });

  test('INV-A7: the policy becomes shorter while a request waits', () => {
    script(target)`
      Omar assigns Ravi for 30d            → provisioned
      policy wants Anika                   → done
      Ravi activates for 4h                → pendingApproval
      policy allows 1h                     → done
      Anika approves                       → provisioned
      Ravi holds                           → until +1h
    `;
  });

  test('INV-L9: a workload identity is not made eligible and does not activate', () => {
    script(target)`
      Omar assigns Bot for 30d             → refused workloadNotEligible
      Bot activates for 1h                 → refused interactiveSignInRequired
    `;
  });
});

test('where the plane narrows, what is activated below the eligibility is held there and not above', () => {
  script(TARGETS.azure)`
    Omar assigns Ravi for 30d              → provisioned
    Ravi activates below for 2h            → provisioned
    Ravi holds below                       → until +2h
    Ravi holds                             → nothing
    Ravi activates for 1h                  → provisioned
    Ravi holds below                       → until +2h
    +1h                                    → accessEnded expired
    Ravi holds                             → nothing
    Ravi holds below                       → until +1h
    Omar removes Ravi                      → revoked
    Ravi holds below                       → nothing
  `;
});

test('a script that tells it otherwise fails, and says what it came to', () => {
  const wrong = () => script(TARGETS.azure)`Ravi activates for 2h → provisioned`;
  expect(wrong).toThrow('refused eligibilityNotFound');
  expect(() => script(TARGETS.azure)`Ravi dances → provisioned`).toThrow('nobody knows how to');
});

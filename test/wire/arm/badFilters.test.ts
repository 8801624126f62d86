import { IDS } from './armTenant.ts';
import { type Case, eligibility, get, list, refused, THERE } from './refusing.ts';

const FILTERS: readonly Case[] = [
  get(
    'a filter that ends too early',
    list('roleEligibilitySchedules', "principalId eq '"),
    '400 InvalidFilter',
    /no end.*atScope\(\)/,
  ),
  get(
    'a filter the list has not',
    list('roleEligibilitySchedules', "displayName eq 'x'"),
    '400 InvalidFilter',
    /'displayName eq …'.*asTarget\(\)/,
  ),
  get(
    'a function the list has not',
    list('roleEligibilitySchedules', 'asRequestor()'),
    '400 InvalidFilter',
    /asrequestor\(\)/,
  ),
  get(
    'a comparison the list has not',
    list('roleEligibilitySchedules', `principalId ne '${IDS.ravi}'`),
    '400 InvalidFilter',
    /principalId eq/,
  ),
  get(
    'or between unlike terms',
    list('roleEligibilitySchedules', `atScope() or principalId eq '${IDS.ravi}'`),
    '400 InvalidFilter',
    /'or'/,
  ),
  get(
    'a principal that is no GUID',
    list('roleEligibilitySchedules', "principalId eq 'ravi'"),
    '400 InvalidFilter',
    /'ravi' is no value/,
  ),
  get(
    'two principals at once',
    list('roleEligibilitySchedules', `principalId eq '${IDS.ravi}' and principalId eq '${IDS.mina}'`),
    '400 InvalidFilter',
    /given twice/,
  ),
  get(
    'a status nobody has',
    list('roleEligibilityScheduleRequests', "status eq 'Happy'"),
    '400 InvalidFilter',
    /'Happy'/,
  ),
  get(
    'a page that is none',
    `${list('roleEligibilitySchedules', 'atScope()')}&$skiptoken=!`,
    '400 InvalidSkipToken',
    /nextLink/,
  ),
  get(
    'a page after no name',
    `${list('roleEligibilitySchedules', 'atScope()')}&$skiptoken=YWJj`,
    '400 InvalidSkipToken',
    /nextLink/,
  ),
  get(
    'a list without the right to read',
    list('roleEligibilitySchedules', 'atScope()'),
    '400 InsufficientPermissions',
    /\$filter=asTarget\(\)/,
    { who: 'mina' },
  ),
  get(
    'somebody else’s request',
    eligibility(THERE.requested),
    '403 AuthorizationFailed',
    /roleAssignments\/read/,
    { who: 'mina' },
  ),
];

refused('a list is told what it can be asked', FILTERS);

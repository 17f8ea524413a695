import { join } from 'node:path';
import type { EarlierTotals } from '../domain/figures';

/** A person of the demo's team, as Teams would know them. All are invented. */
export interface DemoPerson {
  /** Teams' id of the user towards this bot. */
  readonly id: string;
  /** Object id in the tenant's directory. */
  readonly aadObjectId: string;
  readonly givenName: string;
  readonly surname: string;
  /** As the roster shows it. */
  readonly name: string;
  readonly role: string;
  readonly email: string;
}

/** When the demo's clock starts unless told otherwise: Monday 25 September 2023, 09:30 in London. */
export const SAMPLE_CLOCK = '2023-09-25T08:30:00.000Z';

/** The sample plan: a plain sheet like those that councils keep, read as any other plan. */
export const SAMPLE_PLAN_FILE = join(__dirname, 'samplePlan.csv');

/** The scale that December 2022's figures were counted on: the colours did not yet mean the same. */
export const EARLIER_SCALE = 'before-feb-2023';

/** The scale that the sample plan and the later of the earlier figures are counted on. */
const SAMPLE_SCALE = 'five-colours';

/** Totals from before Steward, as a programme officer would type them in. */
export const SAMPLE_TOTALS: readonly EarlierTotals[] = [
  {
    period: '2023-06',
    counts: { red: 0, amber: 32, green: 29, blue: 31, grey: 2, none: 0 },
    scale: SAMPLE_SCALE,
    from: 'typed',
  },
  {
    period: '2023-03',
    counts: { red: 3, amber: 45, green: 17, blue: 31, grey: 0, none: 0 },
    scale: SAMPLE_SCALE,
    from: 'typed',
  },
  {
    period: '2022-12',
    counts: { red: 4, amber: 67, green: 23, blue: 2, grey: 0, none: 0 },
    scale: EARLIER_SCALE,
    from: 'typed',
  },
];

/** Who sits at the Playground: programme officer, and a lead of seven actions. */
export const DEMO_OFFICER: DemoPerson = person(
  'Miriam',
  'Adeyemi',
  'SEND Programme Officer',
  '6f1d2c3a-0b51-4c7e-9a35-1f60b7c0a101',
);

/** The five others, whom "play the month" answers for. */
export const DEMO_LEADS: readonly DemoPerson[] = [
  person('Gareth', 'Pritchard', 'Head of Statutory SEND', '6f1d2c3a-0b51-4c7e-9a35-1f60b7c0a102'),
  person('Nasreen', 'Malik', 'Local Offer and Co-production Lead', '6f1d2c3a-0b51-4c7e-9a35-1f60b7c0a103'),
  person('Helen', 'Brackley', 'Designated Clinical Officer', '6f1d2c3a-0b51-4c7e-9a35-1f60b7c0a104'),
  person(
    'Tom',
    'Ashdown',
    'Head of Inclusion and School Improvement',
    '6f1d2c3a-0b51-4c7e-9a35-1f60b7c0a105',
  ),
  person('Callum', 'Reid', 'Principal Educational Psychologist', '6f1d2c3a-0b51-4c7e-9a35-1f60b7c0a106'),
];

/** The demo's tenant, bot, team and channels, as the Playground presents them. */
export const DEMO_TEAM = {
  tenantId: '11111111-1111-4111-8111-111111111111',
  botId: '22222222-2222-4222-8222-222222222222',
  botName: 'Steward',
  personalChatId: 'personal-chat-officer',
  groupChatId: '19:leads@thread.v2',
  /** Also the id of its General channel. */
  teamId: '19:send-improvement@thread.tacv2',
  teamName: 'SEND Improvement Board',
  aadGroupId: '33333333-3333-4333-8333-333333333333',
  boardChannelId: '19:board@thread.tacv2',
  boardChannelName: 'Board',
} as const;

function person(givenName: string, surname: string, role: string, aadObjectId: string): DemoPerson {
  const account = `${givenName}.${surname}`.toLowerCase();
  return {
    id: `29:${account}`,
    aadObjectId,
    givenName,
    surname,
    name: `${givenName} ${surname}`,
    role,
    email: `${account}@example.org`,
  };
}

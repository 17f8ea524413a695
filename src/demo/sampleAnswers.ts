import type { IsoDate } from '../domain/period';
import type { StatusKey } from '../domain/status';

/** What a lead of the sample plan says about one action when the month is played. */
export type PlayedAnswer =
  | { readonly kind: 'noChange' }
  /** Says nothing, so that the board's post shows a figure carried over. */
  | { readonly kind: 'silence' }
  | {
      readonly kind: 'update';
      readonly percent: number;
      readonly status: StatusKey;
      readonly narrative: string;
      readonly revised?: IsoDate;
      readonly barriers?: string;
      readonly ask?: string;
    };

/** An answer, and which of several leads gives it; left out, it is the first who is asked. */
export type ScriptedAnswer = PlayedAnswer & { readonly by?: string };

const NO_CHANGE = { kind: 'noChange' } as const;

/**
 * September's answers of the sample plan's leads, by ref. What only the person at the Playground leads is left
 * to them. Between them they show every kind: better and worse, red with what is asked of the board, blue with
 * evidence, 100% that is not yet blue, "No change", and one left unanswered.
 */
export const SAMPLE_ANSWERS: Readonly<Record<string, ScriptedAnswer>> = {
  '1.1.2': update(
    85,
    'amber',
    'Health advice dates now arrive in a weekly file; one provider has still to join.',
  ),
  '1.1.3': NO_CHANGE,
  '1.1.4': update(
    80,
    'amber',
    'It has passed its security test and opens to all new requests on 6 November.',
  ),
  '1.2.1': {
    ...update(90, 'amber', '25 of 27 are trained; the last two have places on 10 October.', '2023-10-31'),
    by: 'Gareth Pritchard',
  },
  '2.2.1': update(
    100,
    'green',
    '38 of 38 answered in time; October completes the quarter that we want to see.',
  ),
  '2.3.1': NO_CHANGE,
  '2.4.2': update(60, 'green', '348 replies, a third more than last year; it stays open until 20 October.'),
  '3.1.2': NO_CHANGE,
  '3.1.3': NO_CHANGE,
  '3.1.4': update(95, 'green', 'The guide to short breaks is drafted and young people read it next week.'),
  '3.1.5': update(
    100,
    'blue',
    'Sign-in sheets show all 94 schools, and new starters have watched the recording.',
  ),
  '3.2.3': NO_CHANGE,
  '3.3.1': {
    ...update(
      65,
      'amber',
      '182 of 280 are confirmed; clubs are taking longer than we planned.',
      '2023-12-31',
    ),
    by: 'Nasreen Malik',
  },
  '3.3.2': update(65, 'green', 'Community nursing has sent its pages; two services are left.'),
  '4.1.1': update(
    70,
    'green',
    'Head teachers have seen the forecast; two secondary schools are checking theirs.',
  ),
  '5.1.4': {
    ...update(75, 'red', 'A second provider has offered 40 assessments a month from January.'),
    barriers: 'Their price is £96,000 over this year’s budget.',
    ask: 'Agree the extra money for January to March, or tell us to stay within budget and accept a longer wait.',
  },
  '5.1.5': {
    ...update(
      75,
      'red',
      'The average wait is 30 weeks; the new clinics saw 64 children in their first month.',
    ),
    barriers: 'Two therapists are on long leave and their agency cover ends in October.',
    ask: 'Extend the agency cover to the end of March.',
    by: 'Helen Brackley',
  },
  '6.1.2': update(
    75,
    'amber',
    'All six schools have commented; the wording is settled in October.',
    '2023-11-30',
  ),
  '6.1.3': update(90, 'amber', 'All 60 are read; team managers get the findings on 11 October.'),
  '6.1.4': update(
    90,
    'green',
    'Finance has confirmed the rates, and new plans carry the wording from October.',
  ),
  '6.2.3': { ...NO_CHANGE, by: 'Helen Brackley' },
  '6.3.1': {
    ...update(50, 'red', 'The text is ready but design has stopped.', '2024-02-29'),
    barriers: 'The council’s design team has no time for it before January.',
    ask: 'Pay for outside design now, or accept a date in February.',
  },
  '7.2.2': update(
    95,
    'amber',
    'The third round is on 17 October and the written examples are drafted.',
    '2023-10-31',
  ),
  '7.3.1': update(90, 'amber', 'Parents have worked through four of five chapters with us.'),
  '7.3.5': update(
    40,
    'amber',
    'Two more pairs of schools have met, with cover paid from the training budget.',
  ),
  '7.3.6': { kind: 'silence' },
  '7.3.7': update(45, 'amber', 'The third council has moved our meeting to November.'),
  '8.2.1': update(65, 'green', 'A fifth workshop was held for 22 SENCOs; the sixth is on 12 October.'),
  '8.2.2': NO_CHANGE,
  '8.2.3': NO_CHANGE,
  '8.2.4': update(25, 'amber', 'A fifth audit is done; a second reviewer starts in January.', '2024-03-31'),
  '8.3.2': update(
    20,
    'amber',
    'The first chapter is drafted; the therapists need until Christmas.',
    '2023-12-31',
  ),
  '9.1.2': {
    ...update(90, 'amber', '171 of 190 reviews are held; all will be by half term.'),
    by: 'Callum Reid',
  },
  '9.1.3': {
    ...update(65, 'amber', 'A fourth worker starts in November; the last post is advertised again.'),
    by: 'Tom Ashdown',
  },
  '9.2.5': { ...update(35, 'amber', 'Two of the three mentors are appointed.'), by: 'Callum Reid' },
  '10.4.2': NO_CHANGE,
};

/**
 * What somebody says about an action: from the script, else by a rule that depends on the ref alone, so that
 * another plan's month can be played too, and the same way each time. null when it is a co-lead's to answer.
 */
export function answerFor(
  ref: string,
  person: string,
  now: { readonly percent: number | null; readonly status: StatusKey | null },
): PlayedAnswer | null {
  const scripted = SAMPLE_ANSWERS[ref];
  if (scripted) return scripted.by === undefined || scripted.by === person ? scripted : null;
  return unscriptedAnswer(ref, now);
}

const PLAIN_WORDS = [
  'Work went on as planned this month; the next step is agreed with everybody involved.',
  'The first part is finished and in use; the second has begun.',
  'Families and schools have commented, and we are working through what they said.',
] as const;

function unscriptedAnswer(
  ref: string,
  now: { readonly percent: number | null; readonly status: StatusKey | null },
): PlayedAnswer {
  const number = [...ref].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0);
  // Red has fields that must not be made up, and what has no status can't be guessed.
  if (number % 3 === 0 || now.status === null || now.status === 'red') return NO_CHANGE;
  const percent = Math.max(now.percent ?? 0, Math.min(95, (now.percent ?? 0) + 5 + (number % 4) * 5));
  return update(percent, now.status, PLAIN_WORDS[number % PLAIN_WORDS.length] ?? PLAIN_WORDS[0]);
}

function update(percent: number, status: StatusKey, narrative: string, revised?: IsoDate): UpdateAnswer {
  return { kind: 'update', percent, status, narrative, ...(revised === undefined ? {} : { revised }) };
}

type UpdateAnswer = Extract<PlayedAnswer, { kind: 'update' }>;

import type { Asked } from './asked';
import {
  and,
  due,
  every,
  G,
  L,
  live,
  not,
  or,
  overdue,
  P,
  ref,
  S,
  slip,
  T,
  undated,
  under,
  unled,
} from './support/rows';

const ANYBODY = null;
const MIRIAM = 'Miriam Adeyemi';
const GARETH = 'Gareth Pritchard';
const NASREEN = 'Nasreen Malik';
const HELEN = 'Helen Brackley';
const TOM = 'Tom Ashdown';
const CALLUM = 'Callum Reid';

/** A last batch, written down by somebody who had not seen the others: all 55 gave exactly these rows and their number over HTTP at first. */
export const NINTH_ASKED: readonly Asked[] = [
  [MIRIAM, 'show my amber actions', and(L(MIRIAM), S('A'))],
  [TOM, 'What am I behind on?', and(L(TOM), overdue)],
  [HELEN, 'my reds', and(L(HELEN), S('R'))],
  [GARETH, 'which ones of mine are still open', and(L(GARETH), live)],
  [NASREEN, 'show me everything I lead', L(NASREEN)],
  [CALLUM, 'how many of my actions are blue?', and(L(CALLUM), S('B'))],
  [TOM, 'my actions in priority 7 that are not blue', and(L(TOM), G('7'), not(S('B')))],
  [
    HELEN,
    'do I have anything due before the end of October?',
    and(L(HELEN), due('0000-01-01', '2023-10-31')),
  ],
  [MIRIAM, 'mine due next month', and(L(MIRIAM), due('2023-10-01', '2023-10-31'))],
  [
    GARETH,
    'my actions over 80%',
    and(
      L(GARETH),
      P((p) => p > 80),
    ),
  ],
  [ANYBODY, 'list all red actions', S('R')],
  [ANYBODY, 'Which actions are rated amber?', S('A')],
  [ANYBODY, 'what is green at the moment', S('G')],
  [ANYBODY, 'show red and amber actions in priority 5', and(G('5'), S('R', 'A'))],
  [ANYBODY, 'how many actions are there in total?', every],
  [ANYBODY, 'how many are overdue in priority 2?', and(G('2'), overdue)],
  [ANYBODY, 'what actions does Helen Brackley lead?', L(HELEN)],
  [ANYBODY, 'Tom’s overdue actions', and(L(TOM), overdue)],
  [ANYBODY, 'which of Gareth Pritchard’s actions are amber', and(L(GARETH), S('A'))],
  [ANYBODY, 'amber actions led by Nasreen', and(L(NASREEN), S('A'))],
  [ANYBODY, 'everything in priority 9', G('9')],
  [ANYBODY, 'priority 10 ambers', and(G('10'), S('A'))],
  [ANYBODY, 'actions about physiotherapy', T(/physiotherap/i)],
  [ANYBODY, 'anything mentioning the parent carer forum', T(/parent carer forum/i)],
  [ANYBODY, 'actions that mention "half term"', T(/half term/i)],
  [ANYBODY, 'which actions talk about governors?', T(/governors?/i)],
  [ANYBODY, '2.1.1 to 2.2.3', or(under('2.1'), ref('2.2.1', '2.2.2', '2.2.3'))],
  [ANYBODY, 'show 4.1.1, 4.2.1 and 5.1.4', ref('4.1.1', '4.2.1', '5.1.4')],
  [ANYBODY, 'all of 7.3', under('7.3')],
  [ANYBODY, 'what is overdue?', overdue],
  [ANYBODY, 'overdue ambers', and(S('A'), overdue)],
  [ANYBODY, 'actions due in December 2023', due('2023-12-01', '2023-12-31')],
  [ANYBODY, 'due in the next three months', due('2023-09-25', '2023-12-25')],
  [ANYBODY, 'what is due by Christmas', due('0000-01-01', '2023-12-25')],
  [ANYBODY, 'due after January 2024', due('2024-02-01', '9999-12-31')],
  [ANYBODY, 'what has slipped?', slip(0)],
  [ANYBODY, 'actions that have slipped by more than 6 months', slip(6)],
  [ANYBODY, 'actions without a date', undated],
  [
    ANYBODY,
    '100% but not blue',
    and(
      P((p) => p === 100),
      not(S('B')),
    ),
  ],
  [
    ANYBODY,
    'blue but less than 100%',
    and(
      S('B'),
      P((p) => p < 100),
    ),
  ],
  [ANYBODY, 'less than half done', P((p) => p < 50)],
  [ANYBODY, 'which actions have no lead of their own', unled],
  [ANYBODY, 'grey actions', S('GR')],
  [ANYBODY, 'actions with no status', S('')],
  [ANYBODY, 'not blue and not green', not(S('B', 'G'))],
  [ANYBODY, 'live actions in priority 3', and(G('3'), live)],
  [ANYBODY, 'hwo many ambr actions in priority 1', and(G('1'), S('A'))],
  [ANYBODY, 'pls show evrything red', S('R')],
  [ANYBODY, 'delivered actions in priority 8', and(G('8'), S('B'))],
  [ANYBODY, 'green or blue in priority 6', and(G('6'), S('G', 'B'))],
  [ANYBODY, 'is anything red in social care?', and(G('6'), S('R'))],
  [
    ANYBODY,
    'actions at 75% or more that are amber',
    and(
      S('A'),
      P((p) => p >= 75),
    ),
  ],
  [ANYBODY, 'ambers led by Helen or Tom', and(S('A'), or(L(HELEN), L(TOM)))],
  [ANYBODY, 'what does Callum Reid have due this year', and(L(CALLUM), due('2023-01-01', '2023-12-31'))],
  [ANYBODY, 'which green actions are past their date?', and(S('G'), overdue)],
];

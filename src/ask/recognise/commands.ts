import type { IsoDate } from '../../domain/period';
import { type Period, periodOf, periodOfDate } from '../../domain/period';
import type { StatusKey } from '../../domain/status';
import type { AskContext } from '../context';
import {
  as,
  costing,
  either,
  type Input,
  type Match,
  maybe,
  once,
  type Parser,
  seq,
  token,
  words,
} from '../parser';
import type { NamedWho, Piece } from '../piece';
import { type Command, type HandedOver, type Named, NOTHING_SAID, type SaidValues } from '../question';
import { number, percentage } from './numbers';
import { somebody } from './people';
import { ref } from './refs';
import { status } from './statuses';
import { monthNamed, settle, type When, when } from './when';

const whole = (command: Command): Piece => ({ is: 'whole', question: { kind: 'command', command } });

// ---- What an update says

/** All that follows, as it was typed; only at a mark or word that says that words follow. */
const tail: Parser<string> = (input, at) => {
  const first = input.tokens[at];
  const text = first ? input.text.slice(first.start).trim() : '';
  return text === '' ? [] : [{ end: input.tokens.length, value: text, cost: 0 }];
};

const narrative: Parser<string> = as(
  seq(
    either(
      words(':|-|;|,|because|note|narrative|saying|comment|with note/comment/narrative/words|and say/add'),
      words(
        `: - | , because | , note | with note/comment/narrative : | narrative/note/comment :
          | , note : | and say/add : | : note`,
      ),
    ),
    tail,
  ),
  ([, text]) => unquoted(text),
);

function unquoted(text: string): string {
  return text
    .replace(/^[\s:;,–—-]+/u, '')
    .replace(/^(?:note|narrative|comment)\s*:\s*/iu, '')
    .replace(/^["“](.*)["”]$/su, '$1')
    .trim();
}

const delivered: Parser<SaidValues> = as(
  words('done|complete|completed|delivered|finished|as done/complete/completed/delivered/finished'),
  (_, { context }) => saying({ status: doneOn(context) }),
);
const closed: Parser<SaidValues> = as(words('closed|merged'), (_, { context }) =>
  saying({ status: context.scale.statuses.find(({ phase }) => phase === 'closed')?.key ?? null }),
);

const day: Parser<IsoDate> = as(when, (named, { context }) => lastDayOf(named, context.today));

const one: Parser<SaidValues> = either(
  as(seq(percentage, maybe(words('complete/completed/done'))), ([percent]) => saying({ percent })),
  as(status, (key) => (key === 'none' ? null : saying({ status: key }))),
  delivered,
  closed,
  as(
    seq(
      words(
        `with/and? new/revised date/deadline of/to/is? | revised/new? date/deadline/due of/to/is?
          | due date? of/to/is? | date/deadline`,
      ),
      day,
    ),
    ([, revised]) => saying({ revised }),
  ),
  costing(
    0.4,
    as(number, (percent) => (percent <= 100 ? saying({ percent }) : null)),
  ),
);

const between = maybe(words(',|and|at|/|is|now|&|;|to|as|with'));

/** A percentage, a status, a date: one or more, in any order, each at most once. */
const values: Parser<SaidValues> = (input, at) =>
  one(input, at).flatMap((first) => {
    const further = seq(between, values)(input, first.end).flatMap(({ end, value: [, rest], cost }) => {
      const both = merged(first.value, rest);
      return both ? [{ end, value: both, cost: first.cost + cost }] : [];
    });
    return [...further, first];
  });

function merged(a: SaidValues, b: SaidValues): SaidValues | null {
  if (a.percent !== null && b.percent !== null) return null;
  if (a.status !== null && b.status !== null) return null;
  if (a.revised !== null && b.revised !== null) return null;
  return {
    percent: a.percent ?? b.percent,
    status: a.status ?? b.status,
    narrative: null,
    revised: a.revised ?? b.revised,
  };
}

function doneOn({ scale }: AskContext): StatusKey | null {
  return scale.statuses.find(({ phase }) => phase === 'done')?.key ?? null;
}

function saying(said: Partial<SaidValues>): SaidValues {
  return { ...NOTHING_SAID, ...said };
}

const valuesAndWords: Parser<SaidValues> = either(
  as(seq(values, narrative), ([said, text]) => ({ ...said, narrative: text })),
  values,
  as(narrative, (text) => saying({ narrative: text })),
  costing(
    1,
    as(seq(values, tail), ([said, text]) => ({ ...said, narrative: unquoted(text) })),
  ),
);

const SET = words(
  `update | set | change | put | mark | move | make | record | log | amend | edit | report | correct
    | i/we want/need/would to/like to? update/edit/change | let me update | do update for/on
    | do my update for/on | fill in update? for? | flag`,
);
const TO = maybe(words('to|as|is|at|:|,|-|->|now|is now|is at|is now at|to be|=|up/down to|with'));

const update: Parser<Piece> = either(
  as(
    seq(
      SET,
      maybe(words('status/percentage/percent/progress/rag/% of/for|date of/for')),
      ref,
      TO,
      valuesAndWords,
    ),
    ([, , one, , says]) => whole({ do: 'update', ref: one, says }),
  ),
  as(
    seq(
      words('move/push/shift/put'),
      maybe(words('date of/for|deadline of/for|back')),
      ref,
      maybe(words('back/out')),
      words('to|until|till'),
      day,
    ),
    ([, , one, , , revised]) => whole({ do: 'update', ref: one, says: saying({ revised }) }),
  ),
  as(
    seq(words('change/set/move/push date/deadline of/for/on'), ref, words('to'), day),
    ([, one, , revised]) => whole({ do: 'update', ref: one, says: saying({ revised }) }),
  ),
  as(
    seq(
      words(
        `update/edit | i/we want/need/would to/like to? update/edit | let me update
          | do update for/on | do my update for/on | fill in update? for? | report on my
          | open form for | form for | amend`,
      ),
      ref,
    ),
    ([, one]) => whole({ do: 'update', ref: one, says: NOTHING_SAID }),
  ),
  as(seq(ref, words('is now at?|now at?|to|:|->|=|is at'), valuesAndWords), ([one, , says]) =>
    whole({ do: 'update', ref: one, says }),
  ),
  as(seq(ref, maybe(words('is|has been|,|-')), values, narrative), ([one, , says, text]) =>
    whole({ do: 'update', ref: one, says: { ...says, narrative: text } }),
  ),
  as(seq(ref, maybe(words('is|,|-')), valuesWithBoth), ([one, , says]) =>
    whole({ do: 'update', ref: one, says }),
  ),
  costing(
    2.5,
    as(seq(words('update'), ref, tail), ([, one]) => whole({ do: 'update', ref: one, says: NOTHING_SAID })),
  ),
  as(seq(words('complete/finish'), ref, maybe(narrative)), ([, one, text], { context }) =>
    whole({ do: 'update', ref: one, says: { ...NOTHING_SAID, status: doneOn(context), narrative: text } }),
  ),
  as(seq(words('close'), ref), ([, one]) => whole({ do: 'update', ref: one, says: NOTHING_SAID })),
  as(seq(ref, words('is|has been'), either(delivered, closed)), ([one, , says]) =>
    whole({ do: 'update', ref: one, says }),
  ),
);

/** Without a word that says "update", a percentage and a status together are needed. */
function valuesWithBoth(input: Input, at: number): readonly Match<SaidValues>[] {
  return values(input, at).filter(({ value }) => value.percent !== null && value.status !== null);
}

const NO_CHANGE = words(
  `no change/changes | nothing new | no further change/progress | same as before/last/last month
    | nothing to report | as before | leave as is | keep as is | nothing has changed | stays same
    | still same | unchanged`,
);

const noChange: Parser<Piece> = either(
  as(
    seq(NO_CHANGE, maybe(words('on|for|to|in|with|:|this month on/for')), ref, maybe(narrative)),
    ([, , one, text]) => whole({ do: 'no-change', ref: one, narrative: text }),
  ),
  as(seq(ref, maybe(words(':|,|-|has|is|there is')), NO_CHANGE, maybe(narrative)), ([one, , , text]) =>
    whole({ do: 'no-change', ref: one, narrative: text }),
  ),
  as(seq(words('no change|nothing to report'), maybe(narrative)), ([, text]) =>
    whole({ do: 'no-change', ref: null, narrative: text }),
  ),
);

// ---- Who does what for whom

const HAND = words(
  `hand/hands/handover/give/transfer/reassign/pass/move/assign/reallocate/allocate/switch/swap
    | re assign | hand/pass/sign over | change lead of/for/on`,
);
const OVER = maybe(words('over|across'));

const allOf: Parser<HandedOver> = either(
  as(
    seq(
      words('all|everything|every one'),
      maybe(words('of')),
      maybe(words('work/actions of')),
      owner(),
      maybe(words("'s")),
      maybe(words('action/work/item/stuff/load')),
    ),
    ([, , , who]) => ({
      kind: 'all-of',
      who,
    }),
  ),
  as(
    seq(words('everything|all actions|all action'), words('of|from|belonging to|led by'), somebody),
    ([, , who]) => ({
      kind: 'all-of',
      who,
    }),
  ),
  as(seq(words('everything|all'), somebody, words('lead/leads/has/owns/have')), ([, who]) => ({
    kind: 'all-of',
    who,
  })),
  as(seq(owner(), maybe(words("'s")), words('action/work/workload/load')), ([who]) => ({
    kind: 'all-of',
    who,
  })),
);

function owner(): Parser<NamedWho> {
  return either<NamedWho>(
    as(words('my'), () => ({ kind: 'me' })),
    somebody,
  );
}

const handed: Parser<HandedOver> = either(
  as(seq(maybe(words('my|my action')), ref), ([, one]) => ({ kind: 'action', ref: one })),
  allOf,
);

const handOver: Parser<Piece> = either(
  as(seq(HAND, OVER, handed, maybe(words('over|across|lead')), words('to'), somebody), ([, , what, , , to]) =>
    whole({ do: 'hand-over', what, to }),
  ),
  as(seq(words('give|assign'), somebody, handed), ([, to, what]) => whole({ do: 'hand-over', what, to })),
  as(seq(words('make'), somebody, words('lead/leader/owner of/for/on'), handed), ([, to, , what]) =>
    whole({ do: 'hand-over', what, to }),
  ),
  as(
    seq(
      somebody,
      words(
        `is/are now? new? lead/leader/leading for/on/of? | is/will be? taking/take over
          | takes/taking/take over | now leads | is now leading | will lead | should lead`,
      ),
      handed,
    ),
    ([to, , what]) => whole({ do: 'hand-over', what, to }),
  ),
  as(seq(somebody, words('is/will be? taking/take over from|takes over from'), somebody), ([to, , who]) =>
    whole({ do: 'hand-over', what: { kind: 'all-of', who }, to }),
  ),
);

const until: Parser<IsoDate> = as(
  seq(words('until|till|til|up to|to|through|before|while i am away until|for'), when),
  ([, named], { context }) => lastDayOf(named, context.today),
);

const cover: Parser<Piece> = either(
  as(
    seq(
      somebody,
      words('is/will be? away/off/on/out/sick leave/holiday/sick/office?'),
      maybe(until),
      maybe(words(',|and|so|;|-')),
      somebody,
      words('covers/covering/cover/answers | is/will be? cover/covering/answer/answering'),
      maybe(words('for him/her/them')),
    ),
    ([of, , last, , by]) => whole({ do: 'cover', of, by, until: last }),
  ),
  as(
    seq(
      maybe(words('let|have|get|ask')),
      somebody,
      words(
        `covers/covering/cover/answers/answering/answer/stands/standing/stand/deputises/deputising in? for
          | is/will/can/to/be/should cover/covering/answer/answering/stand/deputise in? for
          | is/will be covering/answering/deputising for | is my/a? deputy/cover for`,
      ),
      somebody,
      maybe(until),
    ),
    ([, by, , of, last]) => whole({ do: 'cover', of, by, until: last }),
  ),
  as(
    seq(
      maybe(words('let|have|get|ask')),
      somebody,
      words('covers/covering/cover|is/will/can/to/should cover/covering|is/will be covering'),
      words('my'),
      words('action/work/update/stuff'),
      maybe(until),
    ),
    ([, by, , , , last]) => whole({ do: 'cover', of: { kind: 'me' }, by, until: last }),
  ),
  as(
    seq(
      words('i am/will be? away/off/on/out leave/holiday/sick/office?'),
      maybe(until),
      maybe(words(',|and|so|;|.|-')),
      somebody,
      words('covers/covering/cover/answers/answering|is/will be? cover/covering/answer/answering'),
      maybe(words('for me|my actions')),
    ),
    ([, last, , by]) => whole({ do: 'cover', of: { kind: 'me' }, by, until: last }),
  ),
);

const FOR = words(
  `answer/reply/respond/update/answering/replying/answers for | on behalf of
    | i will answer/reply for | i am answering/replying for | answer/reply/update/record on behalf of
    | in place of | record answer/update for | enter update for`,
);

const answerFor: Parser<Piece> = either(
  as(
    seq(FOR, somebody, maybe(words(':|,|-')), NO_CHANGE, maybe(words('on|for|to')), ref),
    ([, who, , , , one]) => whole({ do: 'answer-for', who, ref: one, says: NOTHING_SAID }),
  ),
  as(
    seq(
      FOR,
      somebody,
      maybe(words(':|,|-|on|about')),
      ref,
      maybe(words(':|,|-|is|is now|to|at|->')),
      valuesAndWords,
    ),
    ([, who, , one, , says]) => whole({ do: 'answer-for', who, ref: one, says }),
  ),
  as(seq(FOR, somebody, maybe(words(':|,|-|on|about')), ref), ([, who, , one]) =>
    whole({ do: 'answer-for', who, ref: one, says: NOTHING_SAID }),
  ),
  as(
    seq(
      words('answer/update/reply'),
      ref,
      words('for|on behalf of'),
      somebody,
      maybe(words(':|,|-|to|as')),
      valuesAndWords,
    ),
    ([, one, , who, , says]) => whole({ do: 'answer-for', who, ref: one, says }),
  ),
  as(seq(words('answer/update/reply'), ref, words('for|on behalf of'), somebody), ([, one, , who]) =>
    whole({ do: 'answer-for', who, ref: one, says: NOTHING_SAID }),
  ),
  as(seq(FOR, somebody, maybe(words(':|,|-')), valuesAndWords), ([, who, , says]) =>
    whole({ do: 'answer-for', who, ref: null, says }),
  ),
  as(seq(FOR, somebody), ([, who]) => whole({ do: 'answer-for', who, ref: null, says: NOTHING_SAID })),
);

const undo: Parser<Piece> = either(
  as(
    seq(
      words(
        `undo | revert | take back | reverse | roll back | scrap | cancel | withdraw
          | undo/revert/cancel/reverse/withdraw my? last? update/change/answer to/on/for/of`,
      ),
      ref,
    ),
    ([, one]) => whole({ do: 'undo', ref: one }),
  ),
  as(
    words(
      `undo | undo that/it/this
        | undo/revert/cancel/reverse/withdraw my? last? update/change/answer/one/thing
        | take that/it back | revert | that was wrong | i/we made mistake | put it back
        | go back on that | scrap that | cancel that`,
    ),
    () => whole({ do: 'undo', ref: null }),
  ),
);

const REMIND = words(
  `remind | chase | nudge | prompt | ping | poke | send/give reminder/nudge/chaser to?
    | follow up with | chase up | email | message`,
);
const EVERYONE = words(
  `everyone | everybody | all | them | them all | those | people | all leads | leads
    | late/missing ones | rest | others | all of them | anyone | anybody | lead | whoever | stragglers`,
);
const UNANSWERED = words(
  `who/that has/have not yet? replied/answered/responded/updated/done/sent/submitted theirs/it/their/yet? update/updates/yet?
    | who/that is/are missing/outstanding/late/silent | who/that did not reply/answer/respond
    | with no/outstanding reply/update/updates/answer | yet to reply/answer/respond
    | who/that still? need/needs/have/has to reply/answer/respond/update | who/that owe/owes update
    | outstanding | that has/have not | who has/have not`,
);

const remind: Parser<Piece> = either(
  as(seq(REMIND, EVERYONE, maybe(UNANSWERED)), () => whole({ do: 'remind', who: null })),
  as(
    seq(
      REMIND,
      words(
        `non repliers/responders/replies | late repliers | late leads
          | outstanding leads/replies/updates | missing leads/replies/updates`,
      ),
    ),
    () => whole({ do: 'remind', who: null }),
  ),
  as(
    words(
      `send reminder/reminders | send out reminders | send reminder out | remind | chase | chase up
        | send another reminder | send reminders now`,
    ),
    () => whole({ do: 'remind', who: null }),
  ),
  as(
    seq(
      REMIND,
      somebody,
      maybe(
        words(
          `to update/answer/reply | about their/her/his update/updates/actions | again | for update
            | for their/her/his update | about it`,
        ),
      ),
    ),
    ([, who]) => (who.kind === 'me' ? null : whole({ do: 'remind', who })),
  ),
  as(seq(words('send/give'), somebody, words('reminder/nudge/chaser/prompt')), ([, who]) =>
    whole({ do: 'remind', who }),
  ),
  as(seq(words('tell/ask/get'), somebody, words('to update/answer/reply/respond'), maybe(ref)), ([, who]) =>
    whole({ do: 'remind', who }),
  ),
  as(seq(REMIND, somebody, words('about|on|for'), ref), ([, who]) =>
    who.kind === 'me' ? null : whole({ do: 'remind', who }),
  ),
);

const unreachable: Parser<Piece> = as(
  words(
    `who/whom/which can/could/do/did not you/steward reach/contact/get/message
      | who/whom can/could you/steward not reach/contact/get/message
      | who/which lead/leads/people is/are/was/were? unreachable/unreached
      | who is/are/was/were unreachable | unreachable | unreachable lead/leads/people
      | who/which lead/leads/people? can/could not be reached/contacted
      | who has/have you not been able to reach/contact | who are you unable to reach/contact
      | who are you not able to reach/contact
      | who/which did/has/have not get/got/receive/received it/card/message/prompt/reminder/yet?
      | undelivered messages? | failed messages? | who is not reachable
      | which leads/lead can/could you/steward not reach/contact | who have you not reached
      | anyone you/steward can/could not reach/contact
      | who did not get/receive it/card/message/prompt | is/are anyone unreachable
      | which lead/leads/people can/could you not reach/contact`,
  ),
  () => whole({ do: 'unreachable' }),
);

// ---- The month

/** A month, by its name: the latest such month that is not more than a month ahead. */
const month: Parser<Period> = as(monthNamed, (named, { context }) => {
  if (named.kind === 'days') return periodOfDate(named.from);
  const { days, other } = settle(named, 'past', context.today);
  const next = other && other.from > days.from && other.from <= plusMonth(context.today) ? other : days;
  return periodOfDate(next.from);
});

/** A quarter of the calendar by its last month, as cards write it: `Q3 2023`; without a year the latest that is not more than a month ahead. */
const quarter: Parser<Period> = as(
  seq(token('code'), maybe(token('number'))),
  ([code, year], { context }) => {
    const number = /^q([1-4])$/.exec(code.word)?.[1];
    if (number === undefined || (year && !/^20\d\d$/.test(year.word))) return null;
    const last = Number(number) * 3;
    if (year) return periodOf(Number(year.word), last);
    const thisYear = Number(context.today.slice(0, 4));
    const latest = periodOf(thisYear, last);
    return latest <= plusMonth(context.today).slice(0, 7) ? latest : periodOf(thisYear - 1, last);
  },
);

const through = either<unknown>(
  words('to|and|until'),
  as(token('mark'), ({ word }) => (/^[-–—/]$/.test(word) ? word : null)),
);

const colon = as(token('mark'), ({ word }) => (word === ':' ? word : null));

/** A month, a quarter, or the months from one to another, which are called by their last: `August–September 2023`. */
const period: Parser<Period> = once(
  either<Period>(
    quarter,
    as(seq(maybe(seq(quarter, maybe(colon))), month, through, month), ([, , , last]) => last),
    month,
  ),
);

function plusMonth(today: IsoDate): IsoDate {
  const [year = 0, month = 1] = today.split('-').map(Number);
  const next = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
  return `${next}-28` as IsoDate;
}

const ROUND = words('update/month/round/cycle/collection/return/one/report|monthly update/round/report');
const forMonth: Parser<Period | null> = maybe(
  as(seq(maybe(words('for|of|in|from')), period), ([, month]) => month),
);

/** The month that something is of; null where it names none. A wrapper, since a bare null would be no match. */
interface OfMonth {
  readonly month: Period | null;
}

const ofMonth = (month: Period): OfMonth => ({ month });

/** Something of a month: "September 2023", "the September update", "the update for September", "the update". */
function monthOf(what: Parser<string>): Parser<OfMonth> {
  return either<OfMonth>(
    as(seq(period, maybe(words("'s")), maybe(what)), ([month]) => ofMonth(month)),
    as(seq(what, maybe(words('at|for|of')), period), ([, , month]) => ofMonth(month)),
    as(what, () => ({ month: null })),
  );
}

const round = monthOf(ROUND);
const published = monthOf(
  words(
    `position/summary/report/results/update/post/figures/it | board post/report/summary
      | board update | month`,
  ),
);

const months: Parser<Piece> = either(
  as(
    seq(
      words('open/start/begin/launch/kick off? up?|kick off|start/open/launch new|start/open collecting'),
      round,
    ),
    ([, { month }]) => whole({ do: 'open', period: month }),
  ),
  as(words('open'), () => whole({ do: 'open', period: null })),
  as(seq(words('close/end/finish/lock off?|close/lock down|wrap up'), round), ([, { month }]) =>
    whole({ do: 'close', period: month }),
  ),
  as(words('close'), () => whole({ do: 'close', period: null })),
  as(
    seq(words('preview'), maybe(words('of|post|summary|position|board post|post for')), maybe(round)),
    ([, , of]) => whole({ do: 'preview', period: of?.month ?? null }),
  ),
  as(
    words(
      `show/see/give me? preview | can i see preview | what will board see | dry run
        | preview post/position/summary | draft post | show/see draft | what is board going to see
        | what would be? published`,
    ),
    () => whole({ do: 'preview', period: null }),
  ),
  as(
    seq(
      words('publish/post/send/issue/release out?'),
      published,
      maybe(words('to/in board/channel|to/in board channel')),
      maybe(words('again|once more')),
    ),
    ([, { month }, , again]) => whole({ do: 'publish', period: month, again: again !== null }),
  ),
  as(
    seq(
      words('publish|post again|publish it? again|re publish|republish'),
      maybe(words('it|now')),
      maybe(words('again')),
    ),
    (_, input) => whole({ do: 'publish', period: null, again: /again|re-?publish/i.test(input.text) }),
  ),
);

const silence: Parser<Piece> = either(
  as(
    seq(
      words(
        `who/which/what lead/leads/people? has/have/is not yet? been? replied/answered/responded/updated/submitted/reported/sent/done/completed/filled in? anything/their/theirs/it/update/updates/yet?
          | who has/have not | who did not reply/answer/respond/update
          | who has/have replied/answered/responded/updated/submitted/reported/sent/done/completed/filled
          | who replied/answered/responded
          | who still? owe/owes/need/needs/has/have to? update/reply/answer/us updates?
          | who owes updates?
          | who is/are late with/in/replying/answering/responding their/update/reply?
          | who is/are/was/were missing/outstanding/silent
          | who is/are/has/have yet to reply/answer/respond/update
          | who is/are we/i still? waiting/missing for/on? | who am i waiting for/on
          | who/whom have/has we/i not heard from/back | who/whom have/has not we/i heard from/back
          | who needs/need chasing/reminding/nudge/chase
          | who do/should i/we? need/have? to? chase/remind
          | non replies/reply/repliers/responders/response/responses
          | missing/outstanding/late replies/reply/responses/answers/updates | outstanding returns
          | has/have everyone/everybody/all/they replied/answered/responded/updated/submitted/reported/sent/done/completed/filled yet?
          | have all leads replied/answered/responded/updated/submitted/reported/sent/done/completed/filled
          | how many have/has replied/answered/responded
          | how many people/leads have/has not? replied/answered/responded/updated/submitted/reported/sent/done/completed/filled
          | response rate | reply rate | who is/are silent | silent leads
          | list/show non replies/repliers/responders | no reply | who has/have been silent
          | who forgot | who is/are left to reply/answer | is everyone/everybody done
          | has anyone/anybody not replied/answered/responded/updated/submitted/reported/sent/done/completed/filled
          | which leads/people are/is missing/outstanding/silent
          | how many replies are? outstanding/missing? | how many replies do/have we have/had
          | how is response going`,
      ),
      maybe(words('so far|yet|about their/theirs?|update|their update|updates')),
      forMonth,
    ),
    ([, , month]) => whole({ do: 'silent', period: month, who: null }),
  ),
  as(
    seq(
      words('has/have/did'),
      somebody,
      words(
        `replied/answered/responded/reply/answer/respond
          | sent/done/submitted/updated their/her/his/theirs? update/updates?`,
      ),
      maybe(words('yet|so far')),
      forMonth,
    ),
    ([, who, , , month]) =>
      who.kind === 'unknown' || who.kind === 'lead' || who.kind === 'role' ? silentWho(who, month) : null,
  ),
);

function silentWho(who: Named, month: Period | null): Piece {
  return who.kind === 'unknown'
    ? { is: 'unknown', name: who.name }
    : whole({ do: 'silent', period: month, who });
}

const summary: Parser<Piece> = either(
  as(
    seq(
      words(
        `summary | summarise | position | overview | overall position/status/picture/summary/progress
          | dashboard | headline/headlines | figures | numbers
          | rag summary/split/breakdown/status/position/rating | breakdown by/of status/rag
          | split by status/rag
          | how is plan/everything/it/things all? doing/going/looking/getting/performing/progressing/coming on/along?
          | how are we/things/it doing/getting/going/looking/progressing/performing on/along?
          | how is it/everything all? going/looking | where are we | where are we at/up to?
          | where do we stand | status of plan | state of plan | plan status | current position
          | big picture | totals | total | board report/summary/update | percentage split | % split
          | how many of each | how many in/of each status/colour/rag | how many by status/rag
          | count/counts by status/rag | give me summary | what is position/picture/overall
          | state of play | show/give me? us? summary/position/overview/headlines/figures
          | summary/position/overview/status/state/progress of/on whole/entire/improvement? plan/everything/programme
          | where is plan | what is status/state/position of plan/everything | what is position
          | what is current/overall position/status/picture | plan summary
          | what are numbers/figures/totals/headlines | how is whole plan doing
          | show/give me? us? position/summary/plan/board post | the plan
          | how many actions of each/every status/colour`,
      ),
      maybe(
        words(
          'now|today|at moment|so far|please|overall|this month|for board|of plan|right now|as it stands',
        ),
      ),
      maybe(as(seq(maybe(words('at|as at|for|in|of|back in')), period), ([, month]) => month)),
    ),
    ([, , month]) => whole({ do: 'summary', period: month }),
  ),
  as(
    seq(period, maybe(words("'s")), words('position|summary|figures|totals|headlines|numbers|board report')),
    ([month]) => whole({ do: 'summary', period: month }),
  ),
);

const simple = (pattern: string, command: Command): Parser<Piece> => as(words(pattern), () => whole(command));

const others: Parser<Piece> = either(
  simple(
    `help | help me | hello/hi there | what questions can/could/should i ask | what can you help with
      | hi | hello | hey | hiya | start | menu | what can you do | what can i ask/say/do
      | what can you do for me | how do i use you/this | how does this work | examples
      | show me examples | what do you do | who are you | what are you | commands
      | good morning/afternoon | what should i ask | options | what else can i ask/you do
      | how do you work | get started | instructions | i need help | can you help me?`,
    { do: 'help' },
  ),
  simple(
    `post summary/position/it/updates/update/board/report/this? summary/post/report? here
      | use this channel | post in/to this channel | post here | this is board channel
      | put summary here`,
    {
      do: 'post-here',
    },
  ),
  simple(
    `settle | settle names/leads | match names/leads/people | unmatched names/leads/people?
      | who is/are not/un? matched | who could/can not be matched | names that do not match
      | names not matched | who is not matched
      | which names/leads are/could/can not be? matched/unmatched | show unmatched names/leads?
      | fix names | not matched`,
    { do: 'settle' },
  ),
  simple('play|play month', { do: 'play' }),
);

/** What somebody wants done, or a card that is no question of actions. Each is the whole of what was said. */
export const commands: Parser<Piece> = either(
  update,
  noChange,
  handOver,
  cover,
  answerFor,
  undo,
  remind,
  unreachable,
  months,
  silence,
  summary,
  others,
);

function lastDayOf(named: When, today: IsoDate): IsoDate {
  return settle(named, 'future', today).days.to;
}

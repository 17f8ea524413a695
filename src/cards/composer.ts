import { memberOf } from '../app/people';
import type { Composer, Content, Deps, Person } from '../app/ports';
import { actionsOf, leadsOf, othersLeft, readMonth } from '../app/readMonth';
import { readOtherAsks, readOthers } from '../app/readOthers';
import { publishedPosition } from '../app/viewPosition';
import { readLedger } from '../app/whoIsSilent';
import { dayIn } from '../domain/calendar';
import type { Message } from '../domain/message';
import { measureAsk, type OtherAsk, reportAsk } from '../domain/otherAsk';
import { periodOfDate } from '../domain/period';
import { type Action, askedLeads, isLive, type LeadKey, monthsOf, type Plan } from '../domain/plan';
import { coverOn, unansweredIn } from '../domain/prompt';
import { scaleAt } from '../domain/status';
import type { Words } from '../words/words';
import { plain } from './escape';
import { actionName, dayName, instantName, periodName } from './format';
import { openNames, presentGreeting, presentMonth, presentPosition, presentSettle } from './present';

/** Most actions that a sentence names. */
const MOST_LISTED = 10;

type ComposeDeps = Pick<Deps, 'plans' | 'months' | 'measures' | 'people' | 'clock'>;

/** Makes what each message of Steward's own accord shows, from the plan as it stands when the message is sent. */
export function makeComposer(deps: ComposeDeps, words: Words): Composer {
  return {
    compose(plan, message, to) {
      switch (message.kind) {
        case 'prompt':
        case 'reminder':
          return composeMonth(deps, plan, message, to, words);
        case 'post':
          return composePost(deps, plan, message, words);
        case 'greeting':
          return composeGreeting(deps, plan, words);
        case 'notice':
          return composeNotice(deps, plan, message, to, words);
      }
    },
  };
}

async function composeMonth(
  deps: ComposeDeps,
  plan: Plan,
  message: Message,
  to: Person | null,
  words: Words,
): Promise<Content | null> {
  if (!message.period || !to) return null;
  const today = dayIn(plan.calendar.zone, deps.clock.now());
  const month = await readMonth(deps, plan, message.period, leadsOf(memberOf(to, plan.id), today));
  if (!month) return null;
  const isReminder = message.kind === 'reminder';
  const left = month.asked.some((action) => action.updatedIn !== message.period) || othersLeft(month) > 0;
  // Whoever takes actions on when all of them are answered for has nothing to be asked.
  if (!left) return null;
  const look = { kind: isReminder ? 'reminder' : 'first', message: message.key } as const;
  return presentMonth(month, to, deps.clock.now(), words, look);
}

async function composePost(
  deps: ComposeDeps,
  plan: Plan,
  message: Message,
  words: Words,
): Promise<Content | null> {
  const view = message.period ? await publishedPosition(deps, plan, message.period) : null;
  return view ? presentPosition(plan, 'post', view, deps.clock.now(), words) : null;
}

async function composeGreeting(deps: ComposeDeps, plan: Plan, words: Words): Promise<Content> {
  const { records, actions, all, people } = await readNames(deps, plan);
  const officer = people.find(({ id }) => id === plan.officers[0])?.name ?? '';
  return presentGreeting(
    plan,
    {
      actions: all.length,
      live: actions.length,
      leads: records.length,
      unmatched: openNames(records, actions, namesOf(people)),
      officer,
    },
    words,
  );
}

async function composeNotice(
  deps: ComposeDeps,
  plan: Plan,
  message: Message,
  to: Person | null,
  words: Words,
): Promise<Content | null> {
  if (message.about === 'handed-over') return composeHanded(deps, plan, message, to, words);
  if (message.about === 'reloaded') return composeReloaded(deps, plan, message, to, words);
  if (message.about === 'cover-given') return composeCover(deps, plan, message, to, words);
  if (message.about === 'settle') {
    const facts = await readSettle(deps, plan, 0, null);
    return facts.unmatched.length > 0 ? presentSettle(facts, words) : null;
  }
  if (message.about.startsWith('held-up|')) return sayHeldUp(deps, plan, message, words);
  if (message.about === 'closed' && message.period) {
    const ledger = await readLedger(deps, plan, message.period);
    const period = periodName(message.period, words, monthsOf(plan));
    const left = ledger.asked.filter((asked) => asked.left > 0).length;
    return {
      summary: words.say('chat.closedSummary', { period }),
      text: words.say('chat.closedNotice', { period, left }),
    };
  }
  return null;
}

/** To a programme officer: which step of the month came late, when it was due and when it is done. */
function sayHeldUp(deps: ComposeDeps, plan: Plan, message: Message, words: Words): Content | null {
  const [, step = '', due = ''] = message.about.split('|');
  if (!message.period || Number.isNaN(Date.parse(due))) return null;
  const period = periodName(message.period, words);
  const now = deps.clock.now();
  const reader = { zone: plan.calendar.zone, today: dayIn(plan.calendar.zone, now) };
  return {
    summary: words.say('chat.heldUpSummary', { period }),
    text: words.say('chat.heldUpNotice', {
      step,
      period,
      due: instantName(new Date(due), reader, words),
      done: instantName(now, reader, words),
    }),
  };
}

/** To whoever took actions on: which they are, whose they were, and whether something is left to answer. Null when they lead none any more. */
async function composeHanded(
  deps: ComposeDeps,
  plan: Plan,
  message: Message,
  to: Person | null,
  words: Words,
): Promise<Content | null> {
  const mine = leadsOf(memberOf(to, plan.id));
  const [actions, records] = await Promise.all([
    actionsNamed(deps, plan, message.actions, mine),
    deps.plans.readLeads(plan.id),
  ]);
  const others = message.others ? await othersNamed(deps, plan, message.others, mine, words) : [];
  const n = actions.length;
  if (n + others.length === 0) return null;
  const from = records.find(({ value }) => message.leads.includes(value.lead.key))?.value.lead.name ?? '';
  const text = [
    ...(n > 0 ? [words.say('chat.handedNotice', { n, from, actions: listed(actions, words) })] : []),
    ...(others.length > 0
      ? [words.say('chat.handedOthers', { n: others.length, from, names: others.join('; ') })]
      : []),
  ].join(' ');
  return {
    summary: words.say(others.length > 0 ? 'chat.handedMoreSummary' : 'chat.handedSummary', {
      n: n + others.length,
    }),
    text: await withAsk(deps, plan, actions, text, words),
  };
}

/** Actions by their ids; those that somebody else leads by now are left out. */
async function actionsNamed(
  deps: ComposeDeps,
  plan: Plan,
  ids: readonly string[],
  mine: readonly LeadKey[],
): Promise<Action[]> {
  const found = await Promise.all(ids.map((id) => deps.plans.readAction(plan.id, id)));
  return found
    .flatMap((action) => action?.value ?? [])
    .filter((action) => askedLeads(action).some(({ key }) => mine.includes(key)));
}

/** Measures and reports by what people call them; those that somebody else has by now are left out. */
async function othersNamed(
  deps: ComposeDeps,
  plan: Plan,
  keys: readonly string[],
  mine: readonly LeadKey[],
  words: Words,
): Promise<string[]> {
  const { measures, reports } = await readOthers(deps, plan);
  const isMine = (ask: OtherAsk): boolean =>
    keys.includes(ask.key) && ask.leads.some(({ key }) => mine.includes(key));
  return [
    ...measures
      .filter((measure) => isMine(measureAsk(measure)))
      .map(({ name }) => words.say('chat.measureOf', { name: plain(name) })),
    ...reports
      .filter((report) => isMine(reportAsk(report)))
      .map(({ group }) => words.say('chat.reportOf', { group: plain(group) })),
  ];
}

/** To somebody who was asked already, and leads more by a file that was loaded since. Null when they lead none of it any more. */
async function composeReloaded(
  deps: ComposeDeps,
  plan: Plan,
  message: Message,
  to: Person | null,
  words: Words,
): Promise<Content | null> {
  const mine = leadsOf(memberOf(to, plan.id));
  const named = await actionsNamed(deps, plan, message.actions, mine);
  const actions = named.filter((action) => !action.left);
  if (actions.length === 0) return null;
  const n = actions.length;
  const text = words.say('chat.reloadedNotice', { n, actions: listed(actions, words) });
  return {
    summary: words.say('chat.reloadedSummary', { n }),
    text: await withAsk(deps, plan, actions, text, words),
  };
}

/** To a deputy: for whom, until when, and for what. Null when the cover has ended or gone to somebody else before it was sent. */
async function composeCover(
  deps: ComposeDeps,
  plan: Plan,
  message: Message,
  to: Person | null,
  words: Words,
): Promise<Content | null> {
  const today = dayIn(plan.calendar.zone, deps.clock.now());
  const records = await deps.plans.readLeads(plan.id);
  const record = records.find(({ value }) => message.leads.includes(value.lead.key))?.value;
  const cover = record ? coverOn(record, today) : null;
  if (!record || !cover || cover.person !== to?.id) return null;
  const scale = scaleAt(plan.scales, plan.latest ?? periodOfDate(today));
  const all = await actionsOf(deps, plan.id, message.leads);
  const actions = all.filter((action) => isLive(action, scale));
  const lead = record.lead.name;
  const until = dayName(cover.until, today, words);
  const values = { lead, until, n: actions.length, actions: listed(actions, words) };
  const text = words.say('chat.coverNotice', values);
  return {
    summary: words.say('chat.coverSummary', { lead, until }),
    text: await withAsk(deps, plan, actions, text, words),
  };
}

/** Actions as a sentence lists them: at most ten, and how many more. */
function listed(actions: readonly Action[], words: Words): string {
  const shown = actions
    .slice(0, MOST_LISTED)
    .map((action) => actionName(action, words))
    .join('; ');
  const n = actions.length - MOST_LISTED;
  return n > 0 ? words.say('chat.moreActions', { actions: shown, n }) : shown;
}

/** A sentence, with the way to answer where a month that is not published yet still asks about one of the actions. */
async function withAsk(
  deps: ComposeDeps,
  plan: Plan,
  actions: readonly Action[],
  text: string,
  words: Words,
): Promise<string> {
  const cycle = plan.latest ? await deps.months.readCycle(plan.id, plan.latest) : null;
  if (!cycle || (cycle.value.state !== 'open' && cycle.value.state !== 'closed')) return text;
  const { period } = cycle.value;
  const isAsked = unansweredIn(actions, period, scaleAt(plan.scales, period)).length > 0;
  return isAsked
    ? words.say('chat.stillAsked', { text, period: periodName(period, words, monthsOf(plan)) })
    : text;
}

/** What the card to settle names is made from. */
export async function readSettle(deps: ComposeDeps, plan: Plan, page: number, note: string | null) {
  const { records, actions, people } = await readNames(deps, plan);
  const names = toldApart(people);
  const roster = people
    .filter(({ plans }) => plans.some((member) => member.plan === plan.id && member.present))
    .map(({ id }) => ({ id, name: names.get(id) ?? '' }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  return { plan: plan.id, unmatched: openNames(records, actions, names), roster, page, note };
}

/**
 * The leads who matter to a month (of live actions, of a group that has some, of measures and reports), the live actions and the people of a plan, read side
 * by side. A name that stands on delivered actions alone is nobody's to settle.
 */
async function readNames(deps: ComposeDeps, plan: Plan) {
  const [leads, all, people, others] = await Promise.all([
    deps.plans.readLeads(plan.id),
    deps.plans.readActions(plan.id),
    deps.people.readMembers(plan.binding?.tenant ?? '', plan.id),
    readOtherAsks(deps, plan),
  ]);
  const scale = scaleAt(plan.scales, plan.latest ?? plan.asOf ?? '9999-12');
  const actions = all.filter((action) => isLive(action, scale));
  const named = [
    ...actions.flatMap((action) => [...action.leads, ...action.groupLeads]),
    ...others.flatMap((other) => other.leads),
  ];
  const needed = new Set(named.map(({ key }) => key));
  const records = leads.map(({ value }) => value).filter(({ lead }) => needed.has(lead.key));
  return { records, actions, all, people };
}

function namesOf(people: readonly Person[]): ReadonlyMap<string, string> {
  return new Map(people.map(({ id, name }) => [id, name]));
}

/** The same, with the address of those who share their name with somebody: nobody could choose between them otherwise. */
function toldApart(people: readonly Person[]): ReadonlyMap<string, string> {
  const bearers = (wanted: string) => people.filter(({ name }) => name === wanted).length;
  return new Map(
    people.map(({ id, name, email }) => [id, email && bearers(name) > 1 ? `${name}, ${email}` : name]),
  );
}

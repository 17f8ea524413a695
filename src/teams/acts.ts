import { distance } from 'fastest-levenshtein';
import { coverFor } from '../app/coverFor';
import { giverOf, type HandOverOutcome, handOver } from '../app/handOver';
import { nameReader, removeReader } from '../app/nameReader';
import { memberOf } from '../app/people';
import type { Content, Person, Stuck } from '../app/ports';
import type { Doer } from '../app/readAudit';
import { leadsOf, readMonth } from '../app/readMonth';
import { recordUpdate } from '../app/recordUpdate';
import { remindNow, type Whom } from '../app/remindNow';
import { undoLast, undoUpdate } from '../app/undoUpdate';
import { readUnreachable } from '../app/whoIsSilent';
import type { HandedOver, Named, SaidValues } from '../ask/question';
import { plain } from '../cards/escape';
import { actionName, dayName, instantName, standing } from '../cards/format';
import { presentForm, presentMonth } from '../cards/present';
import { capacityFor } from '../domain/authority';
import { isLate } from '../domain/cycle';
import { matchName } from '../domain/people';
import type { IsoDate } from '../domain/period';
import type { Action, LeadKey, Plan } from '../domain/plan';
import { unansweredIn } from '../domain/prompt';
import { scaleAt, statusOn } from '../domain/status';
import { notOfficer, notYours, type Reading, say, todayOf } from './chat';
import { savedNote } from './savedNote';
import type { TurnDeps } from './turn';

/*
 * Acting by words: what somebody asks to be done, done by the same use cases as the cards' buttons, and answered in a sentence or in
 * the form. Each finds out first who and which action is meant; where that is not plain it asks, and does nothing.
 */

/** Somebody whom a command names, as a person of the team; or the sentence to say where nobody, or not one alone, is meant. */
type Meant = { readonly person: Person } | { readonly sentence: Content };

/** "Update 1.3.2 to 60% amber: …": the form with what was said filled in, to be looked at and saved. */
export async function fillForm(
  deps: TurnDeps,
  asker: Reading,
  ref: string,
  says: SaidValues,
): Promise<Content> {
  const { plan, person, incoming } = asker;
  if (incoming.place.kind !== 'personal') return say(deps, 'chat.onlyPersonal');
  const found = await findAction(deps, asker, ref);
  if ('sentence' in found) return found.sentence;
  const { action, cycle } = found;
  const today = todayOf(deps, plan);
  const period = cycle.period;
  const month = await readMonth(deps, plan, period, leadsOf(memberOf(person?.value, plan.id), today));
  const scale = scaleAt(plan.scales, period);
  const left = unansweredIn(month?.asked ?? [], period, scale).length;
  const about = {
    plan,
    period,
    action,
    late: isLate(cycle, deps.clock.now()),
    left,
    page: 0,
    userId: person?.value.userId ?? null,
  };
  const said = [says.percent, says.status, says.narrative, says.revised].some((value) => value !== null);
  if (!said) return presentForm(about, deps.clock.now(), deps.words);
  const status = says.status ?? action.status.key;
  // "Mark 5.1.6 blue" says that it is delivered, and delivered is 100%: the form shows both, to be looked at.
  const isDone = says.status !== null && statusOn(scale, says.status)?.phase === 'done';
  const percent = says.percent ?? (isDone ? 100 : action.percent);
  const typed = {
    percent: percent === null ? '' : String(percent),
    status: status ?? '',
    narrative: says.narrative ?? '',
    revised: says.revised ?? '',
    barriers: action.barriers,
    ask: action.ask,
  };
  return presentForm(about, deps.clock.now(), deps.words, { typed });
}

/** "No change on 2.2.3"; with a sentence it is an answer, and the form shows it first. */
export async function noChange(
  deps: TurnDeps,
  asker: Reading,
  ref: string | null,
  narrative: string | null,
): Promise<Content> {
  if (ref === null) return say(deps, 'chat.whichAction');
  if (narrative !== null)
    return fillForm(deps, asker, ref, { percent: null, status: null, narrative, revised: null });
  const { plan, incoming, person } = asker;
  if (incoming.place.kind !== 'personal') return say(deps, 'chat.onlyPersonal');
  const found = await findAction(deps, asker, ref);
  if ('sentence' in found) return found.sentence;
  const { action, cycle } = found;
  const outcome = await recordUpdate(deps, incoming.caller, {
    plan: plan.id,
    period: cycle.period,
    action: action.id,
    version: action.version,
    said: 'no-change',
    unread: [],
    anyway: false,
    chat: incoming.place.conversation,
  });
  const month = await readMonth(
    deps,
    plan,
    cycle.period,
    leadsOf(memberOf(person?.value, plan.id), todayOf(deps, plan)),
  );
  if (outcome.outcome === 'saved' && month) {
    const note = savedNote(deps, plan, outcome);
    return presentMonth(
      month,
      { name: person?.value.name ?? '', userId: person?.value.userId ?? null },
      deps.clock.now(),
      deps.words,
      { note },
    );
  }
  if (outcome.outcome === 'refused') {
    const scale = scaleAt(plan.scales, cycle.period);
    const left = unansweredIn(month?.asked ?? [], cycle.period, scale).length;
    const about = {
      plan,
      period: cycle.period,
      action,
      late: isLate(cycle, deps.clock.now()),
      left,
      page: 0,
      userId: null,
    };
    const { refused, wantsSentence } = outcome;
    return presentForm(about, deps.clock.now(), deps.words, { refused, wantsSentence });
  }
  return notYours(deps, action);
}

/** "Hand 1.3.2 to [name]", "hand all of [name]'s actions to [name]". */
export async function hand(deps: TurnDeps, asker: Reading, what: HandedOver, to: Named): Promise<Content> {
  const { plan } = asker;
  const taker = await personNamed(deps, asker, to);
  if ('sentence' in taker) return taker.sentence;
  const given = await whatIsHanded(deps, asker, what);
  if ('sentence' in given) return given.sentence;
  const taken = memberOf(taker.person, plan.id)?.leads ?? [];
  if (given.from.some((key) => taken.includes(key)))
    return say(deps, 'chat.handedBefore', { n: 1, actions: '', name: taker.person.name });
  const outcome = await handOver(deps, plan, doerOf(asker), { ...given, to: taker.person.id });
  const name = taker.person.name;
  switch (outcome.outcome) {
    case 'done':
      wakeWorker(deps, asker);
      return sayHanded(deps, outcome, name);
    case 'not-yours':
      return say(deps, 'chat.handNotYours');
    case 'no-such-person':
      return say(deps, 'chat.nobodyCalled', { name });
    case 'nothing-to-hand-over':
      return outcome.already.length > 0
        ? say(deps, 'chat.handedBefore', {
            n: outcome.already.length,
            actions: refsOf(outcome.already),
            name,
          })
        : say(deps, 'chat.nothingToHand');
  }
}

/** What went to whom: actions by their refs, measures and reports by their names. */
function sayHanded(
  deps: TurnDeps,
  { actions, others }: Extract<HandOverOutcome, { outcome: 'done' }>,
  name: string,
): Content {
  const values = { n: actions.length, actions: refsOf(actions), name };
  if (others.length === 0) return say(deps, 'chat.handed', values);
  const named = others.map((one) =>
    one.kind === 'measure'
      ? deps.words.say('chat.measureOf', { name: plain(one.after.name) })
      : deps.words.say('chat.reportOf', { group: plain(one.after.group) }),
  );
  return say(deps, 'chat.handedWith', { ...values, m: others.length, others: named.join('; ') });
}

/** "[name] covers for me until 3 January". */
export async function cover(
  deps: TurnDeps,
  asker: Reading,
  of: Named,
  by: Named,
  until: IsoDate | null,
): Promise<Content> {
  const { plan } = asker;
  if (until === null) return say(deps, 'chat.coverUntil');
  const deputy = await personNamed(deps, asker, by);
  if ('sentence' in deputy) return deputy.sentence;
  const leads = leadKeysNamed(deps, asker, of);
  if (leads.length === 0) return say(deps, 'chat.leadsNothing');
  const outcome = await coverFor(deps, plan, doerOf(asker), { leads, to: deputy.person.id, until });
  const values = { name: deputy.person.name, until: dayName(until, todayOf(deps, plan), deps.words) };
  switch (outcome.outcome) {
    case 'covered':
      wakeWorker(deps, asker);
      return say(deps, 'chat.covered', { ...values, lead: outcome.leads[0]?.lead.name ?? '' });
    case 'already':
      return say(deps, 'chat.coveredBefore', { ...values, lead: outcome.leads[0]?.lead.name ?? '' });
    case 'not-yours':
      return say(deps, 'chat.coverNotYours');
    case 'no-such-lead':
      return say(deps, 'chat.leadsNothing');
    case 'no-such-person':
      return say(deps, 'chat.nobodyCalled', values);
    case 'same-person':
      return say(deps, 'chat.coverSelf', values);
    case 'bad-day':
      return say(deps, 'chat.coverBadDay');
  }
}

/** "Undo", "undo 1.3.2". */
export async function undo(deps: TurnDeps, asker: Reading, ref: string | null): Promise<Content> {
  const { plan, incoming } = asker;
  const { caller, place } = incoming;
  let outcome: Awaited<ReturnType<typeof undoLast>>;
  if (ref === null) outcome = await undoLast(deps, caller, plan, place.conversation);
  else {
    const found = await findAction(deps, asker, ref);
    if ('sentence' in found) return found.sentence;
    outcome = await undoUpdate(deps, caller, {
      plan: plan.id,
      action: found.action.id,
      chat: place.conversation,
    });
  }
  switch (outcome.outcome) {
    case 'undone': {
      const scale = scaleAt(plan.scales, outcome.undone.period);
      const { status, percent } = outcome.action;
      return say(deps, 'chat.undone', {
        action: actionName(outcome.action, deps.words),
        standing: standing(scale, { status: status.key, percent }, deps.words),
      });
    }
    case 'nothing-more':
      return say(deps, 'chat.nothingToUndo');
    case 'newer':
      return say(deps, 'chat.undoNewer', {
        name: outcome.by,
        action: actionName(outcome.action, deps.words),
      });
    case 'superseded':
      return say(deps, 'chat.undoTooLate', { action: actionName(outcome.action, deps.words) });
    case 'not-yours':
      return notYours(deps, outcome.action);
    case 'no-action':
      return say(deps, 'chat.unknownAction', { ref: ref ?? '' });
    case 'stranger':
    case 'no-plan':
      return say(deps, 'chat.stranger');
  }
}

/** "Remind everyone who hasn't replied", "remind [name]". */
export async function remind(deps: TurnDeps, asker: Reading, who: Named | null): Promise<Content> {
  const { plan } = asker;
  const whom = who === null ? 'everyone' : await whomToRemind(deps, asker, who);
  if (typeof whom === 'object' && 'sentence' in whom) return whom.sentence;
  const outcome = await remindNow(deps, plan, doerOf(asker), whom);
  if (outcome.outcome === 'not-officer') return notOfficer(deps, plan);
  if (outcome.outcome === 'no-month') return say(deps, 'chat.noMonth');
  wakeWorker(deps, asker);
  const named = (people: readonly { readonly name: string }[]) => people.map(({ name }) => name).join(', ');
  const reasons = ['answered', 'unreachable', 'reminded-today', 'about-to-be-asked', 'never-asked'] as const;
  const lines = [
    outcome.reminded.length > 0
      ? deps.words.say('chat.reminded', { names: named(outcome.reminded) })
      : deps.words.say('chat.remindedNobody'),
    ...reasons.flatMap((because) => {
      const people = outcome.others.filter((other) => other.because === because);
      // Of everyone, those who answered are no news; of one person asked about by name, they are.
      if (people.length === 0 || (because === 'answered' && who === null)) return [];
      return [deps.words.say(`chat.notReminded.${because}`, { names: named(people) })];
    }),
  ];
  const text = lines.join('\n\n');
  return { summary: lines[0] ?? text, text };
}

/** "Who can't you reach?" */
export async function unreachable(deps: TurnDeps, asker: Reading): Promise<Content> {
  const [found, entry] = await Promise.all([
    readUnreachable(deps, asker.plan),
    asker.officer ? deps.plans.readEntry(asker.plan.id) : null,
  ]);
  const stuck = stuckLine(deps, asker.plan, entry?.stuck ?? null);
  if (found.leads.length === 0 && found.leaderless.length === 0 && stuck === null)
    return say(deps, 'chat.allReachable');
  const lines = [
    ...(stuck === null ? [] : [stuck]),
    deps.words.say('chat.unreachable', { n: found.leads.length }),
    ...found.leads.map(({ lead, why, actions }) =>
      deps.words.say(`chat.unreachable.${why}`, { name: lead.name, n: actions.length }),
    ),
    ...(found.leaderless.length > 0
      ? [deps.words.say('chat.leaderless', { n: found.leaderless.length, actions: refsOf(found.leaderless) })]
      : []),
  ];
  return { summary: lines[0] ?? '', text: lines.join('\n\n') };
}

/** That the work on the plan is set aside, and since when: what no lead can be blamed for. Null when it is not. */
function stuckLine(deps: TurnDeps, plan: Plan, stuck: Stuck | null): string | null {
  if (!stuck) return null;
  const reader = { zone: plan.calendar.zone, today: todayOf(deps, plan) };
  return deps.words.say('chat.stuck', { since: instantName(new Date(stuck.at), reader, deps.words) });
}

/** "Let [name] read the plan", "[name] may no longer read the plan". */
export async function reader(deps: TurnDeps, asker: Reading, who: string, may: boolean): Promise<Content> {
  const { plan } = asker;
  const outcome = await (may ? nameReader : removeReader)(deps, plan, doerOf(asker), who);
  switch (outcome.outcome) {
    case 'named':
    case 'removed':
    case 'already':
    case 'no-reader':
    case 'in-team':
      return say(deps, `chat.reader.${outcome.outcome}`, { name: outcome.person.name });
    case 'not-officer':
      return notOfficer(deps, plan);
    case 'no-such-person':
      return say(deps, 'chat.reader.no-such-person', { name: who });
    case 'several':
      return say(deps, 'chat.reader.several', { name: who });
  }
}

/** The one action of the ref that the asker may answer for in the month; or the sentence that says why there is none. */
async function findAction(deps: TurnDeps, asker: Reading, ref: string) {
  const { plan, person } = asker;
  const cycle = plan.latest ? await deps.months.readCycle(plan.id, plan.latest) : null;
  if (!cycle) return { sentence: say(deps, 'chat.noMonth') };
  const member = memberOf(person?.value, plan.id);
  const wanted = ref.toLowerCase();
  const all = (await deps.plans.readActions(plan.id)).filter((action) => action.ref.toLowerCase() === wanted);
  const today = todayOf(deps, plan);
  const mine = all.filter(
    (action) => capacityFor(plan, action, person?.value.id ?? '', member, today) !== null,
  );
  if (!all[0]) return { sentence: say(deps, 'chat.unknownAction', { ref }) };
  if (!mine[0]) return { sentence: notYours(deps, all[0]) };
  if (mine.length > 1) return { sentence: say(deps, 'chat.manyActions', { ref, n: mine.length }) };
  return { action: mine[0], cycle: cycle.value };
}

async function whatIsHanded(
  deps: TurnDeps,
  asker: Reading,
  what: HandedOver,
): Promise<{ actions: readonly string[] | 'all'; from: readonly LeadKey[] } | { sentence: Content }> {
  if (what.kind === 'all-of') {
    const from = leadKeysNamed(deps, asker, what.who);
    return from.length > 0 ? { actions: 'all', from } : { sentence: say(deps, 'chat.leadsNothing') };
  }
  const member = memberOf(asker.person?.value, asker.plan.id);
  const all = (await deps.plans.readActions(asker.plan.id)).filter(
    (action) => action.ref.toLowerCase() === what.ref.toLowerCase(),
  );
  const [action, ...others] = all;
  if (!action) return { sentence: say(deps, 'chat.unknownAction', { ref: what.ref }) };
  if (others.length > 0) return { sentence: say(deps, 'chat.manyActions', { ref: what.ref, n: all.length }) };
  const from = giverOf(action, member);
  if (!from) return { sentence: say(deps, 'chat.handWhose', { ref: what.ref }) };
  return { actions: [action.id], from };
}

/** The lead keys of whoever is named: the asker's own for "me"; none for somebody whom the plan does not know. */
function leadKeysNamed(deps: TurnDeps, { plan, person }: Reading, named: Named): readonly LeadKey[] {
  if (named.kind === 'me') return leadsOf(memberOf(person?.value, plan.id), todayOf(deps, plan));
  return named.kind === 'lead' || named.kind === 'role' ? named.leads : [];
}

/** The person of the team who is named: the asker, the person behind a lead, or somebody of the roster with exactly that name. */
async function personNamed(deps: TurnDeps, asker: Reading, named: Named): Promise<Meant> {
  const { plan, person } = asker;
  const tenant = plan.binding?.tenant ?? '';
  if (named.kind === 'me' && person) return { person: person.value };
  const name = 'name' in named ? named.name : '';
  if (named.kind === 'lead') {
    const records = await deps.plans.readLeads(plan.id);
    const known = records.find(({ value }) => named.leads.includes(value.lead.key) && value.person !== null);
    const found = known?.value.person ? await deps.people.readPerson(tenant, known.value.person) : null;
    if (found) return { person: found.value };
  }
  if (name === '') return { sentence: say(deps, 'chat.oneName') };
  const members = (await deps.people.readMembers(tenant, plan.id)).filter(
    (member) => memberOf(member, plan.id)?.present,
  );
  const byFirstName = members.filter((member) => firstWord(member.name) === name.trim().toLowerCase());
  const match = matchName(name, members, distance);
  const exact = match.kind === 'exact' ? members.find(({ id }) => id === match.person.id) : undefined;
  const only = exact ?? (byFirstName.length === 1 ? byFirstName[0] : undefined);
  if (only) return { person: only };
  const near =
    match.kind === 'proposed' ? match.people.map((one) => one.name) : byFirstName.map((one) => one.name);
  return {
    sentence:
      near.length > 0
        ? say(deps, 'chat.whoIsMeant', { name, names: near.join(', ') })
        : say(deps, 'chat.nobodyCalled', { name }),
  };
}

async function whomToRemind(
  deps: TurnDeps,
  asker: Reading,
  who: Named,
): Promise<Whom | { readonly sentence: Content }> {
  const [lead] = who.kind === 'lead' ? who.leads : [];
  if (lead) return { lead };
  const meant = await personNamed(deps, asker, who);
  return 'sentence' in meant ? meant : { person: meant.person.id };
}

/** Who does what is typed, for the audit. */
export function doerOf({ person, incoming }: Reading): Doer {
  const { caller, place } = incoming;
  return {
    id: person?.value.id ?? caller.objectId ?? caller.userId,
    name: person?.value.name ?? caller.name,
    chat: place.conversation,
  };
}

function wakeWorker(deps: TurnDeps, { plan }: Reading): void {
  deps.advance(plan.id).catch((error: unknown) => {
    deps.log.warn({ plan: plan.id, error: String(error) }, 'what was done by words waits for the worker');
  });
}

function refsOf(actions: readonly Pick<Action, 'ref'>[]): string {
  return actions.map(({ ref }) => ref).join(', ');
}

function firstWord(name: string): string {
  return name.trim().split(/\s+/)[0]?.toLowerCase() ?? '';
}

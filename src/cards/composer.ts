import { memberOf } from '../app/people';
import type { Composer, Content, Deps, Person } from '../app/ports';
import { leadsOf, readMonth } from '../app/readMonth';
import { publishedPosition } from '../app/viewPosition';
import { readLedger } from '../app/whoIsSilent';
import type { Message } from '../domain/message';
import type { Plan } from '../domain/plan';
import { isLive } from '../domain/plan';
import { scaleAt } from '../domain/status';
import type { Words } from '../words/words';
import { periodName } from './format';
import { openNames, presentGreeting, presentMonth, presentPosition, presentSettle } from './present';

type ComposeDeps = Pick<Deps, 'plans' | 'months' | 'people' | 'clock'>;

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
          return composeNotice(deps, plan, message, words);
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
  const month = await readMonth(deps, plan, message.period, leadsOf(memberOf(to, plan.id)));
  if (!month) return null;
  const isReminder = message.kind === 'reminder';
  const left = month.asked.some((action) => action.updatedIn !== message.period);
  if (isReminder && !left) return null;
  return presentMonth(month, to, deps.clock.now(), words, { kind: isReminder ? 'reminder' : 'first' });
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
  const { records, actions, people } = await readNames(deps, plan);
  const officer = people.find(({ id }) => id === plan.officers[0])?.name ?? '';
  return presentGreeting(
    plan,
    {
      actions: actions.length,
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
  words: Words,
): Promise<Content | null> {
  if (message.about === 'settle') {
    const facts = await readSettle(deps, plan, 0, null);
    return facts.unmatched.length > 0 ? presentSettle(facts, words) : null;
  }
  if (message.about === 'closed' && message.period) {
    const ledger = await readLedger(deps, plan, message.period);
    const period = periodName(message.period, words);
    const left = ledger.asked.filter((asked) => asked.left > 0).length;
    return {
      summary: words.say('chat.closedSummary', { period }),
      text: words.say('chat.closedNotice', { period, left }),
    };
  }
  return null;
}

/** What the card to settle names is made from. */
export async function readSettle(deps: ComposeDeps, plan: Plan, page: number, note: string | null) {
  const { records, actions, people } = await readNames(deps, plan);
  const roster = people
    .filter(({ plans }) => plans.some((member) => member.plan === plan.id && member.present))
    .map(({ id, name }) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  return { plan: plan.id, unmatched: openNames(records, actions, namesOf(people)), roster, page, note };
}

/**
 * The leads who matter to a month (of live actions, or of a group that has some), the live actions and the people of a plan, read side
 * by side. A name that stands on delivered actions alone is nobody's to settle.
 */
async function readNames(deps: ComposeDeps, plan: Plan) {
  const [leads, all, people] = await Promise.all([
    deps.plans.readLeads(plan.id),
    deps.plans.readActions(plan.id),
    deps.people.readMembers(plan.binding?.tenant ?? '', plan.id),
  ]);
  const scale = scaleAt(plan.scales, plan.latest ?? plan.asOf ?? '9999-12');
  const actions = all.filter((action) => isLive(action, scale));
  const needed = new Set(
    actions.flatMap((action) => [...action.leads, ...action.groupLeads]).map(({ key }) => key),
  );
  const records = leads.map(({ value }) => value).filter(({ lead }) => needed.has(lead.key));
  return { records, actions, people };
}

function namesOf(people: readonly Person[]): ReadonlyMap<string, string> {
  return new Map(people.map(({ id, name }) => [id, name]));
}

import type { Content, Stuck } from '../app/ports';
import { remindNow, type Whom } from '../app/remindNow';
import { readUnreachable } from '../app/whoIsSilent';
import type { Named } from '../ask/question';
import { instantName } from '../cards/format';
import { readerOf } from '../cards/present';
import type { Plan } from '../domain/plan';
import { notOfficer, say } from './sentences';
import type { Reading, TurnDeps } from './turn';
import { wakeWorker } from './wakeWorker';
import { doerOf, personNamed } from './whoIsMeant';

/*
 * What the programme officer does about those who have not answered, by words: reminds them, and asks who can't be reached.
 */

/** "Remind everyone who hasn't replied", "remind [name]". */
export async function remind(deps: TurnDeps, asker: Reading, who: Named | null): Promise<Content> {
  const { plan } = asker;
  const whom = who === null ? 'everyone' : await whomToRemind(deps, asker, who);
  if (typeof whom === 'object' && 'sentence' in whom) return whom.sentence;
  const outcome = await remindNow(deps, plan, doerOf(asker), whom);
  if (outcome.outcome === 'not-officer') return notOfficer(deps, plan);
  if (outcome.outcome === 'no-month') return say(deps, 'chat.noMonth');
  wakeWorker(deps, plan);
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

/** "Who can't you reach?" */
export async function unreachable(deps: TurnDeps, asker: Reading): Promise<Content> {
  const [found, entry] = await Promise.all([
    readUnreachable(deps, asker.plan),
    asker.officer ? deps.plans.readEntry(asker.plan.id) : null,
  ]);
  const stuck = stuckLine(deps, asker.plan, entry?.stuck ?? null);
  const leaderless = found.leaderless.map(({ ref }) => ref).join(', ');
  if (found.leads.length === 0 && found.leaderless.length === 0 && stuck === null)
    return say(deps, 'chat.allReachable');
  const lines = [
    ...(stuck === null ? [] : [stuck]),
    deps.words.say('chat.unreachable', { n: found.leads.length }),
    ...found.leads.map(({ lead, why, actions }) =>
      deps.words.say(`chat.unreachable.${why}`, { name: lead.name, n: actions.length }),
    ),
    ...(found.leaderless.length > 0
      ? [deps.words.say('chat.leaderless', { n: found.leaderless.length, actions: leaderless })]
      : []),
  ];
  return { summary: lines[0] ?? '', text: lines.join('\n\n') };
}

/** That the work on the plan is set aside, and since when: what no lead can be blamed for. Null when it is not. */
function stuckLine(deps: TurnDeps, plan: Plan, stuck: Stuck | null): string | null {
  if (!stuck) return null;
  const reader = readerOf(plan, deps.clock.now());
  return deps.words.say('chat.stuck', { since: instantName(new Date(stuck.at), reader, deps.words) });
}

import { coverFor } from '../app/coverFor';
import { giverOf, type HandOverOutcome, handOver } from '../app/handOver';
import { memberOf } from '../app/people';
import type { Content } from '../app/ports';
import type { HandedOver, Named } from '../ask/question';
import { plain } from '../cards/escape';
import { dayName } from '../cards/format';
import type { IsoDate } from '../domain/period';
import type { Action, LeadKey } from '../domain/plan';
import { say, todayOf } from './sentences';
import type { Reading, TurnDeps } from './turn';
import { wakeWorker } from './wakeWorker';
import { doerOf, leadKeysNamed, personNamed } from './whoIsMeant';

/*
 * Handing over and covering by words. Where it is not plain who is meant, that is asked, and nothing is done.
 */

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
      wakeWorker(deps, plan);
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
      wakeWorker(deps, plan);
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

function refsOf(actions: readonly Pick<Action, 'ref'>[]): string {
  return actions.map(({ ref }) => ref).join(', ');
}

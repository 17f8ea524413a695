import { currentPosition, periodNow, publishedPosition } from '../app/viewPosition';
import type { Opened } from '../cards/facts';
import { figureCard, figureTitle } from '../cards/figure';
import { forMany, readerOf } from '../cards/present';
import type { VerbOf } from '../cards/verbs';
import { periodOfDate } from '../domain/period';
import type { Plan } from '../domain/plan';
import { sentence } from './invokeAnswer';
import { todayOf } from './sentences';
import type { InvokeAnswer, TurnDeps } from './turn';

/** Opens what is behind a figure of a position, in a dialog: as it was published for a period that was, else as it stands now. */
export async function openFigure(deps: TurnDeps, plan: Plan, verb: VerbOf<'figure'>): Promise<InvokeAnswer> {
  const thisMonth = periodOfDate(todayOf(deps, plan));
  const view =
    (verb.period === 'now' ? null : await publishedPosition(deps, plan, verb.period)) ??
    (await currentPosition(deps, plan, verb.period === 'now' ? periodNow(plan, thisMonth) : verb.period));
  const opened = openedOf(verb);
  if (!opened) return sentence(deps.words.say('chat.badButton'));
  const reader = readerOf(plan, deps.clock.now());
  const facts = {
    ...reader,
    plan: plan.id,
    period: verb.period,
    opened,
    ...(await forMany(view, reader, deps.words)),
    page: verb.page,
  };
  return { kind: 'dialog', title: figureTitle(facts, deps.words), card: figureCard(facts, deps.words) };
}

function openedOf(verb: VerbOf<'figure'>): Opened | null {
  switch (verb.what) {
    case 'status':
      if (!verb.key) return null;
      return { what: 'status', key: verb.key, ...(verb.group === undefined ? {} : { group: verb.group }) };
    case 'group':
      return verb.group === undefined ? null : { what: 'group', group: verb.group };
    default:
      return { what: verb.what };
  }
}

import type { Content } from '../app/ports';
import { currentPosition, periodNow } from '../app/viewPosition';
import type { Command } from '../ask/question';
import { presentDecisions, presentMeasures } from '../cards/measuresAnswer';
import { forMany, readerOf } from '../cards/present';
import { periodOfDate } from '../domain/period';
import type { Plan } from '../domain/plan';
import { meantPeriod } from './periods';
import { say, todayOf } from './sentences';
import type { TurnDeps } from './turn';

/** How the measures stand now, or what the board is asked to decide. */
export async function tellMeasures(
  deps: TurnDeps,
  plan: Plan,
  command: Extract<Command, { do: 'measures' | 'decisions' }>,
): Promise<Content> {
  const thisMonth = meantPeriod(plan, periodOfDate(todayOf(deps, plan)));
  const reader = readerOf(plan, deps.clock.now());
  const view = await currentPosition(deps, plan, periodNow(plan, thisMonth));
  const position = await forMany(view.position, reader, deps.words);
  if (command.do === 'decisions') {
    if (!position.reports) return say(deps, 'measures.noReports');
    return presentDecisions(position, reader, deps.words);
  }
  return presentMeasures(position, command, reader, deps.words);
}

import type { PlanDiff } from '../domain/planDiff';
import type { Problem } from '../domain/understood';
import { problem } from './tables';

const WHERE = 'against the older file';

/** What a newer file did to an older one's actions, as problems: what has no row any more, what was renumbered, whose leads changed, who has gone. */
export function diffProblems({ missing, moved, added, leads, gone }: PlanDiff): Problem[] {
  return [
    ...missing.map(({ ref, perhaps }) =>
      problem(
        'warning',
        WHERE,
        perhaps === null
          ? `Action ${ref} has no row here: mark it as closed or put it back.`
          : `Action ${ref} has no row here; it may go on as ${perhaps}.`,
      ),
    ),
    ...moved.map(({ before, after, by }) =>
      problem(
        'warning',
        WHERE,
        by === 'dates'
          ? `Action ${before} seems to be ${after} here, going by the dates of the rows around it: please check.`
          : `Action ${before} is ${after} here, going by its words.`,
      ),
    ),
    ...added.map((ref) => problem('note', WHERE, `Action ${ref} is new.`)),
    ...leads.map(({ group, left, joined }) =>
      problem(
        'warning',
        WHERE,
        `Group ${group} has other leads: ${[
          left.length > 0 ? `${left.join(', ')} left` : '',
          joined.length > 0 ? `${joined.join(', ')} joined` : '',
        ]
          .filter((part) => part !== '')
          .join('; ')}.`,
      ),
    ),
    ...gone.map(({ name, actions }) =>
      problem(
        'warning',
        WHERE,
        `${name}, who led or co-led ${actions} ${actions === 1 ? 'action' : 'actions'}, is named nowhere here: who has taken them on?`,
      ),
    ),
  ];
}

import type { PaperFacts } from '../app/readPaper';
import { monthShort } from '../cards/format';
import { dayIn } from '../domain/calendar';
import type { Words } from '../words/words';

/** The heads of the position's table, in both papers: now, then change (“Jun → Sep”) and total for each earlier position in turn. */
export function positionHeads({ position, steps, zone }: PaperFacts, words: Words): string[] {
  const today = dayIn(zone, new Date(position.at));
  const month = (period: typeof position.period) => monthShort(period, today, words);
  return [
    words.say('paper.status'),
    words.say('paper.totalNow', { month: month(position.period) }),
    words.say('paper.split'),
    ...steps.flatMap(({ earlier, comparison }, n) => {
      const to = steps[n - 1]?.earlier.period ?? position.period;
      const between = comparison.likeForLike ? 'paper.between' : 'paper.betweenUnlike';
      return [
        words.say(between, { from: month(earlier.period), to: month(to) }),
        words.say('paper.totalThen', { month: month(earlier.period) }),
      ];
    }),
  ];
}

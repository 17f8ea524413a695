import type { PaperFacts } from '../app/readPaper';
import { periodName } from '../cards/format';
import type { MeasureStanding } from '../domain/measureStanding';
import { monthsBetween } from '../domain/period';
import type { Words } from '../words/words';
import type { Block, LineChart, TableCell } from './document';
import { verdictOf } from './trackerMeasures';

/** A trajectory's size in pixels, as it stands in the table. */
const WIDTH = 130;
const HEIGHT = 44;

/** Each measure with its trajectory, its target, what it was read as, and whether that keeps up. */
export function measureBlocks({ position }: PaperFacts, words: Words): Block[] {
  const { measures = [] } = position;
  if (measures.length === 0) return [];
  const isDrawn = measures.some((measure) => trajectoryOf(measure, words) !== null);
  return [
    { kind: 'heading', level: 1, text: words.say('paper.measuresSheet') },
    ...(isDrawn
      ? [{ kind: 'text' as const, text: words.say('paper.trajectoryNote'), look: 'note' as const }]
      : []),
    {
      kind: 'table',
      widths: [34, ...(isDrawn ? [26] : []), 13, 13, 13, 13],
      head: [
        words.say('paper.measure'),
        ...(isDrawn ? [words.say('paper.trajectory')] : []),
        words.say('paper.target'),
        words.say('paper.reading'),
        words.say('paper.readBefore'),
        words.say('paper.verdict'),
      ],
      rows: measures.map((measure): TableCell[] => {
        const { name, target, reading, before } = measure;
        const chart = trajectoryOf(measure, words);
        return [
          { text: name },
          ...(isDrawn ? [chart ? { text: '', chart } : { text: '' }] : []),
          { text: target },
          { text: reading?.text ?? '' },
          { text: before?.text ?? '' },
          { text: verdictOf(measure, words), isStrong: measure.verdict === 'off' },
        ];
      }),
    },
  ];
}

/** A measure's figures drawn; null for fewer than two of them. The words beside it say the same. */
function trajectoryOf({ name, series, aim, verdict }: MeasureStanding, words: Words): LineChart | null {
  const [first] = series;
  if (!first || series.length < 2) return null;
  const figures = series
    .map(({ period, value }) =>
      words.say('paper.figureIn', { text: String(value), month: periodName(period, words) }),
    )
    .join(', ');
  return {
    kind: 'line',
    name: words.say('standing.chart', { name }),
    alt: words.say('paper.trajectoryAlt', {
      name,
      figures: aim ? words.say('paper.trajectoryAim', { figures, aim: String(aim.value) }) : figures,
    }),
    width: WIDTH,
    height: HEIGHT,
    points: series.map(({ period, value }) => ({ at: monthsBetween(first.period, period), value })),
    aim: aim?.value ?? null,
    verdict,
  };
}

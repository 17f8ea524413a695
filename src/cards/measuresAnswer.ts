import template from '../../cards/figure.json';
import type { Content } from '../app/ports';
import { foldText } from '../ask/fold';
import type { WhichMeasures } from '../ask/question';
import type { MeasureStanding } from '../domain/measureStanding';
import { decisionsIn, type Position } from '../domain/position';
import type { Words } from '../words/words';
import { escapeMarkdown, plain, spoken } from './escape';
import type { Reader } from './facts';
import type { FigureView } from './figure';
import { periodName } from './format';
import { BOLD, dotted, paragraph, run, SUBTLE } from './runs';
import { CARD_LIMIT } from './size';
import {
  inOrderOfConcern,
  renderStanding,
  reportEntry,
  type StandingEntry,
  standingEntry,
  standingWeight,
} from './standings';
import { cardTemplate } from './template';

/** The answers to "how are the measures doing?" and "what is the board to decide?". */

const expand = cardTemplate<FigureView>(template);

/** Bytes kept free for what stands around the entries. */
const RESERVE = 2_500;
const MOST_ENTRIES = 12;

/** Measures as they stand, those that worry first, each with its trajectory; as many as a card bears. */
export function presentMeasures(
  position: Position,
  asked: { readonly which: WhichMeasures; readonly ref: string | null; readonly named?: string },
  reader: Reader,
  words: Words,
): Content {
  const all = position.measures ?? [];
  const { ref, which, named } = asked;
  const found = all.filter((one) =>
    named !== undefined ? isNamed(one, named) : ref === null ? isMeant(one, which) : hasRef(one, ref),
  );
  const title =
    named !== undefined
      ? words.say('measures.named', { name: plain(named), n: found.length })
      : ref === null
        ? words.say('measures.title', { which, n: found.length, total: all.length })
        : words.say('measures.one', { ref: plain(ref).toUpperCase() });
  const entries = inOrderOfConcern(found).map((one) => standingEntry(one, reader.today, words));
  const none = found.length === 0 ? words.say('measures.none', { which }) : '';
  return answer(title, none, entries, position, words);
}

/** What each group says to the board. */
export function presentDecisions(position: Position, _reader: Reader, words: Words): Content {
  const n = decisionsIn(position).length;
  const title = words.say('measures.decisionsTitle', { n });
  const entries = (position.reports ?? []).map((one) => reportEntry(one, words));
  return answer(title, '', entries, position, words);
}

function answer(
  title: string,
  none: string,
  entries: readonly StandingEntry[],
  position: Position,
  words: Words,
): Content {
  const shown: StandingEntry[] = [];
  let room = CARD_LIMIT - RESERVE;
  for (const entry of entries) {
    room -= standingWeight(entry);
    if (room < 0 || shown.length === MOST_ENTRIES) break;
    shown.push(entry);
  }
  const more = entries.length - shown.length;
  const about = words.say('measures.about', { period: periodName(position.period, words, position.months) });
  const rest: StandingEntry = {
    heading: paragraph(words.say('action.more', { n: more }), SUBTLE).runs,
    lines: [],
    chartTitle: '',
    chart: [],
    spark: [],
  };
  const card = expand(
    {
      speak: spoken(title),
      fallbackText: escapeMarkdown(title),
      heading: [run(title, { ...BOLD, size: 'Medium' })],
      about: dotted([[run(about, SUBTLE)], [run(none)]]),
      rows: [...shown, ...(more > 0 ? [rest] : [])].map((entry) => renderStanding(entry, words)),
      buttons: [],
    },
    words,
  );
  return { summary: title, card };
}

function isMeant({ verdict, reading }: MeasureStanding, which: WhichMeasures): boolean {
  switch (which) {
    case 'all':
      return true;
    case 'unread':
      return reading === null;
    default:
      return verdict === which;
  }
}

/** Whether the words stand in a measure's name, one after another. */
function isNamed({ name }: MeasureStanding, words: string): boolean {
  const folded = (text: string) =>
    ` ${foldText(text)
      .split(' ')
      .filter((word) => !ARTICLES.has(word))
      .join(' ')} `;
  return folded(name).includes(folded(words));
}

const ARTICLES: ReadonlySet<string> = new Set(['', 'a', 'an', 'the']);

/** `KPI 2` is meant by `2` and by `kpi 2`; a measure without a ref by nothing of the kind. */
function hasRef({ ref }: MeasureStanding, wanted: string): boolean {
  if (ref === null) return false;
  const own = ref.toLowerCase();
  return own === wanted.toLowerCase() || own.replace(/^[a-z]+[\s-]*/, '') === wanted.toLowerCase();
}

import { DEFAULT_SCALE, type Status, type StatusKey } from '../domain/status';
import type { UnderstoodScale } from '../domain/understood';
import type { RawMeaning } from './rawPlan';
import { isColourWord, readStatusText, type StatusQuestion } from './readStatusText';

/** A status as one row has it: its text, its key, and what its column asks. */
export interface UsedStatus {
  readonly text: string;
  readonly key: StatusKey | null;
  readonly question: StatusQuestion;
}

/**
 * The status scale that a plan uses: the five colours where it has letters or more than three of them, red, amber and green where
 * it spells these out and no other, and a scale of its own words ("On track: Y", "Underway", "Complete") where it has words. What a key of colours
 * in the file says of a status is its meaning.
 */
export function scaleOf(used: readonly UsedStatus[], meanings: readonly RawMeaning[]): UnderstoodScale {
  const known = used.filter(({ key }) => key !== null);
  // A "Y" is yellow in one column and yes in another.
  const words = known.filter(
    ({ text, question }) => text !== '' && (question !== 'status' || !isColourWord(text)),
  );
  if (known.length > 0 && words.length > known.length / 2) return wordScale(words, meanings);
  const keys = new Set(known.map(({ key }) => key));
  const spelled = known.filter(({ text }) => /\b(?:red|amber|green)\b/i.test(text)).length;
  const isThree = spelled > known.length / 2 && !keys.has('blue') && !keys.has('grey');
  const statuses = DEFAULT_SCALE.statuses
    .filter(({ key }) => !isThree || key === 'red' || key === 'amber' || key === 'green')
    .map((status) =>
      entry(status, status.letter, status.label, meaningOf(status.label, meanings) ?? status.meaning),
    );
  return { id: isThree ? 'red-amber-green' : DEFAULT_SCALE.id, statuses };
}

function wordScale(words: readonly UsedStatus[], meanings: readonly RawMeaning[]): UnderstoodScale {
  const asksOnTrack = words.some(({ question }) => question === 'on track');
  const letters = new Set<string>();
  const statuses = DEFAULT_SCALE.statuses.flatMap((status) => {
    const texts = words.filter(({ key }) => key === status.key).map(({ text }) => text.trim());
    const answers = texts.filter((text) => ANSWER_LABELS[text.toLowerCase()] !== undefined);
    const usual = mostUsed(asksOnTrack && answers.length > 0 ? answers : texts);
    if (usual === null) return [];
    const label = asksOnTrack ? (ANSWER_LABELS[usual.toLowerCase()] ?? usual) : usual;
    const others = [...new Set(texts)].filter((text) => text !== usual && text.length <= 30).slice(0, 4);
    const meaning = meaningOf(usual, meanings) ?? [usual, ...others].join(', ');
    const letter = letterOf(usual, letters);
    letters.add(letter);
    return [entry(status, letter, label, meaning)];
  });
  return { id: asksOnTrack ? 'on-track' : 'own-words', statuses };
}

const ANSWER_LABELS: Readonly<Record<string, string>> = {
  y: 'On track',
  yes: 'On track',
  n: 'Not on track',
  no: 'Not on track',
};

function entry(
  { key, phase }: Status,
  letter: string,
  label: string,
  meaning: string,
): UnderstoodScale['statuses'][number] {
  return { key, letter, label, meaning, phase };
}

/** The letters that stand before a label: `Y`, `C`, `NS` for "Not started"; more of its last word, `OTR`, where another has these already. */
function letterOf(text: string, taken: ReadonlySet<string>): string {
  const words = (text.match(/\p{L}+/gu) ?? []).slice(0, 2);
  const [last = ''] = words.slice(-1);
  const first = words.slice(0, -1).map((word) => word.charAt(0));
  const candidates = [...last].map((_, at) => [...first, last.slice(0, at + 1)].join('').toUpperCase());
  return candidates.find((letters) => !taken.has(letters)) ?? candidates[0] ?? '';
}

function mostUsed(texts: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const short = [...counts].filter(([text]) => text.length <= 30);
  return (short.length > 0 ? short : [...counts]).sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

function meaningOf(label: string, meanings: readonly RawMeaning[]): string | null {
  const found = meanings.find(
    ({ status, meaning }) =>
      meaning !== '' &&
      (status.toLowerCase() === label.toLowerCase() ||
        readStatusText(status).key === readStatusText(label).key) &&
      readStatusText(status).how !== 'unknown' &&
      status !== '',
  );
  return found?.meaning ?? null;
}

import type { PaperFacts, PaperKind } from '../app/readPaper';
import { periodName } from '../cards/format';
import type { Snapshot } from '../domain/snapshot';
import type { Words } from '../words/words';

/** A plan's title without a month at its end: the month that a paper is of is said beside it. */
export function shortTitle(title: string): string {
  const short = title.replace(
    /\s*[-–—,:(]?\s*(?:January|February|March|April|May|June|July|August|September|October|November|December) 20\d\d\)?\s*$/i,
    '',
  );
  return short.trim() === '' ? title : short;
}

/** An action or a group by its ref and title; by its ref alone where the plan prints no title. */
export function itemName(
  { ref, title }: { readonly ref: string; readonly title: string },
  words: Words,
): string {
  return title === '' ? ref : words.say('paper.itemName', { ref, title });
}

/** When an action is due, as the plan prints it: `due Sep-23`, or `date: Ongoing` where that names no day; empty for nothing. */
export function dueWords(
  { due, revisedText, plannedText }: Pick<Snapshot, 'due' | 'revisedText' | 'plannedText'>,
  words: Words,
): string {
  const date = revisedText || plannedText;
  if (date === '') return '';
  return words.say(due === null ? 'paper.datePrinted' : 'action.due', { date });
}

/** What stands at the foot of each page. */
export function footOf({ planTitle, position }: PaperFacts, words: Words): string {
  return words.say('paper.foot', {
    plan: shortTitle(planTitle),
    period: periodName(position.period, words),
  });
}

/** The file's name: what every system and SharePoint take (https://support.microsoft.com/office/restrictions-and-limitations-in-onedrive-and-sharepoint-64883a5d-228e-48f5-b3d2-eb39e07630fa). */
export function paperName(
  kind: PaperKind,
  {
    planTitle,
    position,
    order,
  }: {
    readonly planTitle: string;
    readonly position: Pick<PaperFacts['position'], 'period'>;
    readonly order: Pick<PaperFacts['order'], 'isPublic'>;
  },
  words: Words,
): string {
  const plan = shortTitle(planTitle)
    .replace(/[\p{Cc}\p{Cf}\p{Surrogate}"*:<>?/\\|#%~&{}']/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80)
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const name = words.say(kind === 'tracker' ? 'paper.trackerFile' : 'paper.reportFile', {
    plan: plan || words.say('paper.plan'),
    period: periodName(position.period, words),
    shown: order.isPublic ? 'public' : 'all',
  });
  return `${name}.${kind === 'tracker' ? 'xlsx' : 'docx'}`;
}

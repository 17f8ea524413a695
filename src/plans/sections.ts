import { foldHeader, isPeriodHeader } from './headerWords';
import type { LabelKind } from './labels';
import { isPersonName, ROLE_WORDS } from './personNames';
import type { SectionKind } from './rawPlan';
import { isStatusName } from './rowKinds';
import { filledColumns, type Row, textAt } from './tables';

/** What a header is of, besides actions. `totals` are counted elsewhere. */
export type HeaderKind = SectionKind | 'totals';

/** Headers of more than this many characters in a cell are somebody's sentences. */
const LONGEST_HEADER = 90;
const MEASURE_WORDS =
  /\b(?:kpis?|indicators?|measures?|metrics?|data ?set|performance (?:measure|indicator)s?|what (?:we|will we|do we) (?:will )?measure)\b/;
const TARGET_WORDS =
  /\b(?:targets?(?! (?:date|completion|month|end|deadline))|baseline|actual|trajectory|benchmark|current (?:position|performance|figure|data|value)|outturn|national average|direction of travel|latest (?:data|figure|reading))\b/;
const ACTION_WORDS =
  /\b(?:actions?|tasks?|deliverables?|steps)\b|\bwhat (?:(?:will|shall|are|do) )?we (?:will |going to |need to )?do\b|\bto be done\b/;
/** What stands beside a recommendation in a table of them. */
const ASK_WORDS =
  /^(?:refs?|no|number|#|group|priority|decision|rationale|reasons?|why|background|by when|date|required by|status|outcome|options?|costs?|implications?|for|board|agreed)\b/;
const PERSON_WORDS = /\b(?:names?|officers?|lead|person|people)\b/;
const POST_WORDS =
  /\b(?:roles?|job|title|post|position|organi[sz]ation|agency|service|team|e ?mail|contact|designation|directorate|represent\w*)\b/;
const CODE_WORDS = /^(?:initials?|abbreviations?|acronyms?|codes?|short(?:ened)? (?:form|name)|abbr|term)\b/;
const MEANING_WORDS =
  /\b(?:names?|full|meaning|stands for|in full|definition|descriptions?|explanation|role|title|person)\b/;

/** Says what a header row is of when it is no action table's; null when it is no such header. `label` is what the line above it said. */
export function kindOfHeader(row: Row, label: LabelKind | null = null): HeaderKind | null {
  const columns = filledColumns(row);
  const texts = columns.map((column) => textAt(row, column));
  if (texts.length < 2 || texts.some((text) => text.length > LONGEST_HEADER)) return null;
  const folded = texts.map(foldHeader);
  const all = folded.join(' ');
  const says = (pattern: RegExp): boolean => folded.some((text) => pattern.test(text));
  const periods = texts.filter(isPeriodHeader).length;
  if (isRisks(all)) return 'risks';
  if (/\bversion\b.*\b(?:date|author|changes?)\b/.test(all)) return 'versions';
  if (says(/\b(?:business as usual|bau)\b/)) return 'assurance';
  if (label === 'assurance' && says(/\bactivit|\bassurance\b|\bwhat\b|\bbusiness\b/)) return 'assurance';
  if (isAssurance(folded)) return 'assurance';
  const isOfActions = says(ACTION_WORDS);
  if (!isOfActions) {
    if (says(/^(?:(?:board )?members?|attendees?|attendance)$/)) return null;
    const measures = says(MEASURE_WORDS) || label === 'measure';
    if (measures && (says(TARGET_WORDS) || periods >= 2)) return 'measures';
    if ((says(TARGET_WORDS) && periods >= 2) || (periods >= 3 && periods >= texts.length / 2))
      return 'measures';
    const [first = '', second = ''] = folded;
    const isAsk = /^(?:key )?(?:recommendations?|decisions?)\b/;
    const isFirst = isAsk.test(first) || (isAsk.test(second) && first.length <= 8);
    // "Recommendation | Agree to buy it" is a label with its text, not a header.
    const areHeaders = folded.every((text) => isAsk.test(text) || ASK_WORDS.test(text));
    if (isFirst && areHeaders && !says(/\b(?:rag|progress|lead|owner)\b/)) return 'recommendations';
    if (isPeople(texts, folded, label)) return 'people';
  }
  if (
    /\btotals?\b.*(?:%|\bsplit\b|\bdelta\b|\bchange\b)|^(?:\S+ )?(?:r|red) (?:a|amber) (?:g|green)\b/.test(
      all,
    )
  )
    return 'totals';
  return null;
}

function isRisks(all: string): boolean {
  return /\brisk (?:id|ref|no|description|title|owner|rating)\b|\blikelihood\b|\b(?:probability|impact score|gross score|residual)\b/.test(
    all,
  );
}

/** "Activity | Complete | Impact" and nothing that is asked of an action. */
function isAssurance(folded: readonly string[]): boolean {
  const says = (pattern: RegExp): boolean => folded.some((text) => pattern.test(text));
  return (
    folded.length <= 5 &&
    says(/\bactivit(?:y|ies)\b/) &&
    says(/^(?:complete[d]?|done|in place|status)\b/) &&
    says(/\bimpact\b|\bdifference\b/) &&
    !says(/\b(?:lead|owner|who|due|date|deadline|when|rag)\b/)
  );
}

function isPeople(texts: readonly string[], folded: readonly string[], label: LabelKind | null): boolean {
  if (folded.length > 6 || texts.some((text) => isPersonName(bareName(text)))) return false;
  if (folded.some((text) => /\b(?:b?rag|rating|progress)\b/.test(text))) return false;
  const at = (pattern: RegExp): number => folded.findIndex((text) => pattern.test(text));
  const [code, name, post] = [at(CODE_WORDS), at(PERSON_WORDS), at(POST_WORDS)];
  if (code >= 0 && folded.some((text, index) => index !== code && MEANING_WORDS.test(text))) return true;
  const isPlain = folded.every((text) => text.split(' ').length <= 4);
  if (label === 'glossary' && isPlain && (name >= 0 || post >= 0)) return true;
  return isPlain && name >= 0 && post >= 0 && name !== post && folded.length <= 4;
}

/** Says what a table without a header is of, by what its cells hold: names beside posts or codes; null when they tell nothing. */
export function kindOfCells(rows: readonly Row[], label: LabelKind | null): SectionKind | null {
  const pairs = rows
    .map((row) => filledColumns(row).map((column) => textAt(row, column)))
    .filter((texts) => texts.length >= 2 && texts.length <= 4);
  if (pairs.length < Math.max(2, rows.length * 0.6)) return null;
  if (label === 'glossary') return 'people';
  const share = (test: (texts: readonly string[]) => boolean): number =>
    pairs.filter(test).length / pairs.length;
  const isNamed = (texts: readonly string[]): boolean => texts.some((text) => isPersonName(bareName(text)));
  // Names beside ratings say how something stands, not who is who.
  if (share((texts) => texts.some(isStatusName)) >= 0.5) return null;
  const isShort = (texts: readonly string[]): boolean => texts.every((text) => text.length <= 120);
  const isCoded = ([code = '', name = '']: readonly string[]): boolean =>
    /^[A-Z][A-Za-z.]{1,5}$/.test(code) && isPersonName(bareName(name.split(/,|\(|\s[–-]\s/)[0] ?? ''));
  // "HSN | Head of SEN": a code beside a post on each row.
  const isPostCode = ([code = '', post = '']: readonly string[]): boolean =>
    /^[A-Z]{2,5}$/.test(code) && post.includes(' ') && ROLE_WORDS.test(post);
  if (pairs.length === rows.length && (share(isCoded) === 1 || share(isPostCode) === 1)) return 'people';
  return share((texts) => isNamed(texts) && isShort(texts)) >= 0.6 && pairs.length >= 3 ? 'people' : null;
}

/** A name without the letters of an honour after it: `Ann Cole MBE`. */
export function bareName(text: string): string {
  return text.replace(/,?\s+(?:MBE|OBE|CBE|QC|KC|JP|FRCN|PhD|MP)$/, '').trim();
}

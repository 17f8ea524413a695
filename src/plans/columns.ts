import { readPeriod } from '../domain/period';
import { readStatusText } from './readStatusText';
import { filledColumns, type Row } from './tables';

/** What a column of an action table is for. `aside`: known, and not of use (a start date, last month's RAG). */
export type Meaning =
  | 'ref'
  | 'title'
  | 'lead'
  | 'coLead'
  | 'planned'
  | 'revised'
  | 'status'
  | 'percent'
  | 'narrative'
  /** One column for both: "Progress against actions & RAG rating". */
  | 'narrativeAndStatus'
  | 'barriers'
  | 'group'
  | 'groupTitle'
  | 'groupLead'
  | 'outcome'
  /** The ref of the outcome beside it, where actions have none of their own. */
  | 'outcomeRef'
  /** What is to be reached by the time that the header names: "6 months". */
  | 'milestone'
  /** The parts of the action beside it: "Steps" beside "Key action". */
  | 'step'
  | 'partners'
  | 'resources'
  | 'evidence'
  /** What is asked of the board. */
  | 'ask'
  /** Refs of the actions that the row is reported under. */
  | 'see'
  | 'aside';

/** The columns of a table by what they mean. Several columns can share one meaning: several narratives are joined. */
export interface ColumnMap {
  readonly columns: ReadonlyMap<Meaning, readonly number[]>;
  /** The header texts by column, as printed. */
  readonly headers: ReadonlyMap<number, string>;
  /** Columns whose header told nothing. */
  readonly unknown: readonly number[];
}

interface Rule {
  readonly meaning: Meaning;
  readonly pattern: RegExp;
  readonly unless?: RegExp;
}

const GROUP_WORDS =
  'priorit(?:y|ies)|work ?streams?|themes?|strands?|pillars?|domains?|sections?|success statements?|areas?|groups?|programmes?|projects?|categor(?:y|ies)|findings?|weakness(?:es)?|concerns? raised|must dos?|should dos?|key questions?|regulations?';

/** What Welsh plans print, alone or beside the English: "Cam gweithredu / Action". */
const WELSH: readonly Rule[] = [
  { meaning: 'status', pattern: /\b(?:statws|cag|lliw)\b/ },
  { meaning: 'planned', pattern: /\b(?:dyddiad|erbyn pryd|amserlen|pryd|erbyn)\b/ },
  { meaning: 'evidence', pattern: /\b(?:tystiolaeth|effaith|mesur(?:au)? llwyddiant|sut (?:y )?byddwn)\b/ },
  { meaning: 'narrative', pattern: /\b(?:cynnydd|diweddariad|sylwadau)\b/ },
  { meaning: 'barriers', pattern: /\b(?:risg(?:iau)?|rhwystr(?:au)?)\b/ },
  { meaning: 'lead', pattern: /\b(?:arweinydd|arweiniol|cyfrifol|cyfrifoldeb|perchennog|pwy|swyddog)\b/ },
  { meaning: 'partners', pattern: /\b(?:partneriaid|rhanddeiliaid)\b/ },
  { meaning: 'resources', pattern: /\b(?:adnoddau|cyllid|cost)\b/ },
  { meaning: 'outcome', pattern: /\b(?:canlyniad(?:au)?|amcan(?:ion)?)\b/ },
  { meaning: 'group', pattern: /\b(?:blaenoriaeth(?:au)?|thema|maes)\b/ },
  { meaning: 'ref', pattern: /\b(?:rhif|cyfeirnod|cyf)\b/ },
  { meaning: 'title', pattern: /\b(?:cam(?:au)?|gweithred\w*|gweithgaredd(?:au)?|beth|tasg(?:au)?)\b/ },
];

/**
 * Headers by meaning, the first that fits wins. The text has been folded: lower case, letters, figures, `%` and
 * `#` only, single spaces.
 */
const RULES: readonly Rule[] = [
  {
    // "What needs to be done to address the weakness?" asks for the action, whatever words stand in it.
    meaning: 'title',
    pattern:
      /\bwhat (?:needs? to|must|will|should|is to) be done\b|\bwhat (?:(?:will|shall|are|do) )?we (?:will |going to |need to |must )?do\b/,
    unless: /\bhow will\b|\bso far\b/,
  },
  {
    // "What will be the impact at 6 months" is what is to be reached by then.
    meaning: 'milestone',
    pattern:
      /\b(?:impacts?|outcomes?|milestones?|success|difference|positions?)\b.*\b(?:at|in|by|after|within)\s+(?:\d{1,2}|three|six|nine|twelve|eighteen) months?\b/,
    unless: /\bprogress\b|\bupdate\b/,
  },
  { meaning: 'ask', pattern: /^asks?$|\bask(?:s|ed)? of (?:the )?board\b/ },
  { meaning: 'see', pattern: /^see(?: also)?$|\bcross ?references?\b/ },
  {
    // "What do we want to achieve?" asks for the outcome, whatever words stand in it.
    meaning: 'outcome',
    pattern:
      /\bwant(?:ing)? to (?:achieve|see|change|improve)\b|\b(?:trying|hop(?:e|ing)|need|aim(?:ing)?) to achieve\b|\bwhat (?:will|would|should) (?:be (?:different|better)|change)\b|\bwhat needs to (?:change|improve|be (?:different|better))\b/,
  },
  {
    meaning: 'aside',
    pattern:
      /\b(?:previous|prior|last (?:month|period|quarter)s?|old|former|baseline)\b.*\b(?:b?rag\w*|status|rating|%|percent\w*|progress|update)\b/,
  },
  {
    meaning: 'aside',
    pattern:
      /^(?:date )?(?:last )?updated?(?: on| by| date)?$|\b(?:date|when) (?:last )?(?:updated|of (?:last )?update|added|raised|opened|logged)\b|\bupdate(?:d)? (?:date|due|by)\b|\blast (?:updated|reviewed|edited)\b/,
    unless: /^update$/,
  },
  {
    meaning: 'aside',
    pattern:
      /\b(?:actual|date) (?:of )?(?:completion|completed|complete|finish|closed|closure|end)\b|\b(?:completed|closed) (?:on|date)\b|\bdate (?:action )?(?:completed|closed)\b|\breview date\b|\bnext steps?\b/,
  },
  {
    meaning: 'aside',
    pattern: /\bstart(?:s|ed|ing)?\b|\bcommence\w*\b|^from$/,
    unless: /\b(?:end|finish|deadline|due|not started|status)\b/,
  },
  {
    meaning: 'groupLead',
    pattern: new RegExp(
      `\\b(?:${GROUP_WORDS}|strategic|executive|exec)\\b.*\\b(?:leads?|owners?|sponsors?|sro|officers?)\\b`,
    ),
    unless: /\bactions?\b/,
  },
  {
    meaning: 'groupTitle',
    pattern: new RegExp(
      `\\b(?:${GROUP_WORDS})\\b.*\\b(?:titles?|names?|descriptions?|heading|statement|text)\\b`,
    ),
    unless: /^success statements?$/,
  },
  {
    meaning: 'coLead',
    pattern:
      /\b(?:co ?leads?|co ?owners?|joint leads?|deputy leads?|support(?:ing)? (?:leads?|officers?|owners?)|other leads?|secondary (?:leads?|owners?))\b/,
  },
  {
    meaning: 'narrative',
    pattern:
      /\b(?:status|rag|progress|action|monthly|position)\b.*\b(?:updates?|commentary|comments?|narrative|notes?|rationale|explanation|summary|reasons?)\b|\b(?:reasons?|rationale|explanation|justification)\b.*\b(?:rag|rating|status|delay)\b/,
    unless: /%|\bpercent|\bdate\b/,
  },
  {
    meaning: 'percent',
    pattern: /(?:^|\s)%|%$|\bper ?cent(?:age)?s?\b|\bpct\b|\bproportion complete\b|\bhow (?:much|far)\b/,
    unless: /\bsplit\b|\btarget\b/,
  },
  {
    meaning: 'revised',
    pattern:
      /\b(?:revised|revision|new|amended|updated|forecast|extended|extension|rebaselined|re baselined|re ?scheduled|re ?profiled|current|slipped|latest|predicted|anticipated)\b.*\b(?:dates?|deadline|completion|target|time ?scale|timeframe|time ?line|due|end|finish|delivery)\b|^(?:revised|revision)(?: to)?$|\bdates? (?:revised|extended|amended)\b/,
  },
  {
    meaning: 'narrativeAndStatus',
    pattern:
      /\b(?:progress|update|impact|commentary|narrative|comments?)\b.*\b(?:b?rag|rating)\b.*|\b(?:b?rag|rating)\b.*\b(?:and|&)\b.*\b(?:progress|commentary|narrative|comments?|updates?)\b/,
    unless:
      /^(?:progress|delivery|overall|action|current|impact) (?:b?rag\w*|rating)(?: (?:rating|status))?$/,
  },
  {
    meaning: 'status',
    pattern:
      /\b(?:b?rag{1,2}b?|brag\w*|ragb|ragg|rygb?|status|rating|traffic lights?|colou?r|on track|on target|^completed?$|^done$|state|confidence|delivery confidence)\b|\brag|\b(?:completed?|done|achieved|met|delivered)\b.*\b(?:y n|yes no|yes or no)\b|^(?:achieved|met)$|^health$|^r a g(?: b)?$|^b r a g$/,
  },
  {
    meaning: 'barriers',
    pattern:
      /\b(?:barriers?|risks?|issues?|challenges?|block(?:er|age)s?|obstacles?|dependenc(?:y|ies)|constraints?|mitigations?|concerns?|escalations?|what is in the way|hurdles?)\b|\bwhat (?:could|might|may|would|will) (?:stop|prevent|hinder|get in|go wrong)/,
    // "Progress and barriers" is progress first.
    unless:
      /^(?:progress|updates?|commentary|narrative|achievements?|position)\b|\b(?:and|&) (?:progress|updates?|achievements?)\b/,
  },
  {
    meaning: 'narrative',
    pattern:
      /\bto date\b|\bso far\b|\bachievements?\b|\bhighlights?\b|\bwhat (?:have we|has been) (?:done|achieved)\b|\bwhere are we\b/,
    unless: /\bevidence\b|^(?:impact|outcomes?)\b/,
  },
  {
    meaning: 'planned',
    pattern:
      /\b(?:dates?|deadlines?|by when|when|time ?scales?|time ?frames?|time ?lines?|due|complete(?:d)? by|finish(?: by)?|deliver(?:ed)? by|completion|target month|due)\b|^(?:end|to|by|target end)$|\bend (?:date|month)\b/,
    unless: /\bhow will\b|\bdue to\b|\bwhen will we know\b|\bcriteria\b|\bevidence\b/,
  },
  {
    meaning: 'narrative',
    pattern: /\bprogress\b.*\bimpacts?\b|\bimpacts?\b.*\bprogress\b/,
    unless: /\bmeasures?\b|\bhow will\b/,
  },
  {
    meaning: 'evidence',
    pattern:
      /\bhow (?:will|do) we know\b|\bevidence\b|\bimpacts?\b|\bsuccess (?:measures?|criteria|indicators?)\b|\bmeasures?\b|\bkpis?\b|\bperformance indicators?\b|\bdifference\b|\bbenefits?\b|\bsuccess (?:will |would |should )?looks?\b|\b(?:intended|expected|desired|anticipated|planned) (?:outcomes?|results?|impacts?)\b|\bindicators?\b|\bmonitor(?:ing|ed)?\b|\bassurance\b|\bsuccess$/,
  },
  {
    meaning: 'narrative',
    pattern:
      /\b(?:progress|updates?|narratives?|commentar(?:y|ies)|comments?|notes?|latest position|current position|position|remarks?|feedback)\b/,
  },
  {
    meaning: 'partners',
    pattern:
      /\bpartners?\b|\bstakeholders?\b|\bcontributors?\b|\bsupport(?:ed by|ing)?\b|\b(?:lead )?(?:organi[sz]ation|agency|agencies|service|department|directorate)s?\b|\bwho else\b|\bconsult/,
    unless: /\bresponsib|\bowner|\bofficer/,
  },
  { meaning: 'resources', pattern: /\bresources?\b|\bcosts?\b|\bbudgets?\b|\bfund(?:s|ing)?\b|\bfinanc/ },
  {
    meaning: 'lead',
    pattern:
      /\b(?:leads?|owners?|owned|ownership|responsible|responsibility|accountable|accountability|who|by whom|officers?|assigned|assignee|allocated|action by|sro|sponsor|delegated|names?|champions?|managers?|persons?|personnel|staff|initials)\b/,
    unless: /\bname of (?:action|project|task)\b|\b(?:action|task|project|measure) names?\b/,
  },
  { meaning: 'group', pattern: new RegExp(`\\b(?:${GROUP_WORDS})\\b`), unless: /\b(?:action|task)s?\b/ },
  {
    meaning: 'ref',
    pattern: /#|^line$|\b(?:refs?|references?|ids?|nos?|num|numbers?|codes?|index|sn|s n|item)\b/,
  },
  { meaning: 'outcome', pattern: /\b(?:outcomes?|intended|objectives?|aims?|goals?)\b/ },
  {
    meaning: 'title',
    pattern:
      /\b(?:actions?|titles?|tasks?|activit(?:y|ies)|descriptions?|what|deliverables?|milestones?|recommendations?|interventions?|we will|steps?|details?|summary|commitments?|pledges?|requirements?|improvements?|how|initiatives?|proposals?|plans?)\b/,
  },
  ...WELSH,
];

/** Among several title columns the first of these is the action's own words. */
const TITLE_RANK: readonly RegExp[] = [
  /\bactions?\b/,
  /\b(?:will|shall|are) (?:we|you|they)(?: going to)? do\b|\bwe (?:will|are going to) do\b|\bto be done\b/,
  /\bwhat\b|\bwe will\b/,
  /\btasks?\b|\bactivit/,
  /\btitles?\b|\bdescriptions?\b/,
];

/** Lower case, letters, figures, `%` and `#` only: what {@link meaningOfHeader} looks at. */
export function foldHeader(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\d%#&]+/gu, ' ')
    .trim();
}

/** What a header says its column is for; null when its words tell nothing. */
export function meaningOfHeader(header: string): Meaning | null {
  const folded = foldHeader(header);
  if (isPeriodHeader(header)) return 'milestone';
  const rule = RULES.find(({ pattern, unless }) => pattern.test(folded) && !unless?.test(folded));
  return rule?.meaning ?? null;
}

/** A time and nothing else: "3 months", "By 6 months", "Q1 24/25", "Apr-24", "December 2023 milestone". */
const PERIOD_HEADER =
  /^(?:(?:by|at|in|within|end of|milestones?|reading|actual)\s+)*(?:\d{1,2}\s*(?:months?|weeks?|mths?)|(?:year|yr|month|quarter|qtr|q|term)\s*\d{1,2}(?:\s+(?:of\s+)?(?:fy\s*)?(?:20)?\d\d(?:\s(?:20)?\d\d)?)?|(?:short|medium|long) term|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}(?:\s+(?:20)?\d\d)?|(?:spring|summer|autumn|winter)(?:\s+term)?(?:\s+(?:20)?\d\d(?:\s\d\d)?)?|20\d\d(?:\s(?:20)?\d\d)?(?:\s+q[1-4])?|(?:20)?\d\d (?:20)?\d\d(?:\s+q[1-4])?)(?:\s+(?:by|to|end|ending|due|from)?\s*(?:end\s+|of\s+)*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}(?:\s+(?:20)?\d\d)?)?(?:\s+(?:milestones?|reading|actual|performance|data|result|outturn))?$/;

/** Whether a header names a time and nothing else, as the columns of readings and of milestones do. */
export function isPeriodHeader(header: string): boolean {
  return PERIOD_HEADER.test(foldHeader(header)) && !/^(?:may|march)$/.test(header);
}

/** A header is a few words; a cell with more holds what somebody wrote. */
const LONGEST_HEADER = 110;
/** Sentences, figures and statuses stand in rows, not in headers. */
function isNoHeaderText(text: string): boolean {
  if (text.length > LONGEST_HEADER || (text.length > 40 && /[.;]$/.test(text))) return true;
  if (/^[\d.,/%£-]+$/.test(text) && text !== '%' && !isPeriodHeader(text)) return true;
  const { how } = readStatusText(text);
  return text.length <= 8 && how === 'plain';
}

/** An action table says who, when or how far, besides what. */
const TELLING: readonly Meaning[] = [
  'lead',
  'planned',
  'revised',
  'status',
  'percent',
  'narrative',
  'narrativeAndStatus',
];

/**
 * Reads a row as the header of an action table; null when it is none. It is one when it names a ref or a title and
 * at least one thing that is reported of an action, wherever in the file it stands.
 */
export function readHeader(row: Row): ColumnMap | null {
  const map = mapHeader(row);
  if (!map) return null;
  // Words of a header tell what it is of; where most tell nothing it is somebody's sentence.
  if (map.unknown.length > map.headers.size / 2) return null;
  const named = [map.columns.has('ref'), map.columns.has('title')].filter(Boolean).length;
  const telling = tellingMeanings(map).length;
  const isHeader = named >= 1 && telling >= 1 && telling + named >= Math.min(3, map.headers.size);
  return isHeader ? map : null;
}

/** What a header's columns mean, whether or not it is one of an action table; null when its cells are no header's. */
export function mapHeader(row: Row): ColumnMap | null {
  const filled = filledColumns(row);
  if (filled.length < 2) return null;
  const headers = new Map(filled.map((column) => [column, row.cells[column]?.text ?? '']));
  // One cell may say more than a header does ("What will we do? (the steps that …)"); two are somebody's row.
  if ([...headers.values()].filter(isNoHeaderText).length > (filled.length >= 5 ? 1 : 0)) return null;
  const found = new Map<Meaning, number[]>();
  const unknown: number[] = [];
  for (const [column, text] of headers) {
    const meaning = meaningOfHeader(text);
    if (meaning === null) unknown.push(column);
    else found.set(meaning, [...(found.get(meaning) ?? []), column]);
  }
  return { columns: settle(found, headers), headers, unknown };
}

/** What a header has of the things that are reported of an action: who, when, how far. */
export function tellingMeanings({ columns }: ColumnMap): readonly Meaning[] {
  return TELLING.filter((meaning) => columns.has(meaning));
}

/** Settles which column serves where headers mean more than one thing, or several mean the same. */
function settle(
  found: ReadonlyMap<Meaning, readonly number[]>,
  headers: ReadonlyMap<number, string>,
): Map<Meaning, number[]> {
  const columns = new Map([...found].map(([meaning, list]) => [meaning, [...list]]));
  const folded = (column: number): string => foldHeader(headers.get(column) ?? '');
  const aside = columns.get('aside') ?? [];
  const keepOnly = (meaning: Meaning, kept: readonly number[]): void => {
    const dropped = (columns.get(meaning) ?? []).filter((column) => !kept.includes(column));
    if (dropped.length === 0) return;
    columns.set(meaning, [...kept]);
    aside.push(...dropped);
  };
  preferOwnRef(columns, folded);
  promoteOutcome(columns);
  twoDates(columns, folded);
  oneGroup(columns);
  for (const meaning of ['status', 'percent', 'narrative', 'revised'] as const) {
    keepOnly(meaning, latestColumns(columns.get(meaning) ?? [], headers));
  }
  const isLeadAgency = (column: number): boolean => /\blead\b/.test(folded(column));
  const agency = (columns.get('partners') ?? []).find(isLeadAgency);
  if (!columns.has('lead') && agency !== undefined) moveColumn(columns, agency, 'partners', 'lead');
  joinTitles(columns, folded);
  keepOnly('title', bestTitle(columns.get('title') ?? [], folded));
  for (const meaning of ['ref', 'status', 'percent', 'planned', 'revised'] as const) {
    keepOnly(meaning, (columns.get(meaning) ?? []).slice(0, 1));
  }
  if (aside.length > 0) columns.set('aside', aside);
  return columns;
}

/** "Action Ref" beside "Outcome Ref" or "Priority no": the former names the row. */
function preferOwnRef(columns: Map<Meaning, number[]>, folded: (column: number) => string): void {
  const refs = columns.get('ref') ?? [];
  if (refs.length < 2) return;
  const own =
    refs.find((column) => /\baction\b|\btask\b/.test(folded(column))) ??
    refs.find((column) => !/\boutcome\b|\brecommendation\b/.test(folded(column))) ??
    refs[0];
  if (own === undefined) return;
  columns.set('ref', [own]);
  columns.set('outcome', [...(columns.get('outcome') ?? []), ...refs.filter((column) => column !== own)]);
}

/** Where no column is called an action, the outcome or the objective is what the rows are about. */
function promoteOutcome(columns: Map<Meaning, number[]>): void {
  if (columns.has('title')) return;
  const [outcome] = columns.get('outcome') ?? [];
  if (outcome === undefined) return;
  columns.set('title', [outcome]);
  columns.delete('outcome');
}

/** Gives a column another meaning. */
export function moveColumn(
  columns: Map<Meaning, number[]>,
  column: number,
  from: Meaning,
  to: Meaning,
): void {
  const rest = (columns.get(from) ?? []).filter((one) => one !== column);
  if (rest.length > 0) columns.set(from, rest);
  else columns.delete(from);
  columns.set(
    to,
    [...(columns.get(to) ?? []), column].sort((a, b) => a - b),
  );
}

/** "Recommendation" or "Requirement" beside "Action": the former is what the action answers. */
function joinTitles(columns: Map<Meaning, number[]>, folded: (column: number) => string): void {
  const titles = columns.get('title') ?? [];
  if (!titles.some((column) => /\bactions?\b|\btasks?\b|\bsteps\b|\bwe will\b/.test(folded(column)))) return;
  for (const column of titles) {
    const isAnswered =
      /^(?:key )?(?:recommendations?|requirements?|improvements?(?: required| needed)?|commitments?|pledges?|what)(?: (?:no|number))?$/.test(
        folded(column),
      );
    const isHow = /^how\b/.test(folded(column));
    const isStep = /^(?:key )?(?:steps?|sub ?(?:actions?|tasks?)|tasks?|milestones?)(?: to .*)?$/.test(
      folded(column),
    );
    const hasAction = titles.some(
      (other) => other !== column && /\bactions?\b|\bwe (?:will )?do\b/.test(folded(other)),
    );
    if (isStep && hasAction) moveColumn(columns, column, 'title', 'step');
    else if (isAnswered && !columns.has('outcome')) moveColumn(columns, column, 'title', 'outcome');
    // How it will be done is what the action consists of.
    else if (isHow) moveColumn(columns, column, 'title', columns.has('step') ? 'aside' : 'step');
  }
}

/** "Regulation | Finding | Action": the first parts the plan, the second is what its actions answer. */
function oneGroup(columns: Map<Meaning, number[]>): void {
  const [, second] = columns.get('group') ?? [];
  if (second === undefined) return;
  moveColumn(columns, second, 'group', columns.has('outcome') ? 'aside' : 'outcome');
  oneGroup(columns);
}

/** Two dates of which neither is called revised: the one called original is the planned one. */
function twoDates(columns: Map<Meaning, number[]>, folded: (column: number) => string): void {
  const planned = columns.get('planned') ?? [];
  if (planned.length < 2) return;
  const original = planned.find((column) =>
    /\b(?:original|planned|initial|first|wsoa|agreed)\b/.test(folded(column)),
  );
  if (original === undefined) return;
  const other = planned.filter((column) => column !== original);
  columns.set('planned', [original, ...other]);
  if (!columns.has('revised') && other[0] !== undefined) columns.set('revised', [other[0]]);
}

/** Of columns that carry a month each ("RAG Aug-23", "RAG Sep-23") the latest; all of them where none does. */
function latestColumns(list: readonly number[], headers: ReadonlyMap<number, string>): readonly number[] {
  const dated = list.flatMap((column) => {
    const period = periodIn(headers.get(column) ?? '');
    return period === null ? [] : [{ column, period }];
  });
  if (list.length < 2) return list;
  if (dated.length === 0) return lastAlike(list, headers);
  const latest = dated.reduce((best, one) => (one.period > best.period ? one : best));
  const undated = list.filter((column) => !dated.some((one) => one.column === column));
  return [latest.column, ...undated];
}

/** "RAG Nov | RAG Feb", "Q1 RAG | Q2 RAG": without a year the later one stands to the right. */
function lastAlike(list: readonly number[], headers: ReadonlyMap<number, string>): readonly number[] {
  const texts = list.map((column) => headers.get(column) ?? '');
  const bare = texts.map(withoutPeriod);
  const isSeries =
    bare.every((text) => text === bare[0]) && texts.every((text, index) => foldHeader(text) !== bare[index]);
  return isSeries ? list.slice(-1) : list;
}

/** A header without the month, quarter, term or year that it names. */
export function withoutPeriod(header: string): string {
  return foldHeader(header)
    .replace(
      /\b(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}|q\d|quarter \d|(?:spring|summer|autumn|winter)(?: term)?|term \d|(?:month|wk|week) \d{1,2}|\d{2}|20\d\d)\b/g,
      ' ',
    )
    .replace(/\s+/g, ' ')
    .trim();
}

/** A month with a year inside a header or a name: `RAG Sept-23`, `Update (August 2023)`; null when there is none. */
export function periodIn(text: string): string | null {
  const plain = text.replace(/_/g, ' ');
  for (const pattern of [MONTH_AND_YEAR, YEAR_AND_MONTH]) {
    for (const [candidate] of plain.matchAll(pattern)) {
      const period = readPeriod(candidate);
      if (period) return period;
    }
  }
  return null;
}

const MONTH_AND_YEAR =
  /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?[\s\-–/'’]*(?:20\d\d|\d\d)(?!\d)/gi;
const YEAR_AND_MONTH = /\b20\d\d-(?:0[1-9]|1[0-2])(?!\d)/g;

function bestTitle(list: readonly number[], folded: (column: number) => string): readonly number[] {
  for (const rank of TITLE_RANK) {
    const best = list.find((column) => rank.test(folded(column)));
    if (best !== undefined) return [best];
  }
  return list.slice(0, 1);
}

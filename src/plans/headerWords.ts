import { readPeriod } from '../domain/period';

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

interface Rule {
  readonly meaning: Meaning;
  readonly pattern: RegExp;
  readonly unless?: RegExp;
}

const GROUP_WORDS =
  'priorit(?:y|ies)|work ?streams?|themes?|strands?|pillars?|domains?|sections?|success statements?|areas?|groups?|programmes?|projects?|categor(?:y|ies)|findings?|weakness(?:es)?|concerns? raised|causes? of concern|what (?:the )?(?:inspect\\w*|ofsted|cqc|regulator|review) (?:said|found)|must dos?|should dos?|key questions?|regulations?';

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
    meaning: 'narrative',
    pattern:
      /\bwhat (?:have )?we(?:ve| have)? (?:done|did|achieved|delivered)\b|\bwhat did we do\b|\bwhat (?:has|is) (?:happened|happening|changed)\b|\bhow (?:is it|it is) going\b|\bhow (?:are we|we are) doing\b/,
  },
  {
    // "What needs to be done to address the weakness?" asks for the action, whatever words stand in it.
    meaning: 'title',
    pattern:
      /\bwhat (?:needs? to|must|will|should|is to) be done\b|\bwhat (?:(?:will|shall|are|do) )?we (?:will |going to |need to |must )?do\b|\bwe said we(?:d| would| will) do\b/,
    unless: /\bhow will\b|\bso far\b/,
  },
  {
    // "What will be the impact at 6 months" is what is to be reached by then.
    meaning: 'milestone',
    pattern:
      /\b(?:impacts?|outcomes?|milestones?|success|difference|positions?)\b.*\b(?:at|in|by|after|within)\s+(?:\d{1,2}|three|six|nine|twelve|eighteen) months?\b/,
    unless: /\bprogress\b|\bupdate\b/,
  },
  {
    meaning: 'evidence',
    pattern: /\bhow (?:\w+ ){0,4}(?:measured?|judged?|evidenced?|monitored|assessed|assured|checked)\b/,
  },
  { meaning: 'partners', pattern: /\btask (?:& |and )?finish\b/ },
  // "Start/Review/End" holds all three: the end is what an action is held to.
  { meaning: 'planned', pattern: /\bstart\b.*\b(?:end|finish|completion)\b/, unless: /\bstatus\b/ },
  {
    // "Area for priority action" names what its actions belong to.
    meaning: 'group',
    pattern:
      /\bareas? (?:for|of|requiring) (?:(?:priority|urgent|immediate) )?action\b|\bpriority action areas?\b/,
  },
  { meaning: 'ask', pattern: /^asks?$|\bask(?:s|ed)? of (?:the )?board\b/ },
  { meaning: 'see', pattern: /^see(?: also)?$|\bcross ?references?\b/ },
  {
    // "What do we want to achieve?" asks for the outcome, whatever words stand in it.
    meaning: 'outcome',
    pattern:
      /\bwant(?:ing)? to (?:achieve|see|change|improve)\b|\b(?:trying|hop(?:e|ing)|need|aim(?:ing)?) to achieve\b|\bwhat (?:will|would|should) (?:be (?:different|better)|change)\b|\bwhat (?:does )?(?:good|success) (?:looks?|will look) like\b|\bwhat needs to (?:change|improve|be (?:different|better))\b/,
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
      /\b(?:actual|date) (?:of )?(?:completion|completed|complete|finish|closed|closure|end)\b|\b(?:completed|closed) (?:on|date)\b|\bdate (?:action )?(?:completed|closed)\b|\breview date\b|^(?:planned |key |agreed )?next steps?\b/,
    // "Forecast / actual completion" is the date that counts now.
    unless: /\b(?:forecast|revised|expected)\b/,
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
      /\b(?:co ?leads?|co ?owners?|joint leads?|deputy leads?|leads? support(?:ing)?|support(?:ing)? (?:leads?|officers?|owners?)|other leads?|secondary (?:leads?|owners?))\b/,
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
    // "Progress and barriers" is progress first; a cause of concern is what inspectors call a group.
    unless:
      /\b(?:causes?|areas?) of concern\b|^(?:progress|updates?|commentary|narrative|achievements?|position)\b|\b(?:and|&) (?:progress|updates?|achievements?)\b/,
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
    pattern:
      /\bprogress\b.*\bimpacts?\b|\bimpacts?\b.*\bprogress\b|^(?:progress|updates?|commentary)\b.*\b(?:assurance|evidence)\b/,
    unless: /\bmeasures?\b|\bhow will\b/,
  },
  {
    meaning: 'narrative',
    pattern: /^evaluation\b/,
    unless: /\b(?:criteria|methods?|measures?|tools?)\b/,
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

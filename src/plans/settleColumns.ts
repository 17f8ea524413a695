import { foldHeader, type Meaning, periodIn, withoutPeriod } from './headerWords';

/** Settles which column serves where headers mean more than one thing, or several mean the same. */
export function settleColumns(
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
  // "Lead (support)" alone names the leads and who supports them.
  if (!columns.has('lead'))
    for (const column of columns.get('coLead') ?? []) moveColumn(columns, column, 'coLead', 'lead');
  joinTitles(columns, folded);
  keepOnly('title', bestTitle(columns.get('title') ?? [], folded));
  for (const meaning of ['ref', 'status', 'percent', 'planned', 'revised'] as const) {
    keepOnly(meaning, (columns.get(meaning) ?? []).slice(0, 1));
  }
  const [outcomeRef] = columns.get('outcomeRef') ?? [];
  if (outcomeRef !== undefined && !columns.has('outcome'))
    moveColumn(columns, outcomeRef, 'outcomeRef', 'outcome');
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
  // "Rec. No." is the number of what the column of recommendations or outcomes says, if there is one.
  columns.set(
    'outcomeRef',
    refs.filter((column) => column !== own),
  );
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
  if (
    !titles.some((column) =>
      /\bactions?\b|\btasks?\b|\bsteps\b|\bwe will\b|\b(?:are|will|shall|do) we\b|\bwe are\b|\bto be done\b/.test(
        folded(column),
      ),
    )
  )
    return;
  for (const column of titles) {
    const isAnswered =
      /^(?:(?:key|ofsted|cqc|hmip|hmicfrs|lga|inspect\w*|regulator|peer|team|review|external|national) )*(?:recommendations?|requirements?|improvements?(?: required| needed)?|commitments?|pledges?|what)(?: (?:no|number))?$/.test(
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
    else if (isAnswered && !columns.has('group')) moveColumn(columns, column, 'title', 'group');
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

/** "RAG Nov | RAG Feb", "Q1 RAG | Q2 RAG", or "RAG" beside each of three times: without a year the later one stands to the right. */
function lastAlike(list: readonly number[], headers: ReadonlyMap<number, string>): readonly number[] {
  const texts = list.map((column) => headers.get(column) ?? '');
  const bare = texts.map(withoutPeriod);
  const isSeries =
    bare.every((text) => text === bare[0]) &&
    (texts.every((text, index) => foldHeader(text) !== bare[index]) || new Set(texts).size === 1);
  return isSeries ? list.slice(-1) : list;
}

/** Among several title columns the first of these is the action's own words. */
const TITLE_RANK: readonly RegExp[] = [
  /\bactions?\b/,
  /\b(?:will|shall|are) (?:we|you|they)(?: going to)? do\b|\bwe (?:will|are going to) do\b|\bto be done\b/,
  /\bwhat\b|\bwe will\b/,
  /\btasks?\b|\bactivit/,
  /\btitles?\b|\bdescriptions?\b/,
];
function bestTitle(list: readonly number[], folded: (column: number) => string): readonly number[] {
  // "What we said we would do" is the action; "What we will do next" beside it is not.
  const now = list.filter((column) => !/\bnext\b/.test(folded(column)));
  const open = now.length > 0 ? now : list;
  for (const rank of TITLE_RANK) {
    const best = open.find((column) => rank.test(folded(column)));
    if (best !== undefined) return [best];
  }
  return open.slice(0, 1);
}

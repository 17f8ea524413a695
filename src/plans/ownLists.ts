import { readPeriod } from '../domain/period';
import { readFigure, readTargetFigure } from '../domain/readFigure';
import { DEFAULT_SCALE, type Status, type StatusKey } from '../domain/status';
import { readTargetDate } from '../domain/targetDate';
import type {
  FullAction,
  FullLead,
  FullPlan,
  UnderstoodMeasure,
  UnderstoodMilestone,
  UnderstoodOutcome,
  UnderstoodScale,
  UnderstoodStep,
} from '../domain/understood';
import { readRef } from './actionRefs';
import { foldHeader } from './headerWords';
import type { KnownPerson } from './readPeople';
import { readStatusText, type StatusQuestion } from './readStatusText';
import { splitLeadingRef } from './rowKinds';
import { placeOf, type Row, type Table, textAt } from './tables';

/*
 * The sheets of a tracker that Steward made itself (`src/papers/trackerLists.ts`): each lists one kind of thing, one a row, under these very
 * heads. What they say is taken cell by cell, so that a plan comes back as it went out.
 */

const HEADS = {
  groups: ['Priority ref', 'Priority', 'Priority leads'],
  outcomes: ['Priority ref', 'Outcome ref', 'Outcome'],
  steps: ['Priority ref', 'Action ref', 'Action', 'Step', 'Step date', 'Step status'],
  milestones: ['Priority ref', 'Milestone ref', 'Milestone', 'Of action', 'When', 'Milestone status'],
  assurance: ['Priority ref', 'Business as usual', 'Complete', 'Impact'],
  recommendations: ['Priority ref', 'Recommendation ref', 'Recommendation'],
  statuses: ['Status letter', 'Status word', 'Meaning', 'Counts as', 'Colour'],
  people: ['Initials or code', 'Name', 'Role', 'Organisation'],
  measures: [
    'Priority ref',
    'Measure ref',
    'Measure',
    'Owner',
    'Target',
    'Baseline',
    'Asked each month',
    'On or off track',
  ],
} as const;
type Kind = keyof typeof HEADS;
const KINDS = Object.keys(HEADS) as Kind[];

/** How the list of statuses says what each counts as, and which colour it has. */
const PHASES = new Map<string, Status['phase']>([
  ['under way', 'live'],
  ['delivered', 'done'],
  ['closed', 'closed'],
]);
const COLOURS = new Map<string, StatusKey>(
  DEFAULT_SCALE.statuses.map(({ key, label }) => [label.toLowerCase(), key]),
);

/** Rows at the top of a sheet among which its heads stand. */
const TOP_ROWS = 8;
/** What the head of a target on the way begins with, before its time. */
const INTERIM = 'Interim target ';
const COMMENT = 'Comment';

interface OwnRow {
  /** The cells from the left, as many as the sheet has heads. */
  readonly cells: readonly string[];
  readonly where: string;
}

interface OwnSheet {
  readonly heads: readonly string[];
  readonly rows: readonly OwnRow[];
}

/** Reads the names of a cell; given from outside, since a glossary may be needed. */
type ReadNames = (text: string, where: string) => readonly FullLead[];

/** What of a plan these sheets hold. */
export type OwnParts = Pick<FullPlan, 'milestones' | 'assurance' | 'recommendations' | 'measures'>;

/** Parts a file's sheets into those that Steward's tracker lists things on and the others; null where it is no such tracker. */
export function partOwnLists(tables: readonly Table[]): {
  readonly own: OwnLists | null;
  readonly others: readonly Table[];
} {
  const found = tables.map((table) => ({ table, headed: headsIn(table) }));
  if (!found.some(({ headed }) => headed?.kind === 'groups')) return { own: null, others: tables };
  const sheets = new Map(found.flatMap(({ headed }) => (headed ? [[headed.kind, headed.sheet]] : [])));
  return {
    own: new OwnLists(sheets),
    others: found.flatMap(({ table, headed }) => (headed ? [] : [table])),
  };
}

function headsIn(table: Table): { readonly kind: Kind; readonly sheet: OwnSheet } | null {
  for (const [at, row] of table.rows.slice(0, TOP_ROWS).entries()) {
    const kind = KINDS.find((one) =>
      HEADS[one].every((head, column) => foldHeader(textAt(row, column)) === foldHeader(head)),
    );
    if (!kind) continue;
    const heads = row.cells.map(({ text }) => text);
    const rows = table.rows.slice(at + 1).map((below) => ownRow(table, below, heads.length));
    return { kind, sheet: { heads, rows: rows.filter(({ cells }) => cells.some((text) => text !== '')) } };
  }
  return null;
}

function ownRow(table: Table, row: Row, width: number): OwnRow {
  return {
    cells: Array.from({ length: width }, (_, column) => textAt(row, column)),
    where: placeOf(table, row.number),
  };
}

/** What the lists of a tracker that Steward made say. */
export class OwnLists {
  constructor(private readonly sheets: ReadonlyMap<Kind, OwnSheet>) {}

  private rows(kind: Kind): readonly OwnRow[] {
    return this.sheets.get(kind)?.rows ?? [];
  }

  /**
   * The leads of a cell as Steward writes them, `Ann Cole (Head of Service); Ben Dale`, where the list of people has everybody in it; null for
   * what somebody wrote otherwise.
   */
  leadsIn(text: string): FullLead[] | null {
    const names = this.people().map(({ name }) => name);
    const leads = text.split('; ').map((part): FullLead | null => {
      const known = names.includes(part) ? part : names.find((name) => part.startsWith(`${name} (`));
      if (known === undefined || (part !== known && !part.endsWith(')'))) return null;
      const role = part === known ? null : part.slice(known.length + 2, -1);
      return { name: known, role, kind: 'lead', code: null };
    });
    return leads.every((lead) => lead !== null) ? leads : null;
  }

  /** The plan's status scale, where the lists have it; `told` is what its actions' cells tell. */
  scale(told: UnderstoodScale): UnderstoodScale {
    const statuses = this.rows('statuses').flatMap(
      ({ cells: [letter = '', label = '', meaning = '', phase = '', colour = ''] }) => {
        const key = COLOURS.get(colour.toLowerCase());
        return key ? [{ key, letter, label, meaning, phase: PHASES.get(phase) ?? ('live' as const) }] : [];
      },
    );
    return statuses.length > 0 ? { ...told, statuses } : told;
  }

  people(): KnownPerson[] {
    return this.rows('people')
      .map(({ cells: [code = '', name = '', role = '', organisation = ''] }) => ({
        code: code || null,
        name,
        role: role || null,
        organisation: organisation || null,
      }))
      .filter(({ name }) => name !== '');
  }

  /** The plan's groups, and after them those that its other sheets name. */
  groups(others: FullPlan['groups'], readNames: ReadNames): FullPlan['groups'] {
    const own = this.rows('groups').map(
      ({ cells: [ref = '', title = '', leads = '', narrative = ''], where }) => ({
        ref,
        title,
        leads:
          leads === '' ? [] : readNames(leads, where).map(({ name, role, code }) => ({ name, role, code })),
        narrative,
      }),
    );
    return [...own, ...others.filter(({ ref }) => !own.some((group) => group.ref === ref))];
  }

  private outcomes(): UnderstoodOutcome[] {
    return this.rows('outcomes').map(({ cells: [group = '', ref = '', title = ''] }) => ({
      ref,
      group,
      title,
    }));
  }

  /** The priority that a sheet's heading names: `Priority | 1: Its title`, or `Priority 1` for one without a title. */
  groupNamed(label: string, name: string): { readonly ref: string; readonly title: string } | null {
    const groups = this.rows('groups').map(({ cells: [ref = '', title = ''] }) => ({ ref, title }));
    if (foldHeader(label) === 'priority') {
      const named = groups.filter(({ ref }) => name.startsWith(`${ref}: `));
      return named.reduce<(typeof named)[number] | null>(
        (best, one) => (best && best.ref.length >= one.ref.length ? best : one),
        null,
      );
    }
    return name === '' ? (groups.find(({ ref }) => label === `Priority ${ref}`) ?? null) : null;
  }

  /** The plan's outcomes, and after them those that its actions name besides. */
  outcomesWith(
    others: readonly UnderstoodOutcome[],
    actions: readonly Pick<FullAction, 'group' | 'outcome'>[],
  ): UnderstoodOutcome[] {
    const own = this.outcomes();
    const isNew = ({ group, ref }: UnderstoodOutcome): boolean =>
      !own.some((one) => one.group === group && one.ref === ref) &&
      actions.some((action) => action.group === group && action.outcome === ref);
    return [...own, ...others.filter(isNew)];
  }

  /** The outcome that an action's cell names; null where it names none, undefined where it names one that the lists lack. */
  outcomeOf(cell: string, group: string): string | null | undefined {
    if (cell === '') return null;
    const ref = splitLeadingRef(cell)?.ref;
    const known = this.outcomes().find(
      (one) =>
        one.group === group && (one.ref === cell || cell.startsWith(`${one.ref}: `) || one.ref === ref),
    );
    return known?.ref ?? (readRef(cell)?.ref === cell ? cell : undefined);
  }

  /** The steps of an action, by its priority and ref, and where several have that ref by its words. */
  stepsOf(action: Pick<FullAction, 'group' | 'ref' | 'title'>, question: StatusQuestion): UnderstoodStep[] {
    const ofRef = this.rows('steps').filter(
      ({ cells: [group, ref] }) => group === action.group && ref === action.ref,
    );
    const ofTitle = ofRef.filter(({ cells: [, , title] }) => title === action.title);
    const titles = new Set(ofRef.map(({ cells: [, , title] }) => title));
    const own = ofTitle.length > 0 || titles.size > 1 ? ofTitle : ofRef;
    return own.map(({ cells: [, , , text = '', date = '', status = ''] }) => ({
      text,
      date: readTargetDate(date),
      status: status === '' ? null : statusIn(status, question),
    }));
  }

  parts(readNames: ReadNames, question: StatusQuestion): OwnParts {
    return {
      milestones: this.rows('milestones').map(
        ({
          cells: [group = '', ref = '', text = '', action = '', when = '', status = ''],
        }): UnderstoodMilestone => ({
          ref: ref || null,
          group: group || null,
          action: action || null,
          text,
          when: readTargetDate(when),
          status: statusIn(status, question),
        }),
      ),
      assurance: this.rows('assurance').map(
        ({ cells: [group = '', activity = '', complete = '', impact = ''] }) => ({
          group: group || null,
          activity,
          complete,
          impact,
        }),
      ),
      recommendations: this.rows('recommendations').map(({ cells: [group = '', ref = '', text = ''] }) => ({
        group: group || null,
        ref: ref || null,
        text,
      })),
      measures: this.measures(readNames),
    };
  }

  private measures(readNames: ReadNames): UnderstoodMeasure[] {
    const sheet = this.sheets.get('measures');
    if (!sheet) return [];
    const columns = sheet.heads.map((head, at) => ({ head, at })).slice(HEADS.measures.length);
    const timed = columns.filter(({ head }) => head !== '' && head !== COMMENT);
    const interim = timed.filter(({ head }) => head.startsWith(INTERIM));
    const readings = timed.filter(({ head }) => !head.startsWith(INTERIM));
    const comment = columns.find(({ head }) => head === COMMENT)?.at ?? -1;
    return sheet.rows.map(({ cells, where }) => {
      const [group = '', ref = '', name = '', owner = '', target = '', baseline = '', asked = ''] = cells;
      const given = readings.filter(({ at }) => (cells[at] ?? '') !== '');
      // One that is asked for and has neither owner, target nor reading is told by its blank cells.
      const isAskedBlank = asked !== '' && owner === '' && target === '' && given.length === 0;
      return {
        ref: ref || null,
        name,
        group: group || null,
        owners: owner === '' ? [] : readNames(owner, where),
        target: readTargetFigure(target),
        baseline,
        interim: interim.flatMap(({ head, at }) =>
          (cells[at] ?? '')
            .split('\n')
            .filter((text) => text !== '')
            .map((text) => ({ when: timeOf(head.slice(INTERIM.length)), text })),
        ),
        readings: (isAskedBlank ? readings : given).map(({ head, at }) => {
          const text = cells[at] ?? '';
          return { period: timeOf(head), text, ...readFigure(text) };
        }),
        narrative: cells[comment] ?? '',
      };
    });
  }
}

/** The month as `2024-04`, else the head's own words. */
function timeOf(head: string): string {
  return readPeriod(head) ?? head;
}

function statusIn(text: string, question: StatusQuestion): UnderstoodMilestone['status'] {
  return { text, key: readStatusText(text, question).key };
}

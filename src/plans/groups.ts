import { refSortKey } from '../domain/refs';
import type { FullAction, FullLead, FullPlan, Problem, UnderstoodOutcome } from '../domain/understood';
import { groupPartOf } from './actionRefs';
import type { ColumnMap } from './columns';
import type { Glossary } from './glossary';
import type { PrintedName } from './nameVariants';
import type { Placed, RawAction, RawGroup, RawOutcome } from './rawPlan';
import { RepeatedDoubts } from './repeatedDoubts';
import { partLeads, readGroupText, splitLeadingRef, tidyGroupRef } from './rowKinds';
import { problem, quote } from './tables';

/** A group while the file is being read. */
interface GroupDraft {
  ref: string;
  title: string;
  where: string;
  readonly leads: FullLead[];
  readonly narrative: string[];
  /** Texts of leads that have been read already: a column repeats them on each row. */
  readonly seenLeads: Set<string>;
}

/** The groups and outcomes of a plan as they come up: by a heading, by a column, by the sheet, or by the first step of a ref. */
export class Groups {
  readonly repeated = new RepeatedDoubts();
  private readonly drafts: GroupDraft[] = [];
  private readonly names: PrintedName[] = [];
  private readonly taken = new Set<string>();
  private readonly found: { ref: string; group: string; title: string }[] = [];
  private readonly outcomeTitles = new Map<RawOutcome, string>();
  /** The last group that a column named: a blank cell below it means the same one. */
  private fromColumn: { header: ColumnMap; group: GroupDraft } | null = null;
  /** The last outcome that a column named, in the same way. */
  private outcomeAbove: { readonly header: ColumnMap; readonly ref: string; readonly group: string } | null =
    null;

  constructor(
    private readonly problems: Problem[],
    private readonly glossary: Glossary,
  ) {}

  /** The ref of an action's group. */
  of(raw: RawAction, sheetGroup: RawGroup | null, isOutcomeGroup: boolean): string {
    const group =
      this.byColumn(raw) ??
      this.byHeading(raw.group) ??
      this.byHeading(sheetGroup) ??
      (isOutcomeGroup ? this.byOutcome(raw) : null) ??
      this.byRef(raw);
    this.addLeads(group, raw.fields.get('groupLead'));
    return group.ref;
  }

  /** The ref of a heading's group, for what stands under it besides actions; null under none. */
  ofHeading(heading: RawGroup | null): string | null {
    return this.byHeading(heading)?.ref ?? null;
  }

  /** The ref of the group that a cell names, by its ref or its title (`Priority 2`, `2`, `Health`); null where no group is called so. */
  namedIn(text: string): string | null {
    if (text === '') return null;
    const { ref, title } = readGroupCell(text, '');
    const isNamed = (draft: GroupDraft): boolean =>
      ref === ''
        ? draft.title.toLowerCase() === title.toLowerCase()
        : draft.ref.toLowerCase() === ref.toLowerCase();
    return this.drafts.find(isNamed)?.ref ?? null;
  }

  take(ref: string): void {
    this.taken.add(refSortKey(ref));
  }

  isTaken(ref: string): boolean {
    return this.taken.has(refSortKey(ref));
  }

  printedNames(): PrintedName[] {
    return this.names;
  }

  /** Keeps an outcome that has a row or a line of its own. */
  addOutcome(outcome: RawOutcome): void {
    const part = groupPartOf(outcome.ref);
    const group =
      this.ofHeading(outcome.group) ?? this.drafts.find(({ ref }) => ref === part)?.ref ?? part ?? '';
    this.outcomeTitles.set(outcome, this.keepOutcome(outcome.ref, group, outcome.title));
  }

  /** The ref of the outcome that an action serves: by its ref's first steps, by its own cell, by the row above it. */
  outcomeOf(raw: RawAction, ref: string, group: string, isOutcomeGroup: boolean): string | null {
    if (isOutcomeGroup && raw.group === null) return null;
    const byColumn = this.outcomeByColumn(raw, group);
    if (byColumn !== null) return byColumn;
    const stem = /^(.*\d)[.][^.]+$/.exec(ref)?.[1];
    const byRef = this.found.find((one) => one.ref === stem && one.group === group && one.ref !== group);
    return byRef?.ref ?? (raw.outcome ? (this.outcomeTitles.get(raw.outcome) ?? null) : null);
  }

  /** The outcomes that were found, in the file's order. */
  outcomes(): UnderstoodOutcome[] {
    return this.found;
  }

  /** The groups that have actions or anything else, in the file's order. */
  list(actions: readonly FullAction[], others: ReadonlySet<string>): FullPlan['groups'] {
    const used = new Set([...actions.map(({ group }) => group), ...others]);
    return this.drafts
      .filter(({ ref }) => used.has(ref))
      .map(({ ref, title, leads, narrative }) => ({
        ref,
        title: title || this.onlyOutcome(ref, actions),
        leads: leads.map(({ name, role, code }) => ({ name, role, code })),
        narrative: narrative.join('\n'),
      }));
  }

  /** A group that has no title of its own and one outcome is called by it. */
  private onlyOutcome(ref: string, actions: readonly FullAction[]): string {
    const refs = new Set(actions.flatMap(({ group, outcome }) => (group === ref ? [outcome] : [])));
    const [only] = refs;
    return (refs.size === 1 && this.found.find((one) => one.ref === only && one.group === ref)?.title) || '';
  }

  private keepOutcome(ref: string, group: string, title: string): string {
    const known = this.found.find(
      (one) => one.group === group && (ref === '' ? one.title === title : one.ref === ref),
    );
    if (known) return known.ref;
    const count = this.found.filter((one) => one.group === group).length + 1;
    const made = ref || `O${group === '' ? '' : `${group}.`}${count}`;
    this.found.push({ ref: made, group, title });
    return made;
  }

  private outcomeByColumn(raw: RawAction, group: string): string | null {
    const text = raw.fields.get('outcome')?.text ?? '';
    const own = raw.fields.get('outcomeRef')?.text ?? '';
    if (text === '' && own === '') {
      const { outcomeAbove } = this;
      const hasColumn = raw.header.columns.has('outcome') || raw.header.columns.has('outcomeRef');
      const isSame = hasColumn && outcomeAbove?.header === raw.header && outcomeAbove.group === group;
      return isSame ? outcomeAbove.ref : null;
    }
    const leading = splitLeadingRef(text);
    const ref = this.keepOutcome(own || (leading?.ref ?? ''), group, leading?.title ?? text);
    this.outcomeAbove = { header: raw.header, ref, group };
    return ref;
  }

  private byColumn(raw: RawAction): GroupDraft | null {
    const { columns } = raw.header;
    if (!columns.has('group') && !columns.has('groupTitle')) return null;
    const [printed, title] = [raw.fields.get('group')?.text ?? '', raw.fields.get('groupTitle')?.text ?? ''];
    const { rest: label, leads } = partLeads(printed);
    if (label === '' && title === '') {
      const isSameTable = this.fromColumn?.header === raw.header && raw.group === null;
      return isSameTable ? (this.fromColumn?.group ?? null) : null;
    }
    const own = raw.fields.get('outcomeRef')?.text ?? '';
    const named = readGroupCell(label, title);
    const isNumbered = named.ref === '' && own !== '' && !raw.header.columns.has('outcome');
    const group = this.find(
      isNumbered ? { ...named, ref: own.replace(/[.)]$/, '') } : named,
      raw.fields.get('group')?.where ?? raw.where,
    );
    this.addLeads(
      group,
      leads === '' ? undefined : { text: leads, where: raw.fields.get('group')?.where ?? raw.where },
    );
    this.fromColumn = { header: raw.header, group };
    return group;
  }

  /** Where nothing else parts the actions, the objectives do. */
  private byOutcome(raw: RawAction): GroupDraft | null {
    const text = raw.fields.get('outcome')?.text ?? '';
    const own = (raw.fields.get('outcomeRef')?.text ?? '').replace(/[.)]$/, '');
    if (text === '' && own === '') {
      if (raw.outcome)
        return this.find({ ref: raw.outcome.ref, title: raw.outcome.title }, raw.outcome.where);
      return this.fromColumn?.header === raw.header ? this.fromColumn.group : null;
    }
    const leading = splitLeadingRef(text);
    const named = { ref: own || (leading?.ref ?? ''), title: leading?.title ?? text };
    const group = this.find(named, raw.fields.get('outcome')?.where ?? raw.where);
    this.fromColumn = { header: raw.header, group };
    return group;
  }

  private byHeading(heading: RawGroup | null): GroupDraft | null {
    if (!heading) return null;
    const group = this.find(heading, heading.where);
    for (const leads of heading.leads) this.addLeads(group, leads);
    for (const text of heading.narrative) if (!group.narrative.includes(text)) group.narrative.push(text);
    return group;
  }

  private byRef(raw: RawAction): GroupDraft {
    const part = raw.ref === null ? null : groupPartOf(raw.ref);
    if (part !== null) return this.find({ ref: part, title: '' }, raw.where);
    return this.find({ ref: '', title: 'All actions' }, raw.where);
  }

  private find({ ref, title }: Pick<RawGroup, 'ref' | 'title'>, where: string): GroupDraft {
    const known = this.drafts.find((draft) =>
      ref === '' ? draft.title.toLowerCase() === title.toLowerCase() : draft.ref === ref,
    );
    if (known) {
      if (known.title === '') known.title = title;
      return known;
    }
    const made: GroupDraft = {
      ref: ref === '' ? this.freeRef() : ref,
      title,
      where,
      leads: [],
      narrative: [],
      seenLeads: new Set(),
    };
    if (ref === '') {
      this.problems.push(
        problem(
          'note',
          where,
          `The group ${quote(title)} has no ref in the file: it is called ${made.ref} here.`,
        ),
      );
    }
    this.drafts.push(made);
    return made;
  }

  private freeRef(): string {
    let count = 1;
    while (this.drafts.some(({ ref }) => ref === String(count))) count += 1;
    return String(count);
  }

  private addLeads(group: GroupDraft, cell: Placed | undefined): void {
    if (!cell || cell.text === '' || group.seenLeads.has(cell.text)) return;
    group.seenLeads.add(cell.text);
    const reading = this.glossary.read(cell.text);
    this.repeated.addLeads(reading, cell.where);
    for (const lead of reading.leads) {
      if (group.leads.some(({ name }) => name === lead.name)) continue;
      group.leads.push(lead);
      this.names.push({ name: lead.name, where: cell.where });
    }
  }
}

/** A group from its cells: `1` and its title, `Priority 1: title`, `1. title`, or a title alone. */
function readGroupCell(label: string, title: string): { ref: string; title: string } {
  const named =
    readGroupText(label) ??
    (/^[A-Z]{0,3}\d{1,2}[a-z]?\.?$|^[A-Z]$/i.test(label)
      ? { ref: tidyGroupRef(label.replace(/\.$/, '')), title: '' }
      : null);
  if (named) return { ref: named.ref, title: title || named.title };
  const leading = splitLeadingRef(label === '' ? title : label);
  if (leading) return { ref: leading.ref, title: label !== '' && title !== '' ? title : leading.title };
  return { ref: '', title: title || label };
}

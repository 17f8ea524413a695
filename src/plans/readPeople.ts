import type { UnderstoodPlan } from '../domain/understood';
import { foldHeader } from './headerWords';
import { isPersonName } from './personNames';
import type { Placed, RawSection } from './rawPlan';
import { bareName } from './sections';
import { type Row, textAt } from './tables';

export type KnownPerson = UnderstoodPlan['people'][number];

type Field = 'code' | 'name' | 'role' | 'organisation';

const FIELDS: readonly (readonly [Field, RegExp])[] = [
  ['code', /^(?:initials?|abbreviations?|acronyms?|codes?|short(?:ened)? (?:form|name)|abbr|term)\b/],
  [
    'organisation',
    /\b(?:organi[sz]ation|agency|service|team|directorate|partner|employer|representing|company)\b/,
  ],
  ['role', /\b(?:roles?|job|title|post|position|designation|responsib\w*)\b/],
  [
    'name',
    /\b(?:names?|officer|person|people|lead|full|meaning|stands|definition|descriptions?|explanation)\b/,
  ],
];

/**
 * Reads a table of people or of abbreviations, with or without a header: initials or a code, name, role, organisation. What stands
 * for a team and not for a person has its words as the name.
 */
export function readPeople({ header, rows }: RawSection): KnownPerson[] {
  const fields = header ? fieldsOfHeader(header) : new Map<Field, number>();
  const cells = rows.map(({ row }) => row);
  for (const [field, column] of fieldsOfCells(cells)) {
    const isFree = ![...fields.values()].includes(column);
    if (!fields.has(field) && isFree) fields.set(field, column);
  }
  return cells.flatMap((row) => {
    const text = (field: Field): string => {
      const column = fields.get(field);
      return column === undefined ? '' : textAt(row, column).replace(/\s+/g, ' ').trim();
    };
    if (text('name') === '' && text('role') === '') return [];
    const named = partName(text('name') || text('role'));
    return [
      {
        code:
          text('code')
            .replace(/\./g, '')
            .replace(/\b(\p{L}) (?=\p{L}\b)/gu, '$1') || null,
        name: named.name,
        role: (text('name') === '' ? '' : text('role')) || named.role,
        organisation: text('organisation') || null,
      },
    ];
  });
}

/** Reads a line of a glossary: `AC – Ann Cole, Head of Service`; null for any other line. */
export function readPersonLine({ text }: Placed): KnownPerson | null {
  const match = /^([A-Z][A-Za-z&.]{0,6}\d?)\s*(?:[–—:=-]|\t)\s*(\S.+)$/.exec(text.trim());
  if (!match?.[1] || !match[2]) return null;
  const { name, role } = partName(match[2]);
  return { code: match[1].replace(/\./g, ''), name, role, organisation: null };
}

/** "Ann Cole, Head of Service" and "Ann Cole (Head of Service)" are a name and a role. */
function partName(text: string): { name: string; role: string | null } {
  const match = /^(.+?)\s*(?:\(\s*(.+?)\)?|(?:,|\s[–-]\s)\s*(.+))$/.exec(text);
  const role = match?.[2] ?? match?.[3];
  return match?.[1] && role && isPersonName(bareName(match[1]))
    ? { name: match[1], role }
    : { name: text, role: null };
}

function fieldsOfHeader(header: Row): Map<Field, number> {
  const fields = new Map<Field, number>();
  for (const [column, { text }] of header.cells.entries()) {
    const folded = foldHeader(text);
    const field = FIELDS.find(([name, pattern]) => !fields.has(name) && pattern.test(folded))?.[0];
    if (folded !== '' && field) fields.set(field, column);
  }
  return fields;
}

/** What the columns hold by the looks of their cells. */
function fieldsOfCells(rows: readonly Row[]): [Field, number][] {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const share = (column: number, test: (text: string) => boolean): number => {
    const texts = rows.map((row) => textAt(row, column)).filter((text) => text !== '');
    return texts.length === 0 ? 0 : texts.filter(test).length / texts.length;
  };
  const columns = Array.from({ length: width }, (_, column) => column);
  const best = (test: (text: string) => boolean): number | undefined => {
    const ranked = columns
      .map((column) => ({ column, fit: share(column, test) }))
      .sort((a, b) => b.fit - a.fit);
    return ranked[0] && ranked[0].fit >= 0.5 ? ranked[0].column : undefined;
  };
  const name = best((text) => isPersonName(bareName(partName(text).name)));
  const code = best((text) => /^[A-Z][A-Za-z&.]{1,5}\d?$/.test(text));
  const found: [Field, number][] = [];
  if (code !== undefined && code !== name) found.push(['code', code]);
  const rest = columns.filter(
    (column) => column !== code && column !== name && share(column, (text) => text !== '') > 0,
  );
  const named = name ?? rest.shift();
  if (named !== undefined) found.push(['name', named]);
  if (rest[0] !== undefined) found.push(['role', rest[0]]);
  if (rest[1] !== undefined) found.push(['organisation', rest[1]]);
  return found;
}

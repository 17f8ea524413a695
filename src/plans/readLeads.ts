import type { UnderstoodLead } from '../domain/understood';
import { looksComplete, mergeWhatBelongsTogether, type RoleByComma } from './joinLeads';
import { MARKED, type Piece, splitPieces } from './leadPieces';
import {
  isBeforeName,
  isPersonName,
  isShortName,
  PARTICLES,
  personBeside,
  ROLE_WORDS,
  TEAM_WORDS,
} from './personNames';

/** The leads of a cell, and what a person should settle about them. */
export interface LeadsReading {
  readonly leads: readonly UnderstoodLead[];
  /** Plain sentences; empty when the cell has one meaning. */
  readonly doubts: readonly string[];
  /** Posts behind a comma that were taken as the role of the person before it. */
  readonly rolesByComma: readonly RoleByComma[];
  /** Leads that are no person's name but a role, a team, a board or initials, as printed. */
  readonly notPeople: readonly string[];
}

const NOBODY =
  /^(?:tbc|tbd|tba|to be (?:confirmed|decided|agreed|appointed|advised|identified)|n\.?\/?a\.?|-+|none|vacant|vacancy|unknown|\?+|not (?:known|assigned|allocated))$/i;
/**
 * Reads the leads of a cell: `Name (Role, with commas and "and")`, several parted by `,` `;` `/` `and` `&`, a line
 * break or nothing at all, co-leads in square brackets or called so. A role, a team or initials are kept as they are
 * printed. What could be one lead or two stays one, and a doubt says so; nobody is made up.
 */
export function readLeads(text: string): LeadsReading {
  const doubts: string[] = [];
  const notPeople: string[] = [];
  const pieces = splitPieces(normalise(text), doubts);
  const rolesByComma: RoleByComma[] = [];
  const merged = mergeWhatBelongsTogether(pieces, doubts, rolesByComma);
  const leads: UnderstoodLead[] = [];
  let carried: UnderstoodLead['kind'] | null = null;
  for (const piece of merged) {
    const read = leadOf(piece, doubts);
    if (read === null) continue;
    // "Support: AB, CD": both support.
    if (MARKED.test(piece.name)) carried = read.kind;
    else if (piece.separator === '\n' || piece.separator === ';' || piece.separator === '[') carried = null;
    const lead = carried === null ? read : { ...read, kind: carried };
    if (NOBODY.test(lead.name)) {
      doubts.push(`“${lead.name}” names nobody.`);
      continue;
    }
    if (leads.some(({ name }) => name === lead.name)) continue;
    leads.push(lead);
    if (!isPersonName(lead.name)) notPeople.push(lead.name);
    if (mayBeSeveral(lead.name)) {
      doubts.push(`“${lead.name}” may be several leads: part them by semicolons if they are.`);
    }
  }
  return { leads, doubts, rolesByComma, notPeople };
}

/** Four capitalised words in a row, or the names of several posts, with nothing that parts them. */
function mayBeSeveral(name: string): boolean {
  const words = name.split(' ').filter((word) => !isBeforeName(word) && !PARTICLES.test(word));
  if (isPersonName(name)) return words.length >= 4;
  const posts =
    name.match(/\b(?:manager|commissioner|head of|director|officer|coordinator|staff|psychologist)\b/gi) ??
    [];
  return posts.length >= 2 && !/[&/,]|\band\b/.test(name);
}

/** "Head of Early Help / schools / health visitors", "Parent Carer Forum / Data Manager": spaced strokes part a list, or two whole posts or teams. */
function partAtStrokes(text: string): string {
  if (/[;\n]/.test(text)) return text;
  const parts = text.split(/\s+\/\s+(?=\S)/);
  const isList = parts.length >= 3 || (parts.length === 2 && parts.every(looksComplete));
  return isList ? parts.join('; ') : text;
}

function normalise(text: string): string {
  return (
    partAtStrokes(text)
      .normalize('NFC')
      .replace(/\p{Cf}/gu, '')
      .replace(/[‐‑]/g, '-')
      // A bracket on a line of its own belongs to the name above it.
      .replace(/\s*\n\s*(?=\()/g, ' ')
      // Leads in a list.
      .replace(/^[ \t]*[•▪●*➤–-]\s*(?=\p{L})/gmu, '')
      // "Lead: AB Support: CD, EF" on one line.
      .replace(/\s+(?=(?:support(?:ed by|ing)?|co-?leads?|joint leads?|deputy leads?|leads?)\s*:)/gi, '\n')
      .replace(/^\s*(?:named\s+|action\s+)?(?:leads?|owners?|responsible)\s*[:–-]\s*/i, '')
      .trim()
  );
}

const CO_LEAD = /\b(?:co-?\s?lead|joint lead|support(?:ed)?(?: by)?|deputy lead)\b/i;

function leadOf(piece: Piece, doubts: string[]): UnderstoodLead | null {
  let { name } = piece;
  let kind = piece.kind;
  const roles = piece.roles.filter((role) => {
    const isMark = /^(?:co-?\s?lead|lead|joint lead|support|deputy lead)$/i.test(role);
    if (isMark && CO_LEAD.test(role)) kind = 'co-lead';
    return !isMark && role !== '';
  });
  const marked =
    /^(?:(co-?\s?leads?|joint leads?|support(?:ed by|ing)?|deputy leads?)|leads?)\s*[:–-]\s*/i.exec(name) ??
    /^(supported by|co-?\s?lead)\s+/i.exec(name);
  if (marked) {
    name = name.slice(marked[0].length);
    if (marked[1]) kind = 'co-lead';
  }
  if (name === '' && roles.length === 0) return null;
  if (name === '') return { name: roles.join(', '), role: null, kind };
  const person = personBeside(name);
  if (person) return { name: person.name, role: [person.role, ...roles].join(', '), kind };
  const [inside] = roles;
  if (
    !isPersonName(name) &&
    inside !== undefined &&
    roles.length === 1 &&
    isPersonName(inside) &&
    !isShortName(name)
  ) {
    const isPlain = ROLE_WORDS.test(name) || TEAM_WORDS.test(name);
    if (!isPlain) doubts.push(`“${name} (${inside})” was read as ${inside} in the role of ${name}.`);
    return { name: inside, role: name, kind };
  }
  return { name, role: roles.length > 0 ? roles.join(', ') : null, kind };
}

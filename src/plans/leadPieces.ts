import type { UnderstoodLead } from '../domain/understood';
import { isPersonName } from './personNames';

/** What says that a lead or a helper follows: "Support: EP Service". */
export const MARKED =
  /^(?:co-?\s?leads?|joint leads?|support(?:ed by|ing)?|deputy leads?|leads?)\s*[:–-]\s*/i;

/** A stretch of the cell between two separators, with the brackets that belong to it. */
export interface Piece {
  readonly name: string;
  readonly roles: readonly string[];
  readonly kind: UnderstoodLead['kind'];
  /** What stood before it: `and`, `&` and `/` may also be inside one role or team. */
  readonly separator: string;
}

/** Parts the cell at its separators outside brackets. Square brackets hold co-leads and are parted within. */
export function splitPieces(text: string, doubts: string[]): Piece[] {
  const pieces: Piece[] = [];
  let name = '';
  let roles: string[] = [];
  let separator = '';
  let kind: UnderstoodLead['kind'] = 'lead';
  const finish = (next: string): void => {
    if (tidy(name) !== '' || roles.length > 0) {
      pieces.push({ name: tidy(name), roles, kind, separator });
      separator = next;
    } else if (next !== '' && !/^[,\n]/.test(next)) {
      separator = next;
    }
    name = '';
    roles = [];
  };
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '[' || char === ']') {
      finish('[');
      kind = char === '[' ? 'co-lead' : 'lead';
      if (char === '[' && !text.includes(']', at))
        doubts.push('A square bracket is not closed: what follows it was read as co-leads.');
      at += 1;
      continue;
    }
    if (char === '(') {
      const bracket = readBracket(text, at);
      if (bracket.broken) doubts.push(bracket.broken);
      roles.push(tidy(bracket.role));
      at = bracket.end;
      continue;
    }
    if (char === ')') {
      name = name.trimEnd();
      const role = /^(.*\S)\s+([A-Z]{2,6})$/.exec(name);
      if (role?.[1] && role[2] && isPersonName(role[1])) {
        name = role[1];
        roles.push(role[2]);
      }
      doubts.push(`A bracket is closed that was never opened, after “${tidy(name)}”.`);
      at += 1;
      continue;
    }
    const mark = separatorAt(text, at, roles.length > 0);
    if (mark) {
      finish(mark.trim() === '' ? '\n' : mark.trim().toLowerCase());
      at += mark.length;
      continue;
    }
    // "A (Role) B (Role)": a new name begins right after a bracket, with nothing between.
    if (roles.length > 0 && /\p{L}/u.test(char) && !/[-–]\s/.test(name)) finish('');
    name += char;
    at += 1;
  }
  finish('');
  return pieces;
}

const SEPARATORS = /[;,]|\s*\n\s*|\s+(?:and|with)\s+(?=\S)|\s*&\s*|\s*\/\s*|\s+\+\s+/iy;

function separatorAt(text: string, at: number, afterBracket: boolean): string | null {
  if (afterBracket && /^\s*\.\s*(?=\p{Lu})/u.test(text.slice(at)))
    return /^\s*\.\s*/.exec(text.slice(at))?.[0] ?? null;
  SEPARATORS.lastIndex = at;
  return SEPARATORS.exec(text)?.[0] ?? null;
}

interface Bracket {
  readonly role: string;
  readonly end: number;
  readonly broken: string | null;
}

/** Reads a round bracket from its opening on. One that is never closed ends where the next person's name begins. */
function readBracket(text: string, open: number): Bracket {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === ')') depth -= 1;
    if (char === '(' && depth === 1) {
      const inside = text.slice(open + 1, at);
      const cut = Math.max(inside.lastIndexOf(','), inside.lastIndexOf(';'), inside.lastIndexOf('/'));
      const role = inside.slice(0, cut);
      if (cut >= 0 && isPersonName(inside.slice(cut + 1))) {
        return {
          role,
          end: open + 1 + cut,
          broken: `The bracket after “${quoteBefore(text, open)}” is not closed: it was taken to end before “${inside.slice(cut + 1).trim()}”.`,
        };
      }
    }
    if (char === '(') depth += 1;
    if (depth === 0) return { role: text.slice(open + 1, at), end: at + 1, broken: null };
    if (char === '[' || char === ']') break;
  }
  const stop = text.slice(open).search(/[[\]]/);
  const end = stop < 0 ? text.length : open + stop;
  return {
    role: text.slice(open + 1, end),
    end,
    broken: `The bracket after “${quoteBefore(text, open)}” is not closed.`,
  };
}

function quoteBefore(text: string, at: number): string {
  return (
    tidy(text.slice(Math.max(0, at - 40), at))
      .split(/[,;/\n]/)
      .at(-1)
      ?.trim() ?? ''
  );
}

function tidy(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:.–-]+|[\s,;:–-]+$/g, '')
    .trim();
}

import type { UnderstoodLead } from '../domain/understood';

/** The leads of a cell, and what a person should settle about them. */
export interface LeadsReading {
  readonly leads: readonly UnderstoodLead[];
  /** Plain sentences; empty when the cell has one meaning. */
  readonly doubts: readonly string[];
  /** Leads that are no person's name but a role, a team, a board or initials, as printed. */
  readonly notPeople: readonly string[];
}

/** A stretch of the cell between two separators, with the brackets that belong to it. */
interface Piece {
  readonly name: string;
  readonly roles: readonly string[];
  readonly kind: UnderstoodLead['kind'];
  /** What stood before it: `and`, `&` and `/` may also be inside one role or team. */
  readonly separator: string;
}

const ROLE_WORDS =
  /\b(?:head|deputy|director|manager|lead|leads|officer|officers|principals?|headteacher|head ?teacher|teacher|chair|chairs|chief|executive|exec|assistant|associate|advis[eo]rs?|co-?ordinators?|commissioners?|psychologists?|nurses?|doctors?|gps?|secretary|clerk|sponsor|owner|strategic|operational|senior|consultants?|practitioners?|therapists?|specialists?|workers?|administrators?|analysts?|partners?|representatives?|reps?|members?|councillor|governor|governors|sencos?|dco|dmo|dsco|business|interim|designated|service|services|matrons?|midwi(?:fe|ves)|registrar|inspector|sergeant|trustees?)\b/i;
const TEAM_WORDS =
  /\b(?:team|teams|board|forum|group|groups|committee|council|partnership|panel|service|services|department|directorate|schools?|academy|academies|college|trust|nhs|icb|ccg|network|steering|all|everyone|working|providers?|organisations?|authority|authorities|hospital|university|charity|health|education|care|send|sen|social|commissioning|families|parents?|carers?|children|transport|hr|communications|comms|performance|safeguarding)\b/i;
/** Words that also are people's names (Wendy Young): two of them together name a team (Early Help). */
const SOFT_TEAM_WORDS =
  /\b(?:young|people|inclusion|access|finance|police|housing|it|data|early|years|help|public|adults?|care|skills|economy|improvement)\b/gi;
const NOBODY =
  /^(?:tbc|tbd|tba|to be (?:confirmed|decided|agreed|appointed|advised|identified)|n\.?\/?a\.?|-+|none|vacant|vacancy|unknown|\?+|not (?:known|assigned|allocated))$/i;
const PARTICLES = /^(?:de|da|di|del|della|van|von|der|den|la|le|bin|al|el|o|mc|mac|st)$/i;
const HONORIFICS = /^(?:dr|mr|mrs|ms|miss|mx|prof|professor|cllr|councillor|sir|dame|rev|lord|lady)\.?$/i;
const CODE = /^[A-Z][A-Z&]{1,4}\d?$/;

/** Whether a text reads as one person's full name: two to five capitalised words and no word of a role or team. */
export function isPersonName(text: string): boolean {
  const words = text
    .trim()
    .split(/\s+/)
    .filter((word) => !HONORIFICS.test(word));
  if (words.length < 2 || words.length > 5) return false;
  const plain = words.join(' ');
  if (ROLE_WORDS.test(plain) || TEAM_WORDS.test(plain)) return false;
  if ((plain.match(SOFT_TEAM_WORDS) ?? []).length > 1) return false;
  const isNameWord = (word: string): boolean =>
    /^\p{Lu}[\p{L}\p{M}’'.-]*$/u.test(word) || PARTICLES.test(word);
  const allCapitals = words.every((word) => word.length > 1 && word === word.toUpperCase());
  return (
    words.every(isNameWord) &&
    /^\p{L}/u.test(words.at(-1) ?? '') &&
    (!allCapitals || words.every((word) => word.length > 2))
  );
}

/** A first name alone, or initials: enough to part "Ann and Bob" or "AC/BD", not enough to know who it is. */
function isShortName(text: string): boolean {
  if (CODE.test(text)) return true;
  return /^\p{Lu}\p{Ll}+(?:\s\p{Lu}\.?)?$/u.test(text) && !ROLE_WORDS.test(text) && !TEAM_WORDS.test(text);
}

/**
 * Reads the leads of a cell: `Name (Role, with commas and "and")`, several parted by `,` `;` `/` `and` `&`, a line
 * break or nothing at all, co-leads in square brackets or called so. A role, a team or initials are kept as they are
 * printed. What could be one lead or two stays one, and a doubt says so; nobody is made up.
 */
export function readLeads(text: string): LeadsReading {
  const doubts: string[] = [];
  const notPeople: string[] = [];
  const pieces = splitPieces(normalise(text), doubts);
  const merged = mergeWhatBelongsTogether(pieces, doubts);
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
  return { leads, doubts, notPeople };
}

/** Four capitalised words in a row, or the names of several posts, with nothing that parts them. */
function mayBeSeveral(name: string): boolean {
  const words = name.split(' ').filter((word) => !HONORIFICS.test(word) && !PARTICLES.test(word));
  if (isPersonName(name)) return words.length >= 4;
  const posts =
    name.match(/\b(?:manager|commissioner|head of|director|officer|coordinator|staff|psychologist)\b/gi) ??
    [];
  return posts.length >= 2 && !/[&/,]|\band\b/.test(name);
}

function normalise(text: string): string {
  return (
    text
      .normalize('NFC')
      .replace(/\p{Cf}/gu, '')
      .replace(/[‐‑]/g, '-')
      // "Lead: AB Support: CD, EF" on one line.
      .replace(/\s+(?=(?:support(?:ed by|ing)?|co-?leads?|joint leads?|deputy leads?|leads?)\s*:)/gi, '\n')
      .replace(/^\s*(?:named\s+|action\s+)?(?:leads?|owners?|responsible)\s*[:–-]\s*/i, '')
      .trim()
  );
}

/** Parts the cell at its separators outside brackets. Square brackets hold co-leads and are parted within. */
function splitPieces(text: string, doubts: string[]): Piece[] {
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

/** Joins again what a separator inside one role or team parted, and gives a role after a comma to its person. */
function mergeWhatBelongsTogether(pieces: readonly Piece[], doubts: string[]): Piece[] {
  const merged: Piece[] = [];
  /** Persons whose role stood behind a comma: "Ann Cole, Head of Inclusion" may go on with "and Achievement". */
  const byComma = new Set<Piece>();
  for (const [index, piece] of pieces.entries()) {
    const before = merged.at(-1);
    if (before && isSurnameFirst(before, piece, pieces[index + 1])) {
      merged[merged.length - 1] = join(before, piece);
      doubts.push(`“${before.name}, ${piece.name}” was read as one person, surname first.`);
      continue;
    }
    if (!before || before.kind !== piece.kind) {
      merged.push(piece);
      continue;
    }
    const isWeak = ['and', '&', '/', 'with', '+'].includes(piece.separator);
    const role = before.roles.at(-1);
    if (
      role !== undefined &&
      byComma.has(before) &&
      /^(?:and|&)$/.test(piece.separator) &&
      isField(role, piece)
    ) {
      const whole = {
        ...before,
        roles: [...before.roles.slice(0, -1), `${role} ${piece.separator} ${piece.name}`],
      };
      byComma.add(whole);
      merged[merged.length - 1] = whole;
      continue;
    }
    if (isWeak && !canBePartedAt(before, piece)) {
      merged[merged.length - 1] = join(before, piece);
      if (looksComplete(before.name) && looksComplete(piece.name)) {
        doubts.push(`“${join(before, piece).name}” may be one lead or two: it was kept as one.`);
      }
      continue;
    }
    if (piece.separator === ',' && isRoleOf(before, piece)) {
      const named = { ...before, roles: [...before.roles, piece.name] };
      byComma.add(named);
      merged[merged.length - 1] = named;
      doubts.push(
        `“${piece.name}” was taken as the role of ${before.name}: if it is another lead, part them by a semicolon.`,
      );
      continue;
    }
    if (
      (piece.separator === ',' || isWeak) &&
      PLURAL_ROLE.test(before.name) &&
      before.roles.length === 0 &&
      !isPersonName(piece.name)
    ) {
      merged[merged.length - 1] = join(before, piece);
      continue;
    }
    if (isWeak && isPost(before) && isPost(piece))
      doubts.push(`“${before.name}” and “${piece.name}” were read as two leads: are they one post?`);
    merged.push(piece);
  }
  return joinPosts(merged, doubts);
}

/** A post's own word at its end: "Service Manager", "Lead Teacher". */
const POST_NOUN =
  /\b(?:director|manager|head|lead|officer|commissioner|nurse|advis[eo]r|co-?ordinator|teacher|headteacher|psychologist|principal|worker|partner|analyst|consultant)$/i;
const POST_FIRST = /^(?:\p{Lu}[\p{L}-]+ ){0,2}(?:head|director|manager|lead|commissioner) (?:of|for) \S/iu;
/** "Stokely Community Trust": an organisation by its whole name. */
const ORGANISATION = /^\p{Lu}\S+ .*\b(?:trust|council|ccg|icb|nhs|hospital|university)\b|^nhs \S/iu;
const POST_OF = /\b(?:director|head|manager|lead|commissioner|officer)\b.*\s(?:of|for)\s/i;
const OWN_TEAM =
  /\b(?:teams?|boards?|forum|groups?|committee|council|partnership|panel|network|schools?|settings?|trusts?|nhs|icb|ccg|providers?|hospitals?|parents?|carers?|all)\b/i;

/** "Service Manager, Edge of Care" and "Director of Children, Families and Communities" are a post with its field, not two leads. */
function joinPosts(pieces: readonly Piece[], doubts: string[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const before = joined.at(-1);
    const isField =
      before !== undefined &&
      piece.separator === ',' &&
      before.kind === piece.kind &&
      before.roles.length === 0 &&
      !isPersonName(before.name) &&
      !isPersonName(piece.name) &&
      !CODE.test(piece.name) &&
      !ROLE_WORDS.test(piece.name) &&
      (!OWN_TEAM.test(piece.name) || ORGANISATION.test(piece.name)) &&
      (POST_NOUN.test(before.name) ||
        (POST_FIRST.test(before.name) && ORGANISATION.test(piece.name)) ||
        (POST_OF.test(before.name) && /\s(?:and|&)\s/.test(piece.name)));
    if (!before || !isField) {
      joined.push(piece);
      continue;
    }
    joined[joined.length - 1] = join(before, piece);
    doubts.push(
      `“${before.name}, ${piece.name}” was read as one post: if it is two leads, part them by a semicolon.`,
    );
  }
  return joined;
}

/** The second field of a post: "Achievement" behind "Head of Inclusion". */
function isField(role: string, { name, roles }: Piece): boolean {
  const isWord =
    TEAM_WORDS.test(name) || /(?:ment|tion|sion|ing|ity|ance|ence|ships?|ices?|needs?|skills)$/i.test(name);
  return (
    /\s(?:of|for)\s/i.test(role) &&
    roles.length === 0 &&
    !isPersonName(name) &&
    !ROLE_WORDS.test(name) &&
    isWord
  );
}

/** "Cole, Ann": two single words with nothing else between semicolons. "Ann, Bob, Cy" are three first names. */
function isSurnameFirst(before: Piece, piece: Piece, next: Piece | undefined): boolean {
  const isWord = ({ name, roles }: Piece): boolean =>
    /^\p{Lu}[\p{Ll}\p{Lu}'’-]+$/u.test(name) && isShortName(name) && !CODE.test(name) && roles.length === 0;
  const isPair = piece.separator === ',' && before.separator !== ',' && next?.separator !== ',';
  return (
    isPair &&
    before.kind === piece.kind &&
    isWord(before) &&
    /^\p{Lu}\p{Ll}+$/u.test(piece.name) &&
    !ROLE_WORDS.test(piece.name) &&
    isWord({ ...before, name: before.name })
  );
}

/** "Chairs of A, B and C" is one lead with a list inside. */
const PLURAL_ROLE =
  /^(?:chairs|heads|members|managers|representatives|reps|leaders|headteachers|principals) of\b/i;

function join(before: Piece, piece: Piece): Piece {
  const spaced = /^(?:and|&|with|\+)$/.test(piece.separator)
    ? ` ${piece.separator} `
    : piece.separator === ','
      ? ', '
      : piece.separator;
  return {
    ...before,
    name: `${before.name}${spaced}${piece.name}`,
    roles: [...before.roles, ...piece.roles],
  };
}

/** A weak separator parts two leads only where both sides can stand alone. */
function canBePartedAt(before: Piece, piece: Piece): boolean {
  const standsAlone = (one: Piece): boolean =>
    one.roles.length > 0 || isPersonName(one.name) || isShortName(one.name);
  if (standsAlone(before) && standsAlone(piece)) return true;
  // "Lead Teacher / Therapy Service Manager": two whole posts. With "&" it is mostly one post of two fields.
  if (/^(?:\/|and)$/.test(piece.separator) && isPost(before) && isPost(piece)) return true;
  // "Ann Cole (Head) and SEND Team": a person on one side, a whole team or role on the other.
  const isPerson = (one: Piece): boolean => isPersonName(one.name);
  return (
    (isPerson(before) && looksComplete(piece.name)) ||
    (isPerson(piece) && looksComplete(before.name)) ||
    (before.roles.length > 0 && looksComplete(piece.name))
  );
}

/** A post of two words or more without a name: "Therapy Service Manager – NHS Oxton". */
function isPost({ name, roles }: Piece): boolean {
  const [post = ''] = name.split(/\s[–—-]\s/);
  return /\s/.test(name) && roles.length === 0 && (POST_NOUN.test(post) || POST_FIRST.test(post));
}

/** A role or a team of two words or more: "EHC Team Manager", "SEND Board". */
function looksComplete(name: string): boolean {
  return (
    /\s/.test(name.trim()) &&
    (ROLE_WORDS.test(name) ||
      /\b(?:team|board|forum|group|committee|panel|service|partnership)\b/i.test(name))
  );
}

function isRoleOf(before: Piece, piece: Piece): boolean {
  return (
    isPersonName(before.name) &&
    before.roles.length === 0 &&
    piece.roles.length === 0 &&
    !isPersonName(piece.name) &&
    ROLE_WORDS.test(piece.name)
  );
}

const CO_LEAD = /\b(?:co-?\s?lead|joint lead|support(?:ed)?(?: by)?|deputy lead)\b/i;

const MARKED = /^(?:co-?\s?leads?|joint leads?|support(?:ed by|ing)?|deputy leads?|leads?)\s*[:–-]\s*/i;

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
  const dashed = /^(.+?)\s+[-–—]\s+(.+)$/.exec(name);
  if (dashed?.[1] && dashed[2]) {
    if (isPersonName(dashed[1])) return { name: dashed[1], role: [dashed[2], ...roles].join(', '), kind };
    if (isPersonName(dashed[2]) && roles.length === 0) return { name: dashed[2], role: dashed[1], kind };
  }
  const [inside] = roles;
  if (
    !isPersonName(name) &&
    inside !== undefined &&
    roles.length === 1 &&
    isPersonName(inside) &&
    !isShortName(name)
  ) {
    doubts.push(`“${name} (${inside})” was read as ${inside} in the role of ${name}.`);
    return { name: inside, role: name, kind };
  }
  return { name, role: roles.length > 0 ? roles.join(', ') : null, kind };
}

import { MARKED, type Piece } from './leadPieces';
import { CODE, isPersonName, isShortName, personBeside, ROLE_WORDS, TEAM_WORDS } from './personNames';

/** "Ann Cole, Head of Care": it may be one lead or two. */
export interface RoleByComma {
  readonly name: string;
  readonly role: string;
}

/** Joins again what a separator inside one role or team parted, and gives a role after a comma to its person. */
export function mergeWhatBelongsTogether(
  pieces: readonly Piece[],
  doubts: string[],
  rolesByComma: RoleByComma[],
): Piece[] {
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
    // "Ann Cole, Head of Care, Oxton Council" and "Deputy Director (Care), Oxton Council": where the post is.
    if (piece.separator === ',' && role !== undefined && isOrganisation(piece)) {
      const placed = { ...before, roles: [...before.roles, piece.name] };
      if (byComma.has(before)) byComma.add(placed);
      merged[merged.length - 1] = placed;
      continue;
    }
    // "Service Manager" on the line below a person, and ", Care Leavers" behind it.
    if (piece.separator === ',' && role !== undefined && byComma.has(before) && isFieldOfPost(role, piece)) {
      const whole = { ...before, roles: [...before.roles.slice(0, -1), `${role}, ${piece.name}`] };
      byComma.add(whole);
      merged[merged.length - 1] = whole;
      continue;
    }
    if ((piece.separator === ',' || piece.separator === '\n') && isRoleOf(before, piece)) {
      const named = { ...before, roles: [...before.roles, piece.name] };
      byComma.add(named);
      merged[merged.length - 1] = named;
      // A post on the line below its person is plain.
      if (piece.separator === ',') rolesByComma.push({ name: before.name, role: piece.name });
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
  return joinPosts(merged, doubts, rolesByComma);
}

/** A post's own word at its end: "Service Manager", "Lead Teacher". */
const POST_NOUN =
  /\b(?:director|manager|head|lead|officer|commissioner|nurse|advis[eo]r|co-?ordinator|teacher|headteacher|psychologist|principal|worker|partner|analyst|consultant)$/i;
const POST_FIRST = /^(?:\p{Lu}[\p{L}-]+ ){0,2}(?:head|director|manager|lead|commissioner) (?:of|for) \S/iu;
/** "Stokely Community Trust", "NHS Stokely": an organisation by its whole name. */
const ORGANISATION = /^\p{Lu}\S+ .*\b(?:trust|council|ccg|icb|nhs|hospital|university)\b|^nhs \S/iu;

function isOrganisation({ name, roles }: Piece): boolean {
  return roles.length === 0 && (ORGANISATION.test(name) || /^(?:icb|ccg|nhs)$/i.test(name));
}

const POST_OF = /\b(?:director|head|manager|lead|commissioner|officer)\b.*\s(?:of|for)\s/i;
const OWN_TEAM =
  /\b(?:teams?|boards?|forum|groups?|committee|council|partnership|panel|network|schools?|settings?|trusts?|nhs|icb|ccg|providers?|hospitals?|parents?|carers?|all)\b/i;

/** "Service Manager, Edge of Care" and "Director of Children, Families and Communities" are a post with its field, not two leads. */
function joinPosts(pieces: readonly Piece[], doubts: string[], rolesByComma: RoleByComma[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const before = joined.at(-1);
    // "Ann Cole, Participation and Engagement Manager": the post has been joined by now.
    if (before && piece.separator === ',' && before.kind === piece.kind && isRoleOf(before, piece)) {
      joined[joined.length - 1] = { ...before, roles: [piece.name] };
      rolesByComma.push({ name: before.name, role: piece.name });
      continue;
    }
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
    // An organisation behind a post is where the post is, and leads nothing by itself; one person in brackets holds one post.
    if (isOrganisation(piece) || piece.roles.some(isPersonName)) continue;
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

/** The field of a post: "Care Leavers" behind "Service Manager,". */
function isFieldOfPost(role: string, { name, roles }: Piece): boolean {
  return (
    POST_NOUN.test(role) &&
    roles.length === 0 &&
    !isPersonName(name) &&
    !CODE.test(name) &&
    !ROLE_WORDS.test(name) &&
    !OWN_TEAM.test(name)
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
    one.roles.length > 0 ||
    isPersonName(one.name) ||
    isShortName(one.name) ||
    personBeside(one.name) !== null;
  if (standsAlone(before) && standsAlone(piece)) return true;
  // "SENCOs / Ann Cole", "Comms & Ann Cole": a person is parted from a post or a team, by anything but a stroke only from one of one word.
  const isTeam = ({ name }: Piece): boolean =>
    (piece.separator === '/' || !/\s/.test(name)) && (ROLE_WORDS.test(name) || TEAM_WORDS.test(name));
  if (isPersonName(piece.name) && isTeam(before)) return true;
  if (isPersonName(before.name) && isTeam(piece)) return true;
  // "Section 151 Officer & Directors": a post, and all who hold another.
  if (PLURAL_POSTS.test(piece.name) && piece.roles.length === 0) return true;
  // "AC with head teachers".
  if (CODE.test(before.name) && looksComplete(piece.name)) return true;
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

const PLURAL_POSTS =
  /^(?:all )?(?:directors|heads of service|service managers|team managers|head ?teachers|principals|governors|schools|partners|providers|settings|health visitors|social workers)$/i;

/** A post of two words or more without a name: "Therapy Service Manager – NHS Oxton". */
function isPost({ name, roles }: Piece): boolean {
  const [post = ''] = name.split(/\s[–—-]\s/);
  return /\s/.test(name) && roles.length === 0 && (POST_NOUN.test(post) || POST_FIRST.test(post));
}

/** A role or a team of two words or more: "EHC Team Manager", "SEND Board". */
export function looksComplete(name: string): boolean {
  return (
    /\s/.test(name.trim()) &&
    (ROLE_WORDS.test(name) ||
      /\b(?:team|board|forum|group|committee|panel|service|partnership|schools?|college|academy|hub|centre|trust|council)\b/i.test(
        name,
      ))
  );
}

/** Posts of several people: no one person's role. */
const MANY =
  /\b(?:managers|officers|leads|heads|directors|nurses|matrons|workers|teachers|headteachers|sencos|co-?ordinators|staff|members|principals)\b(?! of\b)/i;

function isRoleOf(before: Piece, piece: Piece): boolean {
  return (
    isPersonName(before.name) &&
    before.roles.length === 0 &&
    piece.roles.length === 0 &&
    !isPersonName(piece.name) &&
    !MARKED.test(piece.name) &&
    !MANY.test(piece.name) &&
    ROLE_WORDS.test(piece.name)
  );
}

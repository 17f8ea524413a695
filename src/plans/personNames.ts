/** Words of a post, which no person is called by. */
export const ROLE_WORDS =
  /\b(?:head|deputy|director|manager|lead|leads|officer|officers|principals?|headteacher|head ?teacher|teacher|chair|chairs|chief|executive|exec|assistant|associate|advis[eo]rs?|co-?ordinators?|commissioners?|psychologists?|nurses?|doctors?|gps?|secretary|clerk|sponsor|owner|strategic|operational|senior|consultants?|practitioners?|therapists?|specialists?|workers?|administrators?|analysts?|partners?|representatives?|reps?|members?|councillor|governor|governors|sencos?|dcs|dass|dph|dco|dmo|dsco|business|interim|designated|service|services|matrons?|midwi(?:fe|ves)|registrar|inspector|sergeant|trustees?)\b/i;
/** Words of a team, a board or an organisation. */
export const TEAM_WORDS =
  /\b(?:team|teams|board|forum|group|groups|committee|council|partnership|panel|service|services|department|directorate|schools?|academy|academies|college|trust|nhs|icb|ccg|network|steering|all|everyone|working|providers?|organisations?|authority|authorities|hospital|university|charity|health|education|care|send|sen|social|commissioning|families|parents?|carers?|children|transport|hr|communications|comms|performance|safeguarding)\b/i;
/** Words that also are people's names (Wendy Young): two of them together name a team (Early Help). */
const SOFT_TEAM_WORDS =
  /\b(?:young|people|inclusion|access|finance|police|housing|it|data|early|years|help|public|adults?|care|skills|economy|economic|growth|improvement|quality|assurance|culture|leisure|digital|legal|procurement|property|planning|policy|strategy|governance|intelligence|insight|place|communit(?:y|ies)|customers?|environment|regeneration|democratic|audit|neighbourhoods?|employment|youth|justice|attendance|virtual|specialist|integrated|complex|needs|contact|centre|hub|edge|gateway|front|door|duty|response|resources?|protection|placements?|fostering|adoption|insight|support)\b/gi;
/** Small words inside a name: "Ann de la Cour". */
export const PARTICLES = /^(?:de|da|di|del|della|van|von|der|den|la|le|bin|al|el|o|mc|mac|st)$/i;
const HONORIFICS = /^(?:dr|mr|mrs|ms|miss|mx|prof|professor|cllr|councillor|sir|dame|rev|lord|lady)\.?$/i;
/** Ranks of the police and of fire services. */
const RANKS =
  /^(?:CFO|DCFO|ACFO|ACO|AM|GM|SM|WM|CC|DCC|ACC|DCI|DI|DS|PC|PS|Ch|Chief|Det|Supt|Superintendent|Insp|Inspector|Sgt|Sergeant)\.?$/;
/** Initials or a post's abbreviation: `AC`, `DCO`. */
export const CODE = /^[A-Z][A-Z&]{1,4}\d?$/;

/** What may stand before a name: "Dr", "Cllr", "Ch Insp". */
export function isBeforeName(word: string): boolean {
  return HONORIFICS.test(word) || RANKS.test(word);
}

/** Whether a text reads as one person's full name: two to five capitalised words and no word of a role or team. */
export function isPersonName(text: string): boolean {
  const words = text
    .trim()
    .split(/\s+/)
    .filter((word) => !isBeforeName(word));
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

/** "Ann Cole – Head of Service", "Public Health – Bob Day", "Adults: Bob Day": a person, and their post or team; null where neither side is a person. */
export function personBeside(text: string): { name: string; role: string } | null {
  const [, first, second] = /^(.+?)(?:\s+[-–—]|\s*:)\s+(.+)$/.exec(text) ?? [];
  if (first === undefined || second === undefined) return null;
  if (isPersonName(first)) return { name: first, role: second };
  return isPersonName(second) ? { name: second, role: first } : null;
}

/** A first name alone, or initials: enough to part "Ann and Bob" or "AC/BD", not enough to know who it is. */
export function isShortName(text: string): boolean {
  if (CODE.test(text)) return true;
  return /^\p{Lu}\p{Ll}+(?:\s\p{Lu}\.?)?$/u.test(text) && !ROLE_WORDS.test(text) && !TEAM_WORDS.test(text);
}

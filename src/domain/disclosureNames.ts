/** Where a person's name stands in a text: start and end (exclusive) in UTF-16 code units. */
export interface NameSpan {
  readonly start: number;
  readonly end: number;
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Words that make the capitalised words before them the name of a place or an institution: "Hollin Bank Primary",
 * "Mill Lane". Words that are as often a surname (Hill, Green) are left out, so that a child of that name is seen.
 */
const INSTITUTIONS = setOf(`
  academy academies avenue building buildings campus centre centres church clinic close college colleges council court
  crescent drive federation foundation gardens grammar grove hall high hospital house hub hubs infants infant infirmary
  infants' junior juniors lane library mews nursery nurseries office park partnership place precinct preschool primary
  road row school schools secondary site square street suite surgery team teams terrace town trust university village
  walk way
`);

/** Words that stand capitalised in such narratives and are no part of anybody's name. */
const NO_NAMES = setOf(`
  january february march april may june july august september october november december jan feb mar apr jun jul aug sep
  sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
  spring summer autumn winter term easter christmas year years week month quarter today
  a an the this that these those it its we our us they their there he she his her him i my you your who what when where
  which while why how if and or but nor so as at by for from in into of off on onto out over to up upon under with
  without within after before during since until following once then also however although because despite due each
  every all any both some many most more few several no none not now new next last first second third other another
  one two three four five six seven eight nine ten
  is are was were be been has have had do does did can could should would may must shall
  agreed added appointed attended awaiting began being briefed built called carried checked closed commissioned completed
  confirmed consulted contacted delivered delayed developed discussed drafted embedded engaged ensure ensured escalated
  established evaluated expected finalised finished gave held identified implemented improved increased introduced invited
  issued launched led leaflets letters made met meeting meetings monitored moved named next note ongoing opened parents
  paused piloted planned planning prepared presented produced progress progressed published raised received recruited
  recruitment refreshed rescheduled reviewed revised rolled sent shared signed started supported surveyed trained training
  undertaken updated update used visited visits visit waiting work working worked written
  action actions activity additional advice advisory advisor agency agenda aim annual approval area assessment assessments
  assistant associate attendance audit barrier barriers behaviour better board boards borough bulletin business care carer
  carers case cases chair chief child childhood children clinical co-production commissioner commissioners commissioning
  committee communication communications community complete completion conference consultant contact coordinator
  co-ordinator council's councillor county curriculum data date deadline delivery department deputy designated development
  digital director directors directorate district doctor draft duty early east education educational educator ehc emotional
  engagement england equality evidence executive exclusion experience expert family families feedback final finance focus
  forum forums framework free friendly funding further future general governance government governor governors governing
  graduated great greater group groups guidance head headteacher headteachers health healthy help home impact
  improvement inclusion inclusive independent induction information initial inspection inspector integrated intervention
  joint key language lead leader leaders leadership leads learner learners learning liaison line link list living local
  lower main manager managers management mental middle midlands mainstream minister mission model multi national needs
  neighbourhood neurodevelopmental newsletter north northern nurse nurses nursing occupational offer officer officers
  operational operations outreach panel parent participation partner partners pathway pathways people person personal phase
  physiotherapist physiotherapy pilot plan plans policy position practice practitioner practitioners preparing premium
  preparation principal priority privacy programme project protection provider providers provision psychologist
  psychologists psychology public pupil pupils quality referral referrals region regional register report reports resource
  resources resourced result results review reviews risk safe safeguarding self senior sensory service services session
  sessions short shared sibling siblings social south southern special specialist speech staff stage standards state
  statement status statutory steering step strategic strategy student students success supervision support survey system
  teacher teachers teaching technology test text therapist therapists therapy together toolkit tracker transfer transition
  transport tribunal tuition unit united upper virtual visitor visitors vision voice voices website welcome wellbeing
  well-being west western whole wider workforce working workshop workshops workstream youth adulthood adult adults
  paper papers breaks st saint access analyst approach association autism autistic award cohort coaching dedicated
  feel good identify kids level levels matching operating peer performance phased procedure procedures satisfaction
  standard starting strategies strategy well dear kind regards thanks thank yes please address postcode post code email telephone phone tel mobile contact
  mum dad mother father boy girl son daughter brother sister student mr mrs ms miss mx dr prof master sir rev cllr
`);

/** Words after which one capitalised word is enough for a name: "pupil Jamie", "mum of Jamie", "Miss Cole". */
const CUES = setOf(`
  pupil child boy girl student learner son daughter brother sister sibling twin baby toddler mum dad mother father parent
  parents guardian grandmother grandfather family named called name master miss mr mrs ms mx
`);

/** Words that may stand between a cue and the name. */
const LINKS = setOf('of called named name known as is was to for our their her his');

/** Words that make a name of the one with an apostrophe before them: "Jamie's mum"; "the Cole family" goes without. */
const RELATIVES = setOf(`
  mum mummy mam mother dad daddy father parent parents brother sister sibling family carer guardian nan gran grandmother
  grandfather stepmother stepfather
`);

/** How many words after a cue are looked at for the name. */
const WORDS_AFTER_CUE = 3;

/**
 * Finds what looks like the names of persons: two capitalised words side by side, or one after a cue ("pupil Jamie",
 * "Jamie's mum"). Names of places, institutions, months and the like are left out by their words, since nothing else
 * tells them apart; a name in capitals or in small letters alone is not seen.
 */
export function findNames(text: string): NameSpan[] {
  const words = [...text.matchAll(/[\p{L}\p{M}'’-]+/gu)].map(
    (match): Word => ({ text: match[0], start: match.index, end: match.index + match[0].length }),
  );
  return [...namePairs(words, text), ...namesAfterCues(words, text), ...namesBeforeRelatives(words, text)];
}

function namePairs(words: readonly Word[], text: string): NameSpan[] {
  const found: NameSpan[] = [];
  let run: Word[] = [];
  const endRun = () => {
    const [first, last] = [run[0], run.at(-1)];
    if (first && last && run.length >= 2) found.push({ start: first.start, end: last.end });
    run = [];
  };
  for (const [at, word] of words.entries()) {
    const before = words[at - 1];
    if (before && !isGap(text.slice(before.end, word.start), /^[ \t]{1,2}$/)) endRun();
    if (INSTITUTIONS.has(plain(word)) && isCapitalised(word)) run = [];
    else if (isNameWord(word)) run.push(word);
    else endRun();
  }
  endRun();
  return found;
}

function namesAfterCues(words: readonly Word[], text: string): NameSpan[] {
  return words.flatMap((cue, at) => {
    if (!CUES.has(plain(cue))) return [];
    let previous = cue;
    for (const word of words.slice(at + 1, at + 1 + WORDS_AFTER_CUE)) {
      if (!isGap(text.slice(previous.end, word.start), /^[ \t.,:;("“'-]{1,3}$/)) return [];
      if (isNameWord(word)) return [{ start: word.start, end: word.end }];
      // A pupil's initial ("pupil J Cole") is passed over as a link word is.
      if (!LINKS.has(plain(word)) && !/^\p{Lu}$/u.test(word.text)) return [];
      previous = word;
    }
    return [];
  });
}

function namesBeforeRelatives(words: readonly Word[], text: string): NameSpan[] {
  return words.flatMap((word, at) => {
    const next = words[at + 1];
    if (!next || !isNameWord(word) || !isGap(text.slice(word.end, next.start), /^ {1,2}$/)) return [];
    const before = words[at - 1];
    const isTheirRelative = /['’]s?$/.test(word.text) && RELATIVES.has(plain(next));
    const isTheFamily = plain(next) === 'family' && before !== undefined && plain(before) === 'the';
    return isTheirRelative || isTheFamily ? [{ start: word.start, end: word.end }] : [];
  });
}

function isNameWord(word: Word): boolean {
  return isCapitalised(word) && !NO_NAMES.has(plain(word)) && !INSTITUTIONS.has(plain(word));
}

/** A capital and then a small letter (`Cole`, `McKay`), or an apostrophe between two capitals (`O'Neill`): no acronym. */
function isCapitalised(word: Word): boolean {
  return /^\p{Lu}(?:\p{Ll}|['’]\p{Lu}\p{Ll})/u.test(word.text);
}

function isGap(between: string, allowed: RegExp): boolean {
  return between.length <= 3 && allowed.test(between);
}

/** The word as the lists above have it: small letters, without a possessive. */
function plain(word: Word): string {
  return word.text
    .toLowerCase()
    .replace(/['’]s?$/, '')
    .replace(/^['’-]/, '');
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}

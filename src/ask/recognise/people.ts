import { isKnown as isKnownWord } from '../lexicon';
import {
  as,
  costing,
  either,
  type Input,
  isFiller,
  type Match,
  maybe,
  once,
  type Parser,
  seq,
  series,
  words,
} from '../parser';
import type { Piece } from '../piece';
import type { Named, Who } from '../question';
import { groupNamed } from './groups';
import { whoIsNamed } from './names';

/** A name or role has at most so many words. */
const LONGEST_NAME = 8;

/** A name that nobody has is taken to be no longer than this. */
const LONGEST_UNKNOWN = 3;

/** Costlier likenesses than the best by more than this are no rivals. */
const NEAR_ENOUGH = 0.7;

/** What it costs to take a word that means something to the grammar for a name that it is only like. */
const KNOWN_WORD_COST = 1.5;

/** Words that no name is made of, where a name is expected but nobody is known by it. */
const NO_NAME: ReadonlySet<string> = new Set(
  `i me my mine we us our you your he she they them it this that these those who whom whose what which when where why how many much more
  most less least fewest action actions item items one ones priority priorities group groups plan update updates status in on at of to for
  from by with about and or not no nor but if is are was were be been do does did has have had can could will would should lead leads
  led leading own owns run runs responsible all any every each everyone everybody anyone anybody nobody overdue late due
  month week year today tomorrow hasnt list show tell give whole team people person leader someone until till since while's
  's the a an next last there here remind only just same
  board red amber green blue grey`.split(/\s+/),
);

/** Somebody of the plan, by name or role; nothing where the people are not known. */
export const knownPerson: Parser<Named> = once((input, at) => {
  const { people } = input.context;
  if (!people) return [];
  const found: Match<Named>[] = [];
  for (const end of endsOfName(input, at)) {
    const likely = whoIsNamed(wordsBetween(input, at, end), people);
    // A word of the grammar is no slip of a name: March is not Marsh.
    const isWord = wordsBetween(input, at, end).some((word) => isKnownWord(word));
    const best = likely[0]?.cost ?? 0;
    for (const { who, cost } of likely.filter((one) => one.cost <= best + NEAR_ENOUGH))
      found.push({
        end,
        value: who,
        cost: isWord && cost > 0 && who.kind === 'lead' ? cost + KNOWN_WORD_COST : cost,
      });
  }
  return found;
});

/** A name that nobody has, or that can't be looked up yet; only where a name must stand. */
const unknownPerson: Parser<Named> = (input, at) =>
  endsOfName(input, at).flatMap((end) => {
    if (end > at + LONGEST_UNKNOWN) return [];
    const typed = wordsBetween(input, at, end);
    const isAmbiguous = input.context.people === undefined && typed.length === 1;
    if (typed.some((word) => NO_NAME.has(word) && !(isAmbiguous && COLOURS.has(word)))) return [];
    const name = typed.join(' ');
    return [{ end, value: { kind: 'unknown' as const, name }, cost: input.context.people ? 2.5 : 0.5 }];
  });

/** Colours are first names, too. */
const COLOURS: ReadonlySet<string> = new Set(['red', 'amber', 'blue', 'grey', 'green']);

/** Where a name that begins here may end: after one to four words, fillers and marks not among them. */
function endsOfName(input: Input, at: number): number[] {
  const ends: number[] = [];
  if (['of', 'and', 'the'].includes(input.tokens[at]?.word ?? '')) return ends;
  for (let end = at + 1; end <= at + LONGEST_NAME; end += 1) {
    const token = input.tokens[end - 1];
    if (token?.kind !== 'word' || token.word === "'s" || /^\d/.test(token.word)) break;
    const isInside = ['of', 'and', 'the'].includes(token.word) && end > at + 1;
    if (isInside) continue;
    if (isFiller(token)) break;
    ends.push(end);
  }
  return ends;
}

function wordsBetween(input: Input, from: number, to: number): string[] {
  return input.tokens
    .slice(from, to)
    .map(({ word }) => word)
    .filter((word) => !['of', 'and', 'the'].includes(word));
}

const me: Parser<Named> = either<Named>(
  as(words('me/myself/mine|my self'), () => ({ kind: 'me' })),
  costing(
    0.5,
    as(words('you'), () => ({ kind: 'me' })),
  ),
);
const nobody: Parser<Named> = as(words('nobody|no one|noone|none'), () => ({ kind: 'nobody' }));

/** "The leads of priority 5", "priority 5's leads". */
const groupLeads: Parser<Named> = either(
  as(seq(words('lead/leader/owner of/for|lead/leader/owner'), groupNamed), ([, groups]) => leadsOf(groups)),
  as(seq(groupNamed, maybe(words("'s")), words('lead/leader/owner')), ([groups]) => leadsOf(groups)),
  as(
    seq(words('whoever leads/owns/runs|people who/that lead/run|those who lead/run'), groupNamed),
    ([, groups]) => leadsOf(groups),
  ),
);

function leadsOf(groups: readonly string[]): Named | null {
  const [group] = groups;
  return group !== undefined && groups.length === 1 ? { kind: 'group-leads', group } : null;
}

/** Somebody, where somebody must stand: a name that nobody has is taken for one. */
export const somebody: Parser<Named> = once(either(me, groupLeads, knownPerson, unknownPerson));

/** Several. */
const somebodies: Parser<readonly Named[]> = once(series(somebody));

const known: Parser<Named> = either(me, knownPerson);

/** Makes a piece of people. */
const piece = (who: readonly Named[]): Piece => ({ is: 'who', who });

const OWNS = `lead/leads/leading/led | own/owns/owning | run/runs/running | manage/manages/managing
    | am/is/are responsible/accountable for | responsible/accountable for | am/is/are in charge of
    | have/has | look/looks after | deal/deals with | am/is/are working on | work/works on
    | am/is/are on hook for | have/has to do`;

/** "List the reds for me" asks a favour; "anything for me?" is about what is mine. */
const forMe: Parser<Piece> = (input, at) => {
  const isFavour = input.tokens.slice(0, 4).some(({ word }) => FAVOURS.has(word));
  return FOR_US(input, at).map(({ end, cost }) => ({
    end,
    cost: cost - 0.01,
    value: isFavour ? { is: 'noise' } : piece([{ kind: 'me' }]),
  }));
};

const FOR_US = words('for me/us');

const FAVOURS: ReadonlySet<string> = new Set(
  'list find get pull fetch show check give bring look'.split(' '),
);

/** "Jointly with Helen", "more than one lead": who shares what. */
const shared: Parser<Piece> = either<Piece>(
  as(
    seq(
      words(
        `jointly/together/shared/sharing/share/shares/joint/along/jointly with | alongside
          | co lead/led/leading/leads with | in common with`,
      ),
      known,
    ),
    ([, who]) => (who.kind === 'unknown' ? null : sharedWith(who)),
  ),
  as(
    seq(
      words(
        `i/we co? lead/own/run/manage/share/have with | am i leading/running/sharing/doing/working on? with
          | do i co? lead/own/run/manage/share with`,
      ),
      known,
    ),
    ([, who]) =>
      who.kind === 'unknown' ? null : { ...sharedWith(who), also: { kind: 'who', who: [{ kind: 'me' }] } },
  ),
  as(
    words(
      `more than one/1 lead/owner/person/name leading/named/responsible? | over one lead/owner
        | two/2/several/multiple/joint/both/many or? more? lead/owner/people/name leading/named/responsible?
        | jointly led/owned/run/managed/held? | joint/shared actions/ones? | co led | shared between/by lead/people`,
    ),
    () => sharedWith(null),
  ),
);

function sharedWith(who: Who | null): Extract<Piece, { is: 'condition' }> {
  return { is: 'condition', condition: { kind: 'shared', with: who } };
}

/** Whose actions are meant. */
export const people: Parser<Piece> = either<Piece>(
  forMe,
  shared,
  as(
    words(
      `my own? | mine | assigned/belonging to me | i am lead/leading | i co lead | have i got
        | have i | do i have | i have | i have got | i got | am i | me and me`,
    ),
    () => piece([{ kind: 'me' }]),
  ),
  as(seq(words('i/we/you'), words(OWNS)), () => piece([{ kind: 'me' }])),
  as(
    words(
      `am i leading/running/responsible/accountable for?
        | am i leading/running/responsible/accountable | do i lead/own/run/manage | i got
        | on my plate/desk/list | for me to do? | with my name on | against my name`,
    ),
    () => piece([{ kind: 'me' }]),
  ),
  as(
    seq(
      words(
        `jointly? led/owned/run/managed/held/being by|co led by | lead/leads by
          | assigned/allocated/given/belonging/belong/belongs/down/down to | belong to | under name of
          | for which/whom lead is | whose lead is | where lead is | against`,
      ),
      somebodies,
    ),
    ([, who]) => piece(who),
  ),
  as(seq(maybe(words('for|of|by|with|from')), series(known)), ([, who]) => piece(who)),
  as(seq(somebodies, words("'s")), ([who]) => piece(who)),
  as(seq(somebodies, words(OWNS)), ([who]) => piece(who)),
  as(seq(words('do/does'), somebodies, words('lead/own/run/manage/have')), ([, who]) => piece(who)),
  as(seq(words('is/are'), somebodies, words('leading/running/responsible/working on?')), ([, who]) =>
    piece(who),
  ),
  as(seq(maybe(words('led/owned/run by|of|for|by')), groupLeads), ([, who]) => piece([who])),
  as(
    seq(
      words(
        `led/owned/run by people/person/somebody/someone/anybody/anyone/leads/lead other than
          | led/owned/run by people/person/somebody/someone/anybody/anyone/leads/lead but/except/besides`,
      ),
      known,
    ),
    ([, who]): Piece | null =>
      who.kind === 'unknown'
        ? null
        : { is: 'condition', condition: { kind: 'not', of: { kind: 'who', who: [who] } } },
  ),
  as(seq(words('led/owned/run by|assigned to|belong to|belonging to'), nobody), ([, who]) => piece([who])),
  as(
    words(
      `name/names no lead | nobody leads/owns/runs/leading | have/has nobody/none leading? | no one leads/owns/runs
        | noone leads/owns/runs | no/without/missing lead/owner/leader
        | no/without named/named lead/owner | no/without one/anyone/anybody leading/responsible
        | unassigned | unowned | leaderless | ownerless | not assigned to? anyone? | no lead named
        | nobody/noone/none named? to? lead/own/run it/them? | nobody/noone/none named
        | no one/person named? to? lead/own/run it/them? | no one/person named
        | do/does not have lead/owner | has/have no lead/owner | lead is missing/blank
        | not led by anyone/anybody | nobody responsible`,
    ),
    () => piece([{ kind: 'nobody' }]),
  ),
  costing(
    0.4,
    as(me, (who) => piece([who])),
  ),
);

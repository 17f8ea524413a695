import { isDeepStrictEqual } from 'node:util';
import type { AskContext } from '../ask/context';
import type { Question } from '../ask/question';
import type { LeadKey } from '../domain/plan';
import type { TextRead } from './readAhead';

/** How many conversations and people are kept in mind. */
const MOST = 5_000;
/** How long a question is refined rather than followed by another, in milliseconds. */
const FRESH_MS = 600_000;
/** The longest text, in characters, that is kept with what it was taken for: those that people copy from each other are short. */
const LONGEST_KEPT = 120;

/** The plan that somebody asked about, and the leads whom they answered for in it. */
export interface Likely {
  readonly plan: string;
  readonly leads: readonly LeadKey[];
}

/** What this process knows of those who asked it something. Nothing depends on it: another instance knows nothing, and asks storage. */
export interface Memory {
  /** What somebody asked last in a conversation, so that "only the overdue ones" refines it. */
  recall(conversation: string, person: string): Question | undefined;
  remember(conversation: string, person: string, question: Question): void;
  /** What somebody's last turn was about: likely what this one is about, so that it can be read while they are looked up. */
  likely(tenant: string, person: string): Likely | undefined;
  noteLikely(tenant: string, person: string, likely: Likely): void;
  /** What a text about a plan was read with last. */
  lastContext(plan: string): AskContext | undefined;
  /** Notes what texts about a plan are read with now; gives what was noted before, the very object, while nothing in it is another. */
  noteContext(plan: string, context: AskContext): AskContext;
  /** What a text about a plan was taken for last, whoever said it. */
  lastReading(plan: string, text: string): TextRead | undefined;
  noteReading(plan: string, text: string, reading: TextRead): void;
}

/**
 * Keeps the last questions in this process alone: a follow-up after a restart, or that reaches another instance, is read as a question of its own.
 * A stored one would cost a transaction for each question that is asked, for the few that are followed up.
 */
export function makeMemory(realNow: () => Date): Memory {
  const asked = new Map<string, { readonly question: Question; readonly at: number }>();
  const likely = new Map<string, Likely>();
  const contexts = new Map<string, AskContext>();
  const readings = new Map<string, TextRead>();
  const keyOf = (where: string, person: string) => `${where}|${person}`;
  return {
    recall: (conversation, person) => {
      const last = asked.get(keyOf(conversation, person));
      return last && realNow().getTime() - last.at < FRESH_MS ? last.question : undefined;
    },
    remember: (conversation, person, question) =>
      keep(asked, keyOf(conversation, person), { question, at: realNow().getTime() }),
    likely: (tenant, person) => likely.get(keyOf(tenant, person)),
    noteLikely: (tenant, person, now) => keep(likely, keyOf(tenant, person), now),
    lastContext: (plan) => contexts.get(plan),
    noteContext: (plan, context) => {
      const last = contexts.get(plan);
      const same = last && isDeepStrictEqual(last, context) ? last : context;
      keep(contexts, plan, same);
      return same;
    },
    lastReading: (plan, text) => readings.get(keyOf(plan, text)),
    noteReading: (plan, text, reading) => {
      if (text.length <= LONGEST_KEPT) keep(readings, keyOf(plan, text), reading);
    },
  };
}

/** Sets what is known under a key, as the latest; the oldest goes when there are too many. */
function keep<T>(known: Map<string, T>, key: string, value: T): void {
  known.delete(key);
  known.set(key, value);
  const oldest = known.keys().next();
  if (known.size > MOST && !oldest.done) known.delete(oldest.value);
}

/** Tells the first of several same things within a minute from the others. */
export interface Once {
  isFirst(what: string): boolean;
}

const A_MINUTE = 60_000;

/** Makes a {@link Once} that goes by the machine's clock. */
export function makeOnce(realNow: () => Date): Once {
  const seen = new Map<string, number>();
  return {
    isFirst: (what) => {
      const now = realNow().getTime();
      for (const [key, at] of seen) {
        if (now - at <= A_MINUTE) break;
        seen.delete(key);
      }
      if (seen.has(what)) return false;
      seen.set(what, now);
      return true;
    },
  };
}

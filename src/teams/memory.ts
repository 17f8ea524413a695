import type { Question } from '../ask/question';

/** How many conversations are kept in mind. */
const MOST = 5_000;
/** How long a question is refined rather than followed by another, in milliseconds. */
const FRESH_MS = 600_000;

/** What was asked last in each conversation by each person, so that "only the overdue ones" refines it. */
export interface Memory {
  recall(conversation: string, person: string): Question | undefined;
  remember(conversation: string, person: string, question: Question): void;
}

/**
 * Keeps the last questions in this process alone: a follow-up after a restart, or that reaches another instance, is read as a question of its own.
 * A stored one would cost a transaction for each question that is asked, for the few that are followed up.
 */
export function makeMemory(realNow: () => Date): Memory {
  const asked = new Map<string, { readonly question: Question; readonly at: number }>();
  const keyOf = (conversation: string, person: string) => `${conversation}|${person}`;
  return {
    recall: (conversation, person) => {
      const last = asked.get(keyOf(conversation, person));
      return last && realNow().getTime() - last.at < FRESH_MS ? last.question : undefined;
    },
    remember: (conversation, person, question) => {
      const key = keyOf(conversation, person);
      asked.delete(key);
      asked.set(key, { question, at: realNow().getTime() });
      const oldest = asked.keys().next();
      if (asked.size > MOST && !oldest.done) asked.delete(oldest.value);
    },
  };
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

import type { FigureKey } from '../domain/figures';
import type { Condition, Named, Order, Question, RefRange } from './question';
import type { Window } from './recognise/windows';

/** What a few words of a question contribute to it. */
export type Piece =
  /** `maybeName`: free words, which a person may be called. */
  | {
      readonly is: 'condition';
      readonly condition: Condition;
      readonly also?: Condition;
      readonly maybeName?: boolean;
    }
  /** A number or code that may stand for an action, or for a range of them. */
  | { readonly is: 'refs'; readonly ranges: readonly RefRange[] }
  /** A person, where it is not yet known what they have to do with it. */
  | { readonly is: 'who'; readonly who: readonly Named[] }
  /** A group by its number or title. */
  | { readonly is: 'group'; readonly groups: readonly string[] }
  /** A time, for whatever of the question takes one. */
  | { readonly is: 'window'; readonly window: Window }
  /** `soon`: within a month, where no time is named. `past`: "was due in May" is of the May that was. */
  | { readonly is: 'due'; readonly soon?: boolean; readonly past?: boolean }
  /** "What does X lead": a person and what they lead. */
  | { readonly is: 'person'; readonly who: Named }
  /** Words that are part of any question and say nothing. */
  | { readonly is: 'noise' }
  | Movement
  /** "Was red in June": how it stood then. */
  | { readonly is: 'stood'; readonly statuses: readonly FigureKey[] }
  /** `silent`: not updated. */
  | {
      readonly is: 'fresh';
      readonly how: 'updated' | 'silent' | 'unchanged';
      readonly mine?: boolean;
      /** "A September update": the time that stands inside. */
      readonly window?: Window;
    }
  | {
      readonly is: 'order';
      readonly order: Order;
      readonly limit: number | null;
      readonly implies?: Condition;
      /** Puts a list that is there already in another order. */
      readonly sorts?: boolean;
    }
  | { readonly is: 'limit'; readonly n: number }
  | { readonly is: 'shape'; readonly shape: 'cards' | 'titles' }
  | { readonly is: 'intent'; readonly intent: Intent }
  | { readonly is: 'rank'; readonly by: 'group' | 'lead'; readonly order: 'most' | 'fewest' | 'plain' | null }
  /** "most", "fewest": of a rank, or nothing. */
  | { readonly is: 'superlative'; readonly order: 'most' | 'fewest' }
  /** "actions", "ones": what is asked about. */
  | { readonly is: 'noun' }
  | { readonly is: 'join'; readonly how: 'and' | 'or' | 'not' }
  /** Says that the question before is refined. */
  | {
      readonly is: 'back';
      readonly how: 'only' | 'and' | 'also' | 'those' | 'it' | 'page' | 'drop-who' | 'drop-scope';
      readonly page?: number;
    }
  /** The whole of what was meant; nothing else may stand beside it. */
  | { readonly is: 'whole'; readonly question: Question; readonly other?: readonly Question[] }
  /** A name that nobody has, or that cannot be looked up yet. */
  | { readonly is: 'unknown'; readonly name: string };

export interface Movement {
  readonly is: 'movement';
  readonly direction: 'better' | 'worse' | 'any';
  readonly left: readonly FigureKey[] | null;
  readonly became: readonly FigureKey[] | null;
}

/** What is to be done with the actions. */
export type Intent =
  | 'show'
  | 'count'
  /** "how is … doing", "summary of": a group, a person, the plan. */
  | 'report'
  | 'history'
  | 'leads'
  | 'compare';

/** A piece with the tokens that it was read from. */
export interface Span {
  readonly from: number;
  /** The token after its last. */
  readonly to: number;
  readonly piece: Piece;
  readonly cost: number;
  /** Others that the same words may be. */
  readonly rivals: readonly Piece[];
}

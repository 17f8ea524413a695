import type { Member } from '../../domain/authority';
import type { Delivery, Message, Unreachable } from '../../domain/message';
import type { Plan } from '../../domain/plan';
import type { Stored } from './stored';

/* People and teams, and what is said to them. */

/** Somebody whom Steward can be asked by, or asks. */
export interface Person {
  /** Entra object id in lower case; Teams' own user id where there is none. */
  readonly id: string;
  readonly tenant: string;
  /** Teams' id of the user towards this bot (`29:…`). */
  readonly userId: string;
  readonly name: string;
  readonly email: string | null;
  readonly serviceUrl: string;
  /** Their one-to-one chat with Steward, once there is one. */
  readonly conversation: string | null;
  /** The plans that they belong to. */
  readonly plans: readonly Member[];
  /** Last known reason for which they could not be reached; null when nothing speaks against it. */
  readonly unreachable: Exclude<Unreachable, 'not-matched'> | null;
  /** Whether they were welcomed in their own chat: once is enough. */
  readonly welcomed: boolean;
}

/** A team that Steward was added to. */
export interface Team {
  readonly tenant: string;
  readonly id: string;
  readonly name: string;
  readonly serviceUrl: string;
  /** The plan that lives here; null while none does. */
  readonly plan: string | null;
  /** Who added Steward: the first programme officer of the plan that binds here. */
  readonly addedBy: { readonly id: string; readonly userId: string; readonly name: string } | null;
  readonly addedAt: string;
  /** What a team without a plan of its own was told, so that it is told once. */
  readonly told: 'no-plan' | 'elsewhere' | null;
  /** `new` until the roster was read, the leads matched and the greeting planned. */
  readonly state: 'new' | 'settled' | 'removed';
  /** When its roster was last read (UTC ISO, plan's clock). Absent: not since this is noted. */
  readonly rosterAt?: string;
}

/** Where people can be reached, and which teams Steward is in. */
export interface PeopleStore {
  readPerson(tenant: string, id: string): Promise<Stored<Person> | null>;
  /** By Teams' own user id, for activities that carry no object id. */
  findByUserId(tenant: string, userId: string): Promise<Stored<Person> | null>;
  /** Everybody who belongs to the plan, present or not. */
  readMembers(tenant: string, plan: string): Promise<Person[]>;
  /** Everybody of the tenant whom Steward has met, in a team or in their own chat. */
  readPeople(tenant: string): Promise<Person[]>;
  /** Adds or replaces; `etag` null means that they are new. */
  savePerson(person: { readonly value: Person; readonly etag: string | null }): Promise<void>;
  readTeam(tenant: string, team: string): Promise<Stored<Team> | null>;
  saveTeam(team: { readonly value: Team; readonly etag: string | null }): Promise<void>;
  /** Teams that were added and are not settled yet, of every tenant. */
  readNewTeams(): Promise<Stored<Team>[]>;
}

/** What a message shows. `summary` is what a phone's notification says. */
export interface Content {
  readonly summary: string;
  readonly text?: string;
  readonly card?: unknown;
  /** An attachment about a file, as Teams knows them: an offer of one, or where one lies. */
  readonly file?: {
    readonly contentType: string;
    readonly name: string;
    readonly content: unknown;
    readonly contentUrl?: string;
  };
}

/** Leave to claim and send one message now. */
export interface Permit {
  readonly tenant: string;
  /** Real time (ms since 1970) after which the message is not sent any more, but put off. */
  readonly until: number;
}

/** Sends messages of Steward's own accord, and says what became of each. Never throws for what Teams answers. */
export interface Messenger {
  /** The one-to-one chat with a person: made where there is none; making it twice gives the same one. */
  openChat(
    person: Person,
  ): Promise<{ readonly conversation: string } | Extract<Delivery, { outcome: 'throttled' | 'unreachable' }>>;
  /**
   * Waits until a message of Steward's own accord is about to have its turn by the limits that Teams sets, and has `act` claim and send it. So a process that
   * stops while messages wait leaves few of them in doubt.
   */
  inTurn<T>(tenant: string, act: (permit: Permit) => Promise<T>): Promise<T>;
  /** Without a permit it is what a person waits for, and goes before all that has one. */
  sendToChat(person: Person, conversation: string, content: Content, permit?: Permit): Promise<Delivery>;
  sendToChannel(
    serviceUrl: string,
    tenant: string,
    channel: string,
    content: Content,
    permit?: Permit,
  ): Promise<Delivery>;
  /** Replaces a message that was sent, while a person waits; says whether it is still there. */
  updateMessage(
    serviceUrl: string,
    tenant: string,
    conversation: string,
    messageId: string,
    content: Content,
  ): Promise<'updated' | 'gone' | 'failed'>;
  /** The people of a team, all pages. Throws when Teams does not give them. */
  readRoster(team: Pick<Team, 'id' | 'serviceUrl' | 'tenant'>): Promise<readonly RosterEntry[]>;
  /**
   * What a team and its channels are called; names are a courtesy, so those that Teams does not give are left out (Teams gives none for
   * the General channel, which has the team's id).
   */
  readTeamNames(team: Pick<Team, 'id' | 'serviceUrl' | 'tenant'>): Promise<{
    readonly team: string | null;
    readonly channels: ReadonlyMap<string, string>;
  }>;
}

/** A person of a team's roster, as Teams gives them. */
export interface RosterEntry {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string | null;
}

/** Makes what a message shows, at the moment it is sent. Null when it has nothing to say any more. */
export interface Composer {
  compose(plan: Plan, message: Message, to: Person | null): Promise<Content | null>;
}

import type { Content, Messenger, Permit, Person, RosterEntry, Team } from '../../src/app/ports';
import type { Delivery } from '../../src/domain/message';

/** A message that arrived. */
export interface Arrived {
  /** A person's id, or a channel's. */
  readonly to: string;
  readonly content: Content;
}

/** What comes of an attempt to send, instead of arriving; `arrives` tells whether it did all the same. */
export interface Scripted {
  readonly delivery?: Exclude<Delivery, { outcome: 'sent' }>;
  readonly throws?: Error;
  readonly arrives: boolean;
  /** Runs while the message is under way. */
  readonly meanwhile?: () => Promise<void>;
}

/** Teams as a fake: a roster, what arrived, and what is to go wrong. */
export class FakeMessenger implements Messenger {
  readonly arrived: Arrived[] = [];
  readonly updated: {
    readonly conversation: string;
    readonly messageId: string;
    readonly content: Content;
  }[] = [];
  roster: RosterEntry[];
  readonly channels = new Map([['board', 'Board']]);
  rosterFails = false;
  private readonly sends = new Map<string, Scripted[]>();
  private readonly chats = new Map<
    string,
    Exclude<Awaited<ReturnType<Messenger['openChat']>>, { conversation: string }>[]
  >();

  constructor(roster: readonly RosterEntry[]) {
    this.roster = [...roster];
  }

  /** What the next attempts to send to somebody (or a channel) come to, in order; then it works. */
  script(to: string, ...outcomes: readonly Scripted[]): void {
    this.sends.set(to, [...(this.sends.get(to) ?? []), ...outcomes]);
  }

  /** What the next attempts to open somebody's chat come to, in order; then it works. */
  scriptChat(
    to: string,
    ...outcomes: readonly Exclude<Awaited<ReturnType<Messenger['openChat']>>, { conversation: string }>[]
  ): void {
    this.chats.set(to, [...outcomes]);
  }

  /** What arrived at a person or channel, oldest first. */
  arrivedAt(to: string): readonly Content[] {
    return this.arrived.filter((message) => message.to === to).map(({ content }) => content);
  }

  async openChat(person: Person): ReturnType<Messenger['openChat']> {
    const refused = this.chats.get(person.id)?.shift();
    return refused ?? { conversation: `chat-${person.id}` };
  }

  inTurn<T>(tenant: string, act: (permit: Permit) => Promise<T>): Promise<T> {
    return act({ tenant, until: Number.POSITIVE_INFINITY });
  }

  async sendToChat(person: Person, conversation: string, content: Content): Promise<Delivery> {
    return this.send(person.id, conversation, content);
  }

  async sendToChannel(
    _serviceUrl: string,
    _tenant: string,
    channel: string,
    content: Content,
  ): Promise<Delivery> {
    return this.send(channel, channel, content);
  }

  async updateMessage(
    _serviceUrl: string,
    _tenant: string,
    conversation: string,
    messageId: string,
    content: Content,
  ): Promise<'updated' | 'gone' | 'failed'> {
    this.updated.push({ conversation, messageId, content });
    return 'updated';
  }

  async readRoster(_team: Pick<Team, 'id' | 'serviceUrl' | 'tenant'>): Promise<readonly RosterEntry[]> {
    if (this.rosterFails) throw new Error('the roster is out of reach');
    return [...this.roster];
  }

  async readTeamNames(_team: Pick<Team, 'id' | 'serviceUrl' | 'tenant'>) {
    return { team: 'Improvement Board', channels: this.channels };
  }

  private async send(to: string, conversation: string, content: Content): Promise<Delivery> {
    const scripted = this.sends.get(to)?.shift();
    await scripted?.meanwhile?.();
    if (scripted?.arrives ?? true) this.arrived.push({ to, content });
    if (scripted?.throws) throw scripted.throws;
    return scripted?.delivery ?? { outcome: 'sent', conversation, messageId: `m${this.arrived.length}` };
  }
}

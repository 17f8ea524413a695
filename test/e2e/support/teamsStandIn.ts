import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Card } from '../../../src/demo/cardWalker';

/**
 * A stand-in for the Teams service at the HTTP boundary: it answers the REST paths of the connector that a bot
 * uses, keeps what was said as Teams would show it, writes down every request, and fails when told to.
 */

/** Somebody in the team. */
export interface TeamMember {
  readonly id: string;
  readonly aadObjectId: string;
  readonly name: string;
  readonly email?: string;
}

/** The team that the stand-in plays. */
export interface StandInTeam {
  readonly tenantId: string;
  /** Also the id of its General channel. */
  readonly id: string;
  readonly name: string;
  /** Channels beside General. */
  readonly channels: readonly { readonly id: string; readonly name: string }[];
  readonly members: readonly TeamMember[];
}

export type Operation =
  | 'createConversation'
  | 'send'
  | 'update'
  | 'delete'
  | 'members'
  | 'member'
  | 'team'
  | 'channels'
  | 'unknown';

/** One request as it came, and what it was answered. In order of arrival. */
export interface Recorded {
  readonly seq: number;
  /** Milliseconds since 1970, by this machine's clock. */
  readonly at: number;
  readonly operation: Operation;
  readonly method: string;
  readonly path: string;
  /** The conversation concerned: for createConversation the one that came out of it, or null when refused. */
  conversation: string | null;
  /** Id of the member concerned (of a 1:1 conversation, or asked for). */
  member: string | null;
  readonly body: unknown;
  /** HTTP status that was answered; null while unanswered, and for ever if the request hung or was dropped. */
  status: number | null;
  /** Whether it was done, whatever was answered. */
  done: boolean;
}

/** A message as Teams would show it now. */
export interface ShownMessage {
  readonly id: string;
  readonly conversation: string;
  /** As last sent or updated. */
  activity: Readonly<Record<string, unknown>>;
  /** How often it was updated. */
  updates: number;
  deleted: boolean;
}

/**
 * How a request fails. `drop` breaks the connection before anything is done; `lostAnswer` does it, then breaks; `halfAnswer` breaks in the middle of
 * the answer. With `done` it is done all the same, and the status is a lie.
 */
export type Fault =
  | {
      readonly status: number;
      readonly code: string;
      readonly subCode?: string;
      /** Seconds, or an HTTP date. */
      readonly retryAfter?: number | string;
      readonly done?: boolean;
    }
  | 'hang'
  | 'drop'
  | 'lostAnswer'
  | 'halfAnswer';

/** Which requests fail, and how often. All that is given must fit. */
export interface FaultRule {
  readonly operation?: Operation;
  readonly conversation?: string;
  /** Person whose 1:1 conversation it is, or who is asked for. */
  readonly member?: string;
  readonly when?: (request: Recorded) => boolean;
  /** How many requests fail before it is over. Default: all, until the rule is lifted. */
  readonly times?: number;
  readonly fault: Fault;
}

/** Teams' own refusals, as they come over the wire. */
export const FAULTS = {
  blockedByUser: { status: 403, code: 'MessageWritesBlocked' },
  notInRoster: { status: 403, code: 'BotNotInConversationRoster' },
  notFound: { status: 404, code: 'ConversationNotFound' },
  preconditionFailed: { status: 412, code: 'PreconditionFailed' },
  badGateway: { status: 502, code: 'BadGateway' },
  throttled: (retryAfter?: number): Fault => ({
    status: 429,
    code: 'TooManyRequests',
    ...(retryAfter === undefined ? {} : { retryAfter }),
  }),
} as const;

export interface StandInOptions {
  /** People on a page of the roster. Default 20, so that a team of 46 takes three. */
  readonly pageSize?: number;
  /** Port on loopback. Default: any. */
  readonly port?: number;
}

interface Conversation {
  readonly id: string;
  readonly member: string | null;
  readonly messages: ShownMessage[];
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

interface ActiveFault {
  readonly rule: FaultRule;
  left: number;
}

interface Waiter {
  check(): void;
}

/** Starts a stand-in for a team. Close it when done. */
export async function startTeamsStandIn(
  team: StandInTeam,
  options: StandInOptions = {},
): Promise<TeamsStandIn> {
  const standIn = new TeamsStandIn(team, options.pageSize ?? 20);
  await standIn.listen(options.port ?? 0);
  return standIn;
}

/** Holds what a team's people would see. Made by {@link startTeamsStandIn}. */
export class TeamsStandIn {
  /** Every request in order of arrival. */
  readonly requests: Recorded[] = [];
  private readonly server: Server;
  private readonly conversations = new Map<string, Conversation>();
  private readonly members = new Map<string, TeamMember>();
  private readonly waiters = new Set<Waiter>();
  private faults: ActiveFault[] = [];
  private messageCount = 0;
  private port = 0;

  constructor(
    readonly team: StandInTeam,
    private readonly pageSize: number,
  ) {
    for (const member of team.members) this.members.set(member.id, member);
    for (const id of [team.id, ...team.channels.map((channel) => channel.id)]) this.open(id, null);
    this.server = createServer((request, response) => {
      this.serve(request, response).catch(() => response.destroy());
    });
  }

  /** The address that activities carry as their serviceUrl. */
  get serviceUrl(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  /** Begins to listen on loopback. */
  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', resolve);
    });
    const address = this.server.address();
    if (address !== null && typeof address === 'object') this.port = address.port;
  }

  /** Ends it, hanging requests included. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  /** Makes requests fail by a rule; the rule given last is asked first. Answers what lifts it. */
  fail(rule: FaultRule): () => void {
    const active: ActiveFault = { rule, left: rule.times ?? Number.POSITIVE_INFINITY };
    this.faults.unshift(active);
    return () => {
      this.faults = this.faults.filter((fault) => fault !== active);
    };
  }

  /** Puts somebody into the team's roster. Tell the bot with a conversationUpdate of its own. */
  addMember(member: TeamMember): void {
    this.members.set(member.id, member);
  }

  /** Somebody who is in no team opens a chat with the bot of their own accord. */
  openChatOf(member: Pick<TeamMember, 'id'>): void {
    this.open(this.personalChatOf(member), member.id);
  }

  /** Takes somebody off the team's roster. */
  removeMember(id: string): void {
    this.members.delete(id);
  }

  /** Id of somebody's own chat with the bot: the same each time, whoever opens it first. */
  personalChatOf(member: Pick<TeamMember, 'id'>): string {
    return `a:${Buffer.from(member.id).toString('base64url')}`;
  }

  /** What stands in a person's own chat with the bot, oldest first, deleted messages left out. */
  chatWith(member: Pick<TeamMember, 'id'>): readonly ShownMessage[] {
    return this.shownIn(this.personalChatOf(member));
  }

  /** What the bot has posted in a channel, threads included, oldest first, deleted messages left out. */
  postsIn(channel: string): readonly ShownMessage[] {
    return this.shownIn(channel);
  }

  /** Waits until `look` finds something, looking anew at every request's end; throws after `ms` with what came last. */
  async until<T>(look: (standIn: TeamsStandIn) => T | null | undefined | false, ms = 60_000): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        this.waiters.delete(waiter);
        act();
      };
      const waiter: Waiter = {
        check: () => {
          try {
            const found = look(this);
            if (found !== null && found !== undefined && found !== false) settle(() => resolve(found));
          } catch (error) {
            settle(() => reject(error as Error));
          }
        },
      };
      const timer = setTimeout(
        () => settle(() => reject(new Error(`Not seen within ${ms} ms.\n${this.lastRequests()}`))),
        ms,
      );
      this.waiters.add(waiter);
      waiter.check();
    });
  }

  private lastRequests(): string {
    const last = this.requests.slice(-10).map((r) => `  ${r.method} ${r.path} -> ${r.status ?? 'no answer'}`);
    return [`The stand-in got ${this.requests.length} requests; the last of them:`, ...last].join('\n');
  }

  private shownIn(conversation: string): readonly ShownMessage[] {
    return (this.conversations.get(conversation)?.messages ?? []).filter((message) => !message.deleted);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = parsed(await textOf(request));
    const url = new URL(request.url ?? '/', this.serviceUrl);
    const method = request.method ?? 'GET';
    const steps = url.pathname
      .split('/')
      .filter((step) => step !== '')
      .map(decodeURIComponent);
    const { operation, conversation } = recognise(method, steps);
    const known = conversation === null ? null : (this.conversations.get(baseOf(conversation)) ?? null);
    const recorded: Recorded = {
      seq: this.requests.length,
      at: Date.now(),
      operation,
      method,
      path: `${url.pathname}${url.search}`,
      conversation,
      member: known?.member ?? (operation === 'member' ? (steps[4] ?? null) : memberAsked(body)),
      body,
      status: null,
      done: false,
    };
    this.requests.push(recorded);

    const fault = this.faultFor(recorded);
    if (fault === 'hang') {
      this.notice();
      return;
    }
    if (fault === 'drop') {
      response.destroy();
      this.notice();
      return;
    }
    if (fault !== null && typeof fault !== 'string') {
      if (fault.done) this.act(recorded, steps, url);
      if (fault.retryAfter !== undefined) response.setHeader('Retry-After', String(fault.retryAfter));
      this.reply(recorded, response, refusal(fault.status, fault.code, fault.subCode));
      return;
    }
    const answer = this.act(recorded, steps, url);
    if (fault === 'halfAnswer') {
      response.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': 500 });
      response.write('{"id":');
      setTimeout(() => response.destroy(), 20);
      this.notice();
      return;
    }
    if (fault === 'lostAnswer') {
      response.destroy();
      this.notice();
      return;
    }
    this.reply(recorded, response, answer);
  }

  private reply(recorded: Recorded, response: ServerResponse, answer: Answer): void {
    recorded.status = answer.status;
    response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
    this.notice();
  }

  private notice(): void {
    for (const waiter of [...this.waiters]) waiter.check();
  }

  private faultFor(request: Recorded): Fault | null {
    const active = this.faults.find(({ rule, left }) => left > 0 && matches(rule, request));
    if (!active) return null;
    active.left -= 1;
    return active.rule.fault;
  }

  private act(recorded: Recorded, steps: readonly string[], url: URL): Answer {
    const answer = this.answer(recorded, steps, url);
    recorded.done = answer.status < 300;
    return answer;
  }

  private answer(recorded: Recorded, steps: readonly string[], url: URL): Answer {
    switch (recorded.operation) {
      case 'createConversation':
        return this.createConversation(recorded);
      case 'send':
        return this.send(recorded, recorded.conversation ?? '', recorded.body);
      case 'update':
        return this.change(recorded, steps[4] ?? '', (message) => {
          message.activity = asObject(recorded.body);
          message.updates += 1;
        });
      case 'delete':
        return this.change(recorded, steps[4] ?? '', (message) => {
          message.deleted = true;
        });
      case 'members':
        return this.roster(recorded, steps.at(-1) === 'pagedmembers' ? url.searchParams : null);
      case 'member':
        return this.member(steps[4] ?? '');
      case 'team':
        return steps[2] === this.team.id ? { status: 200, body: this.teamDetails() } : unknownTeam();
      case 'channels':
        return steps[2] === this.team.id ? { status: 200, body: this.channelList() } : unknownTeam();
      case 'unknown':
        return refusal(404, 'NotFound');
    }
  }

  private createConversation(recorded: Recorded): Answer {
    const body = asObject(recorded.body);
    const channel = asObject(asObject(body.channelData).channel).id;
    if (typeof channel === 'string') {
      if (!this.conversations.has(channel)) return refusal(404, 'ConversationNotFound');
      const message = this.show(channel, body.activity);
      recorded.conversation = channel;
      return { status: 201, body: { id: `${channel};messageid=${message.id}`, activityId: message.id } };
    }
    const member = this.findMember(memberAsked(body) ?? '');
    if (!member) return refusal(403, 'BotNotInConversationRoster');
    const id = this.personalChatOf(member);
    recorded.conversation = id;
    recorded.member = member.id;
    this.open(id, member.id);
    const activityId = body.activity === undefined ? {} : { activityId: this.show(id, body.activity).id };
    return { status: 201, body: { id, ...activityId } };
  }

  private send(recorded: Recorded, conversation: string, activity: unknown): Answer {
    const base = baseOf(conversation);
    // A bot may write into a chat that it remembers from before this stand-in was started.
    const member = this.members.get(memberOfChat(base) ?? '');
    if (!this.conversations.has(base) && member) {
      this.open(base, member.id);
      recorded.member = member.id;
    }
    if (!this.conversations.has(base)) return refusal(404, 'ConversationNotFound');
    return { status: 201, body: { id: this.show(base, activity).id } };
  }

  private change(recorded: Recorded, id: string, act: (message: ShownMessage) => void): Answer {
    const conversation = this.conversations.get(baseOf(recorded.conversation ?? ''));
    const message = conversation?.messages.find((candidate) => candidate.id === id && !candidate.deleted);
    if (!message) return refusal(404, 'ActivityNotFoundInConversation');
    act(message);
    return { status: 200, body: { id } };
  }

  private roster(recorded: Recorded, paging: URLSearchParams | null): Answer {
    if (!this.conversations.has(baseOf(recorded.conversation ?? ''))) {
      return refusal(404, 'ConversationNotFound');
    }
    const everybody = [...this.members.values()].map((member) => this.account(member));
    if (!paging) return { status: 200, body: everybody };
    const from = Number(paging.get('continuationToken') ?? 0);
    const to = from + this.pageSize;
    return {
      status: 200,
      body: {
        members: everybody.slice(from, to),
        ...(to < everybody.length ? { continuationToken: String(to) } : {}),
      },
    };
  }

  private member(id: string): Answer {
    const member = this.findMember(id);
    return member
      ? { status: 200, body: this.account(member) }
      : refusal(404, 'MemberNotFoundInConversation');
  }

  private findMember(id: string): TeamMember | undefined {
    return this.members.get(id) ?? [...this.members.values()].find((member) => member.aadObjectId === id);
  }

  private account(member: TeamMember): Record<string, unknown> {
    const [givenName = '', ...others] = member.name.split(' ');
    const email = member.email ?? `${member.name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@example.org`;
    return {
      id: member.id,
      name: member.name,
      aadObjectId: member.aadObjectId,
      objectId: member.aadObjectId,
      givenName,
      surname: others.join(' '),
      email,
      userPrincipalName: email,
      tenantId: this.team.tenantId,
      userRole: 'user',
    };
  }

  private teamDetails(): Record<string, unknown> {
    return {
      id: this.team.id,
      name: this.team.name,
      aadGroupId: '33333333-3333-4333-8333-333333333333',
      memberCount: this.members.size,
      channelCount: this.team.channels.length + 1,
      type: 'standard',
    };
  }

  private channelList(): Record<string, unknown> {
    // Teams gives its General channel no name.
    return { conversations: [{ id: this.team.id, name: null }, ...this.team.channels] };
  }

  private open(id: string, member: string | null): void {
    if (!this.conversations.has(id)) this.conversations.set(id, { id, member, messages: [] });
  }

  private show(conversation: string, activity: unknown): ShownMessage {
    this.messageCount += 1;
    const message: ShownMessage = {
      id: String(1_690_000_000_000 + this.messageCount),
      conversation,
      activity: asObject(activity),
      updates: 0,
      deleted: false,
    };
    this.conversations.get(conversation)?.messages.push(message);
    return message;
  }
}

/** The first card of a message, or null. */
export function cardOf(message: Pick<ShownMessage, 'activity'>): Card | null {
  const attachments = Array.isArray(message.activity.attachments) ? message.activity.attachments : [];
  const card = attachments
    .map(asObject)
    .find(({ contentType }) => contentType === 'application/vnd.microsoft.card.adaptive');
  return card ? asObject(card.content) : null;
}

function recognise(
  method: string,
  steps: readonly string[],
): { operation: Operation; conversation: string | null } {
  const [version, area, id, part, detail] = steps;
  if (version !== 'v3') return { operation: 'unknown', conversation: null };
  if (area === 'teams' && id !== undefined && method === 'GET') {
    return { operation: part === 'conversations' ? 'channels' : 'team', conversation: null };
  }
  if (area !== 'conversations') return { operation: 'unknown', conversation: null };
  if (id === undefined) {
    return { operation: method === 'POST' ? 'createConversation' : 'unknown', conversation: null };
  }
  return { operation: operationOn(method, part, detail), conversation: id };
}

function operationOn(method: string, part: string | undefined, detail: string | undefined): Operation {
  if (part === 'activities') {
    if (method === 'POST') return 'send';
    if (method === 'PUT' && detail !== undefined) return 'update';
    if (method === 'DELETE' && detail !== undefined) return 'delete';
    return 'unknown';
  }
  if (method !== 'GET') return 'unknown';
  if (part === 'pagedmembers') return 'members';
  if (part === 'members') return detail === undefined ? 'members' : 'member';
  return 'unknown';
}

function matches(rule: FaultRule, request: Recorded): boolean {
  if (rule.operation !== undefined && rule.operation !== request.operation) return false;
  if (rule.conversation !== undefined && rule.conversation !== baseOf(request.conversation ?? ''))
    return false;
  if (rule.member !== undefined && rule.member !== request.member) return false;
  return rule.when?.(request) ?? true;
}

/** A thread's id is its channel's with the first message's behind it. */
function baseOf(conversation: string): string {
  return conversation.split(';')[0] ?? conversation;
}

function memberOfChat(conversation: string): string | null {
  return conversation.startsWith('a:') ? Buffer.from(conversation.slice(2), 'base64url').toString() : null;
}

function memberAsked(body: unknown): string | null {
  const members = asObject(body).members;
  const id = Array.isArray(members) ? asObject(members[0]).id : undefined;
  return typeof id === 'string' ? id : null;
}

function refusal(status: number, code: string, subCode?: string): Answer {
  const message = `${code}: said by the stand-in for Teams`;
  return { status, body: { error: { code, ...(subCode ? { subCode } : {}), message } } };
}

function unknownTeam(): Answer {
  return refusal(404, 'TeamNotFound');
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function parsed(text: string): unknown {
  try {
    return text === '' ? null : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

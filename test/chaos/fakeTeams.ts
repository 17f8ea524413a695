import { type Answer, NotConnected, type Wire } from '../../src/teams/request';
import type { Sky } from './faultyStorage';
import { never } from './virtualTime';

/** One request to Teams, and what became of it: what the checker goes by. */
export interface Request {
  /** When it reached Teams: milliseconds since 1970, by the clock of whoever keeps the log. */
  at: number;
  /** Which process sent it. */
  readonly process: string;
  readonly operation: 'create' | 'send' | 'answer' | 'update' | 'read';
  readonly tenant: string;
  /** Id of the chat or the channel; null for what is about none. */
  readonly conversation: string | null;
  /** Whose chat it is; null for a channel's. */
  readonly person: string | null;
  /** Of the message that it carries; null where it carries none. */
  readonly summary: string | null;
  /** Whether Teams did what was asked: a message stands in the conversation. */
  done: boolean;
  /** HTTP status; null when no answer came. */
  status: number | null;
}

export interface FakeTeamsPerson {
  /** Entra's object id, and Teams' own. */
  readonly id: string;
  readonly userId: string;
  readonly name: string;
}

interface Doing {
  readonly request: Request;
  /** Does it, and gives the answer's body. */
  readonly act: () => unknown;
  /** Teams' code for what it refuses to do. */
  readonly refused?: string | null;
}

/** Teams at the other end of the wire, with the weather's faults, and an exact log. */
export class FakeTeams {
  readonly log: Request[] = [];
  /** People whom Teams does not deliver to, and the code that it says. */
  readonly closed = new Map<string, string>();
  /** Requests that never got here, since no connection was to be had. */
  unreached = 0;
  /** Those of the log of which what came back, if anything, does not tell whether they were done. */
  readonly lost = new Set<Request>();
  private messages = 0;
  private members = new Map<string, FakeTeamsPerson>();

  constructor(
    private readonly sky: Sky,
    readonly tenant: string,
    readonly team: { readonly id: string; readonly name: string; readonly channels: readonly string[] },
    private people: readonly FakeTeamsPerson[],
    /** Told of every message of Steward's own accord that was delivered, at that moment. */
    private readonly delivered: (request: Request) => void,
  ) {
    this.roster = people;
  }

  /** The people of the team. */
  get roster(): readonly FakeTeamsPerson[] {
    return this.people;
  }

  set roster(people: readonly FakeTeamsPerson[]) {
    this.people = people;
    this.members = new Map(people.map((person) => [person.userId, person]));
  }

  chatOf(person: string): string {
    return `a:${person}`;
  }

  readonly wire: Wire = async (address, { method, body = '' }, patience) => {
    const { time, random } = this.sky;
    const { process } = time;
    const doing = this.read(address, method, body);
    const { request } = doing;
    const { weather } = this.sky;
    const makesChat = request.operation === 'create' && request.summary === null;
    const teams = makesChat ? (weather.chats ?? weather.teams) : weather.teams;
    const tooLong = time.sleep(patience).then((): never => {
      throw new DOMException('no answer in time', 'TimeoutError');
    });
    tooLong.catch(() => undefined);
    if (process?.dead) return never();
    if (teams.unreached && random.chance(teams.unreached)) {
      this.unreached += 1;
      throw new NotConnected('no connection');
    }
    if (teams.way > 0) {
      await time.sleep(random.int(1, teams.way));
      request.at = time.now;
    }
    this.log.push(request);
    if (random.chance(teams.slow)) await time.sleep(random.int(5, 900));
    // It was on its way when the process died: it may have arrived.
    if (process?.dead) {
      if (random.chance(0.5)) this.act(doing);
      return never();
    }
    const shut = doing.refused ?? (request.person === null ? undefined : this.closed.get(request.person));
    if (shut !== undefined && request.operation !== 'read')
      return this.answer(request, 403, { error: { code: shut } });
    const { refuses = 0 } = teams;
    const bad = teams.throttles + refuses + teams.fails + teams.lies + teams.hangs + teams.breaks;
    const fault = random.weighted<Fault | null>([
      [teams.throttles, random.pick([429, 429, 429, 412] as const)],
      [refuses, 'busy'],
      [teams.fails, random.pick(['busy', 'gateway', 'failed'] as const)],
      [teams.lies, random.pick(['lie', 'lie', 'late'] as const)],
      [teams.hangs, random.pick(['hang', 'hang after'] as const)],
      [teams.breaks, random.pick(['drop', 'reset', 'half'] as const)],
      [1 - bad, null],
    ]);
    const answer = await Promise.race([this.outcome(doing, fault), tooLong]);
    await time.awake(process);
    return process?.dead ? never() : answer;
  };

  private async outcome(doing: Doing, fault: Fault | null): Promise<Answer> {
    const { time, random } = this.sky;
    const { request } = doing;
    const gateway = random.pick([502, 504]);
    if (fault !== null && TELLS_NOTHING.has(fault)) this.lost.add(request);
    switch (fault) {
      case null:
        return this.answer(request, doneStatus(request), this.act(doing));
      case 429: {
        const after = random.pick([null, '1', '3', new Date(time.now + 2_000).toUTCString()]);
        return this.answer(request, 429, { error: { code: 'TooManyRequests' } }, after);
      }
      case 412:
        return this.answer(request, 412, { error: { code: 'PreconditionFailed' } });
      case 'busy':
        return this.answer(request, 503, { error: { code: 'ServiceUnavailable' } });
      case 'gateway':
        return this.answer(request, gateway, 'no such thing as JSON');
      case 'failed':
        return this.answer(request, 500, { error: { code: 'InternalError' } });
      case 'lie':
        this.act(doing);
        return this.answer(request, random.pick([500, 502, 504]), { error: { code: 'Lied' } });
      case 'late': {
        const body = this.act(doing);
        const ms = random.int(2_000, 30_000);
        // Nobody waits so long: in the log it stands as a request without an answer.
        if (ms > PATIENCE) this.lost.add(request);
        await time.sleep(ms);
        return ms > PATIENCE ? never() : this.answer(request, doneStatus(request), body);
      }
      case 'hang':
        return never();
      case 'hang after':
        this.act(doing);
        return never();
      case 'drop':
        throw broken();
      case 'reset':
        this.act(doing);
        throw broken();
      case 'half': {
        const answer = this.answer(request, doneStatus(request), this.act(doing));
        // What came of it is not known: in the log it has no answer.
        request.status = null;
        return { ...answer, body: null };
      }
    }
  }

  private act({ request, act }: Doing): unknown {
    const body = act();
    request.done = true;
    if (request.summary !== null && request.operation !== 'update' && request.operation !== 'answer')
      this.delivered(request);
    return body;
  }

  private answer(request: Request, status: number, body: unknown, retryAfter: string | null = null): Answer {
    request.status = status;
    const headers = {
      'content-type': 'application/json',
      ...(retryAfter ? { 'retry-after': retryAfter } : {}),
    };
    return { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body ?? {}) };
  }

  private read(address: string, method: string, body: string): Doing {
    const steps = new URL(address).pathname.split('/').filter(Boolean).map(decodeURIComponent);
    const said = body === '' ? {} : (JSON.parse(body) as Record<string, unknown>);
    const [, area, id, part, detail] = steps;
    const about = (
      operation: Request['operation'],
      conversation: string | null,
      summary: unknown,
    ): Request => ({
      at: this.sky.time.now,
      process: this.sky.time.process?.name ?? '',
      operation,
      tenant: this.tenant,
      conversation,
      person: conversation?.startsWith('a:') ? conversation.slice(2) : null,
      summary: typeof summary === 'string' ? summary : null,
      done: false,
      status: null,
    });
    if (area === 'teams' && method === 'GET') {
      const conversations = this.team.channels.map((channel) => ({ id: channel, name: channel }));
      const answer = part === 'conversations' ? { conversations } : { id, name: this.team.name };
      return { request: about('read', null, null), act: () => answer };
    }
    if (area === 'conversations' && id === undefined) return this.create(said, about);
    const conversation = (id ?? '').split(';')[0] ?? '';
    if (method === 'GET') {
      const members = this.roster.map(({ id: aadObjectId, userId, name }) => ({
        id: userId,
        name,
        aadObjectId,
      }));
      return { request: about('read', null, null), act: () => ({ members }) };
    }
    if (part === 'activities' && method === 'PUT')
      return { request: about('update', conversation, said.summary), act: () => ({ id: detail }) };
    const operation = detail === undefined && !said.replyToId ? 'send' : 'answer';
    return { request: about(operation, conversation, said.summary), act: () => ({ id: this.next() }) };
  }

  private create(
    said: Record<string, unknown>,
    about: (operation: Request['operation'], conversation: string, summary: unknown) => Request,
  ): Doing {
    const { channelData, members, activity } = said as {
      channelData?: { channel?: { id?: string } };
      members?: readonly { id: string }[];
      activity?: { summary?: string };
    };
    const channel = channelData?.channel?.id;
    const userId = members?.[0]?.id ?? '';
    const member = this.members.get(userId);
    const person = member?.id ?? userId;
    const conversation = channel ?? this.chatOf(person);
    return {
      request: about('create', conversation, activity?.summary),
      refused: channel === undefined && !member ? 'BotNotInConversationRoster' : null,
      act: () => {
        const message = this.next();
        return channel === undefined
          ? { id: conversation }
          : { id: `${channel};messageid=${message}`, activityId: message };
      },
    };
  }

  private next(): string {
    this.messages += 1;
    return `m${this.messages}`;
  }
}

/** How long (ms) Steward waits for an answer, with a little less for what the request took on its way. */
const PATIENCE = 14_000;

type Fault =
  | 429
  | 412
  | 'busy'
  | 'gateway'
  | 'failed'
  | 'lie'
  | 'late'
  | 'hang'
  | 'hang after'
  | 'drop'
  | 'reset'
  | 'half';

/** After these nobody knows but Teams. After a body that broke off it is known that it was done. */
const TELLS_NOTHING: ReadonlySet<Fault> = new Set<Fault>([
  'gateway',
  'failed',
  'lie',
  'hang',
  'hang after',
  'drop',
  'reset',
]);

function doneStatus({ operation }: Request): number {
  return operation === 'read' || operation === 'update' ? 200 : 201;
}

function broken(): Error {
  return Object.assign(new Error('reset'), { code: 'ECONNRESET' });
}

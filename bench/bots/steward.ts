import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { openCycle } from '../../src/app/openCycle';
import type { WorkQueue } from '../../src/app/ports';
import { requestPublication } from '../../src/app/publishPosition';
import { isLive } from '../../src/domain/plan';
import { scaleAt } from '../../src/domain/status';
import { MemoryQueue } from '../../src/storage/memoryQueue';
import { MemoryTable } from '../../src/storage/memoryTable';
import type { Table } from '../../src/storage/table';
import { openTables, openWorkQueue, startBot, systemClock, type Tables } from '../../src/wiring';
import { type Blocks, watchLoop } from '../loopWatch';
import { leadName, loadPlan } from '../plans';
import { type Call, recorded, replay, wavesOf } from '../tables';

/*
 * Steward as a whole, in a process of its own that a bench starts: on an Azurite (BENCH_STORAGE) or on tables in memory, with made plans loaded
 * (BENCH_PLANS, none for a process that is to share others' plans). It answers what the bench asks it over the channel between processes.
 */

/** A lead's action, as a form's data name it. */
export interface ActionName {
  readonly plan: string;
  readonly id: string;
  readonly ref: string;
  version: number;
}

/** What the bot says when it is ready. */
export interface StewardReady {
  readonly port: number;
  readonly period: string;
  /** Each lead's actions; plan by plan. */
  readonly names: ActionName[][];
}

const quiet = { info: () => undefined, warn: complain, error: complain };
const env = process.env;
const plans = Number(env.BENCH_PLANS ?? 1);
const actions = Number(env.BENCH_ACTIONS ?? 100);
const leads = Number(env.BENCH_LEADS ?? 10);
const serviceUrl = env.BENCH_SERVICE_URL ?? '';

let calls: Call[] | null = null;
let endWatch: (() => Blocks) | null = null;

/** What a bench asks over the channel between processes. */
interface Asked {
  readonly say: string;
  readonly waves?: readonly (readonly Call[])[];
  readonly file?: string;
}

async function main(): Promise<void> {
  const { tables, queue } = await storageOf(env.BENCH_STORAGE);
  const watched: Tables = {
    plans: recorded(tables.plans, 'plans', () => calls),
    people: recorded(tables.people, 'people', () => calls),
  };
  const bot = await startBot({
    tables: watched,
    queue,
    identity: { kind: 'open' },
    tenants: [],
    clock: systemClock,
    host: '127.0.0.1',
    port: 0,
    log: quiet,
    play: null,
  });
  const period = new Date().toISOString().slice(0, 7) as `${number}-${number}`;
  const names: ActionName[][] = [];
  for (let number = 0; number < plans; number += 1) {
    const plan = await loadPlan(bot.deps, {
      number,
      actions,
      leads,
      tenant: `tenant${number}`,
      serviceUrl,
      chats: true,
    });
    await openCycle(bot.deps, plan.id, period, 'Bench');
    await bot.deps.advance(plan.id);
    const scale = scaleAt(plan.scales, period);
    const live = (await bot.deps.plans.readActions(plan.id)).filter((action) => isLive(action, scale));
    const byLead = new Map<string, ActionName[]>();
    for (const { id, ref, version, leads: ledBy } of live) {
      const lead = ledBy[0]?.name ?? '';
      byLead.set(lead, [...(byLead.get(lead) ?? []), { plan: plan.id, id, ref, version }]);
    }
    for (let lead = 0; lead < leads; lead += 1) names.push(byLead.get(leadName(lead)) ?? []);
  }
  const { port } = bot.server.address() as AddressInfo;

  process.on('message', (asked: Asked) => {
    answer(asked).then(
      (said) => process.send?.(said),
      (error: unknown) => process.send?.({ failed: String(error) }),
    );
  });
  const answer = async ({ say, waves = [], file = '' }: Asked): Promise<object> => {
    switch (say) {
      case 'cpu':
        return { cpu: process.cpuUsage(), memory: process.memoryUsage() };
      case 'gc':
        for (let n = 0; n < 3; n += 1) globalThis.gc?.();
        return { memory: process.memoryUsage() };
      case 'record':
        calls = [];
        return {};
      case 'recorded': {
        const kept = calls ?? [];
        calls = null;
        return { waves: wavesOf(kept).map((wave) => wave.map(({ table, ask }) => ({ table, ask }))) };
      }
      case 'watch':
        endWatch = watchLoop();
        return {};
      case 'watched':
        return endWatch?.() ?? {};
      case 'load': {
        const read = await bot.deps.reader.readFile(await readFile(file), basename(file));
        return { actions: read.actions.length };
      }
      case 'publish': {
        const plan = (await bot.deps.plans.readPlan(names[0]?.[0]?.plan ?? ''))?.value;
        if (!plan) throw new Error('there is no plan');
        await requestPublication(bot.deps, plan, period, 'Bench');
        await bot.deps.advance(plan.id);
        return { published: (await bot.deps.months.readPosition(plan.id, period)) !== null };
      }
      case 'end':
        return process.exit(0);
      case 'replay': {
        const from = performance.now();
        await replay(waves, tables);
        return { ms: performance.now() - from };
      }
      default:
        throw new Error(`${say} is not known`);
    }
  };
  process.once('disconnect', () => process.exit());
  const ready: StewardReady = { port, period, names };
  process.send?.(ready);
}

async function storageOf(connection: string | undefined): Promise<{ tables: Tables; queue: WorkQueue }> {
  if (!connection)
    return {
      tables: { plans: forgetful(new MemoryTable()), people: new MemoryTable() },
      queue: new MemoryQueue(),
    };
  const storage = { kind: 'connection', connection } as const;
  const [tables, queue] = await Promise.all([openTables(storage), openWorkQueue(storage)]);
  return { tables, queue };
}

/** Keeps no updates, which are never asked for here but would be taken for memory that grows. */
function forgetful(inner: Table): Table {
  return {
    read: (partition, row) => inner.read(partition, row),
    range: (partition, from, below, limit) => inner.range(partition, from, below, limit),
    write: async (partition, writes) => {
      const kept = writes.filter(({ row }) => !row.startsWith('update|'));
      const etags = await inner.write(partition, kept);
      return writes.map((write) => etags[kept.indexOf(write)] ?? '');
    },
  };
}

function complain(facts: object, event: string): void {
  if (env.BENCH_LOG) console.error(event, JSON.stringify(facts));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});

/*
 * The months of a plan, in the plan's own partition of the table `plans`:
 *
 *   RowKey                        what
 *   cycle|<period>                a period's run
 *   message|<key>                 a message of Steward's own accord and what became of it; prompts are `prompt|<period>|<person>`
 *   position|<period>             the figures as published: written last, so that it vouches for its snapshots
 *   snapshot|<period>|<id>        an action as it stood then
 *   history|<period>              totals from before Steward
 */
import { mapInSlices } from '../app/inSlices';
import { Conflict, type MonthStore, type Stored } from '../app/ports';
import type { Cycle } from '../domain/cycle';
import type { EarlierTotals } from '../domain/figures';
import type { Message } from '../domain/message';
import type { Period } from '../domain/period';
import type { Plan } from '../domain/plan';
import type { Position } from '../domain/position';
import type { Snapshot } from '../domain/snapshot';
import { decode, encode, keyPart } from './codec';
import { insertMessage, messageRow } from './messageRows';
import { positionOf, positionWrites } from './positionRows';
import { put, replace, stored, storedValues, valuesInRefOrder } from './rows';
import { afterPrefix, batchesOf, type Table, TRANSACTION_LIMIT, type Write } from './table';

export class TableMonthStore implements MonthStore {
  constructor(private readonly table: Table) {}

  async readCycle(plan: string, period: Period): Promise<Stored<Cycle> | null> {
    return stored(await this.table.read(plan, `cycle|${period}`));
  }

  async readCycles(plan: string): Promise<Cycle[]> {
    const rows = await this.table.range(plan, 'cycle|', afterPrefix('cycle|'));
    return rows.map((row) => decode<Cycle>(row));
  }

  async openCycle(plan: Stored<Plan>, cycle: Cycle): Promise<void> {
    await this.table.write(plan.value.id, [
      replace('plan', plan),
      { op: 'insert', row: `cycle|${cycle.period}`, cells: encode(cycle, { state: cycle.state }) },
    ]);
  }

  async saveCycle(
    plan: string,
    cycle: Stored<Cycle>,
    messages: readonly Message[] = [],
  ): Promise<Stored<Cycle>> {
    const [etag] = await this.table.write(plan, [
      replace(`cycle|${cycle.value.period}`, cycle, { state: cycle.value.state }),
      ...messages.map(insertMessage),
    ]);
    return { value: cycle.value, etag: etag ?? '' };
  }

  async addMessages(plan: string, messages: readonly Message[]): Promise<void> {
    if (messages.length === 0) return;
    const present = new Set((await this.readMessages(plan)).map(({ value }) => value.key));
    const missing = messages.filter(({ key }) => !present.has(key));
    for (let at = 0; at < missing.length; at += TRANSACTION_LIMIT) {
      const batch = missing.slice(at, at + TRANSACTION_LIMIT);
      try {
        await this.table.write(plan, batch.map(insertMessage));
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        // Somebody added one of them meanwhile: each on its own, then.
        for (const message of batch) await this.addOne(plan, message);
      }
    }
  }

  async readMessage(plan: string, key: string): Promise<Stored<Message> | null> {
    return stored(await this.table.read(plan, messageRow(key)));
  }

  async readMessages(plan: string, prefix = ''): Promise<Stored<Message>[]> {
    const from = `message|${prefix}`;
    return storedValues(await this.table.range(plan, from, afterPrefix(from)));
  }

  async saveMessage(plan: string, message: Stored<Message>): Promise<Stored<Message>> {
    const row = messageRow(message.value.key);
    const [etag] = await this.table.write(plan, [replace(row, message, { state: message.value.state })]);
    return { value: message.value, etag: etag ?? '' };
  }

  async freezePosition(plan: string, position: Position, snapshots: readonly Snapshot[]): Promise<void> {
    if (await this.readPosition(plan, position.period))
      throw new Conflict(plan, `position|${position.period}`);
    const prefix = `snapshot|${position.period}|`;
    const kept = new Set(snapshots.map(({ id }) => prefix + keyPart(id)));
    const leftOver = (await this.table.range(plan, prefix, afterPrefix(prefix))).filter(
      ({ row }) => !kept.has(row),
    );
    const { parts, head } = positionWrites(position);
    const writes: Write[] = [
      ...leftOver.map(({ row }): Write => ({ op: 'delete', row })),
      ...(await mapInSlices(snapshots, (snapshot) => put(prefix + keyPart(snapshot.id), snapshot))),
      ...parts,
      head,
    ];
    // The position goes with the last of its snapshots: a process that stood still meanwhile, and whose lease has run out, changes none that another's
    // position vouches for. Where there are several transactions it looks before each.
    for (const [n, batch] of batchesOf(writes).entries()) {
      if (n > 0 && (await this.readPosition(plan, position.period)))
        throw new Conflict(plan, `position|${position.period}`);
      await this.table.write(plan, batch);
    }
  }

  async readPosition(plan: string, period: Period): Promise<Position | null> {
    const row = await this.table.read(plan, `position|${period}`);
    return row ? positionOf(this.table, row) : null;
  }

  async readPositions(plan: string): Promise<Position[]> {
    const rows = await this.table.range(plan, 'position|', afterPrefix('position|'));
    return Promise.all(rows.map((row) => positionOf(this.table, row)));
  }

  async readSnapshots(plan: string, period: Period | 'loaded'): Promise<Snapshot[]> {
    const prefix = `snapshot|${period}|`;
    return valuesInRefOrder(await this.table.range(plan, prefix, afterPrefix(prefix)));
  }

  async saveEarlierTotals(plan: string, totals: EarlierTotals): Promise<void> {
    await this.table.write(plan, [put(`history|${totals.period}`, totals)]);
  }

  async readEarlierTotals(plan: string): Promise<EarlierTotals[]> {
    const rows = await this.table.range(plan, 'history|', afterPrefix('history|'));
    return rows.map((row) => decode<EarlierTotals>(row));
  }

  private async addOne(plan: string, message: Message): Promise<void> {
    try {
      await this.table.write(plan, [insertMessage(message)]);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
}

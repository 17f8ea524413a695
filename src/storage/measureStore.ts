/*
 * What a plan has beside actions, in the plan's own partition of the table `plans`:
 *
 *   RowKey                                what
 *   measure|<id>                          a measure, with what it was last read as
 *   reading|<measure>|<time>|<version>    a reading; versions count down from 9,999,999,999, so that the newest of a time comes first.
 *                                         The time is a period, or what a file calls it
 *   report|<id>                           what a group's leads report: its business as usual, and what was last said
 *   return|<report>|<period>|<version>    what they said in a period
 *   detail|<kind>|<n>                     outcomes, milestones and so on, a hundred or so a row
 */
import type { MeasureStore, PlanParts, Stored } from '../app/ports';
import type { Measure, Reading } from '../domain/measure';
import { type GroupReport, type GroupReturn, NO_DETAIL, type PlanDetail } from '../domain/planDetail';
import { compareRefs } from '../domain/refs';
import { decode, encode, keyPart } from './codec';
import { put, replace, stored, values } from './rows';
import { afterPrefix, batchesOf, type Cell, type Row, type Table, type Write } from './table';

const NEWEST = 9_999_999_999;
/** Longest row of details in characters of JSON, whatever one item of it weighs. */
const DETAIL_ROOM = 200_000;

export class TableMeasureStore implements MeasureStore {
  constructor(private readonly table: Table) {}

  async readDetail(plan: string): Promise<PlanDetail> {
    const rows = await this.range(plan, 'detail|');
    const listOf = <Item>(kind: keyof PlanDetail): Item[] =>
      rows.filter(({ row }) => row.startsWith(`detail|${kind}|`)).flatMap((row) => decode<Item[]>(row));
    return {
      outcomes: listOf('outcomes'),
      milestones: listOf('milestones'),
      recommendations: listOf('recommendations'),
      people: listOf('people'),
      narratives: listOf('narratives'),
      assurance: listOf('assurance'),
    };
  }

  async saveDetail(plan: string, detail: PlanDetail): Promise<void> {
    const writes = detailWrites(detail);
    const kept = new Set(writes.map(({ row }) => row));
    const leftOver = (await this.range(plan, 'detail|')).filter(({ row }) => !kept.has(row));
    const all: Write[] = [...writes, ...leftOver.map(({ row }): Write => ({ op: 'delete', row }))];
    for (const batch of batchesOf(all)) await this.table.write(plan, batch);
  }

  async readMeasures(plan: string): Promise<Measure[]> {
    return (await this.range(plan, 'measure|'))
      .map((row) => decode<Measure>(row))
      .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  }

  async readMeasure(plan: string, measure: string): Promise<Stored<Measure> | null> {
    return stored(await this.table.read(plan, measureRow(measure)));
  }

  async readReadings(plan: string, measure?: string): Promise<Reading[]> {
    const rows = await this.range(plan, measure === undefined ? 'reading|' : readingPrefix(measure));
    return values(rows);
  }

  async saveReading(plan: string, before: Stored<Measure>, after: Measure, reading: Reading): Promise<void> {
    await this.table.write(plan, [
      measureWrite(before, after),
      { op: 'insert', row: readingRow(reading), cells: encode(reading, readingColumns(reading)) },
    ]);
  }

  async saveMeasures(
    plan: string,
    measures: readonly { readonly value: Measure; readonly etag: string | null }[],
    readings: readonly Reading[] = [],
  ): Promise<void> {
    const writes = [
      ...measures.map(({ value, etag }): Write => {
        const columns = measureColumns(value);
        return etag === null
          ? { op: 'insert', row: measureRow(value.id), cells: encode(value, columns) }
          : replace(measureRow(value.id), { value, etag }, columns);
      }),
      ...readings.map(readingPut),
    ];
    for (const batch of batchesOf(writes)) await this.table.write(plan, batch);
  }

  async readReports(plan: string): Promise<GroupReport[]> {
    return (await this.range(plan, 'report|'))
      .map((row) => decode<GroupReport>(row))
      .sort((a, b) => compareRefs(a.group, b.group) || (a.id < b.id ? -1 : 1));
  }

  async readReport(plan: string, report: string): Promise<Stored<GroupReport> | null> {
    return stored(await this.table.read(plan, reportRow(report)));
  }

  async saveReports(
    plan: string,
    reports: readonly { readonly value: GroupReport; readonly etag: string | null }[],
  ): Promise<void> {
    const writes = reports.map(({ value, etag }): Write => {
      const row = reportRow(value.id);
      return etag === null ? { op: 'insert', row, cells: encode(value) } : replace(row, { value, etag });
    });
    for (const batch of batchesOf(writes)) await this.table.write(plan, batch);
  }

  async saveReturn(
    plan: string,
    before: Stored<GroupReport>,
    after: GroupReport,
    said: GroupReturn,
  ): Promise<void> {
    const { period, at, by, late } = said;
    await this.table.write(plan, [
      reportWrite(before, after),
      { op: 'insert', row: returnRow(said), cells: encode(said, { period, at, by: by.id, late }) },
    ]);
  }

  async readReturns(plan: string, report: string): Promise<GroupReturn[]> {
    const rows = await this.range(plan, `return|${keyPart(report)}|`);
    return rows.map((row) => decode<GroupReturn>(row));
  }

  private range(plan: string, prefix: string): Promise<Row[]> {
    return this.table.range(plan, prefix, afterPrefix(prefix));
  }
}

/** A measure in the place of one that was read; a conflict when it changed since. */
export function measureWrite(before: Stored<Measure>, after: Measure): Write {
  return replace(measureRow(after.id), { value: after, etag: before.etag }, measureColumns(after));
}

/** A group's report in the place of one that was read. */
export function reportWrite(before: Stored<GroupReport>, after: GroupReport): Write {
  return replace(reportRow(after.id), { value: after, etag: before.etag });
}

/** The rows of a new plan's parts. Readings of one measure and time must be one. */
export function partWrites(parts: PlanParts): Write[] {
  return [
    ...detailWrites(parts.detail),
    ...parts.measures.map((measure) => put(measureRow(measure.id), measure, measureColumns(measure))),
    ...parts.readings.map(readingPut),
    ...parts.reports.map((report) => put(reportRow(report.id), report)),
  ];
}

function detailWrites(detail: PlanDetail): Write[] {
  return Object.keys(NO_DETAIL).flatMap((kind) => {
    const items: readonly unknown[] = detail[kind as keyof PlanDetail];
    return chunksOf(items).map((chunk, at) => put(`detail|${kind}|${String(at).padStart(4, '0')}`, chunk));
  });
}

/** Items by the row: as many as fit. */
function chunksOf(items: readonly unknown[]): unknown[][] {
  const chunks: unknown[][] = [];
  let room = 0;
  for (const item of items) {
    const length = JSON.stringify(item).length;
    const last = chunks.at(-1);
    if (!last || length > room) {
      chunks.push([item]);
      room = DETAIL_ROOM - length;
    } else {
      last.push(item);
      room -= length;
    }
  }
  return chunks;
}

function readingPut(reading: Reading): Write {
  return put(readingRow(reading), reading, readingColumns(reading));
}

function measureRow(id: string): string {
  return `measure|${keyPart(id)}`;
}

function readingPrefix(measure: string): string {
  return `reading|${keyPart(measure)}|`;
}

/** A time may be a whole header of a file: cut, since a key takes 512 characters. */
function readingRow({ measure, period, when, version }: Reading): string {
  const time = period ?? `at ${when.slice(0, 60)}`;
  return `${readingPrefix(measure)}${keyPart(time)}|${newestFirst(version)}`;
}

function reportRow(id: string): string {
  return `report|${keyPart(id)}`;
}

function returnRow({ report, period, version }: GroupReturn): string {
  return `return|${keyPart(report)}|${period}|${newestFirst(version)}`;
}

function newestFirst(version: number): string {
  return String(NEWEST - version).padStart(10, '0');
}

/** Columns for those who look into the table; Steward itself reads the body. */
function measureColumns(measure: Measure): Record<string, Cell> {
  const { name, version, readIn, last } = measure;
  return { name: name.slice(0, 200), version, readIn: readIn ?? '', last: last?.text.slice(0, 200) ?? '' };
}

function readingColumns({ text, value, at, by, late }: Reading): Record<string, Cell> {
  return { text: text.slice(0, 200), value: value ?? '', at, by: by?.id ?? '', late };
}

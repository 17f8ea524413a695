import type { Attributes, Counter, Histogram } from '@opentelemetry/api';
import type { Log } from '../app/ports';
import type { Row, Table, Write } from '../storage/table';

/**
 * Traces and metrics by OpenTelemetry, sent where OTEL_EXPORTER_OTLP_ENDPOINT says; nothing is loaded, measured or sent where it says nothing.
 * No name, id or narrative is ever among them: kinds, outcomes and counts only.
 *
 *   steward.messages              messages tried, by kind (prompt, reminder, post …) and outcome (sent, throttled, unreachable, unconfirmed)
 *   steward.replies               replies kept, by kind (answer, no-change …) and whether late
 *   steward.faults                log lines of level error, by their text
 *   steward.turn.duration         milliseconds of a turn, by the kind of activity and the status answered
 *   steward.storage.transactions  requests to Table storage, by table and operation
 */
export interface Telemetry {
  /** A log whose lines are counted where they tell what the metrics want to know. */
  log(log: Log): Log;
  /** A table whose requests are counted. */
  table(name: string, table: Table): Table;
  /** Runs a turn within a span, and times it. */
  turn<Answer extends { readonly status: number }>(
    activity: object,
    run: () => Promise<Answer>,
  ): Promise<Answer>;
  /** Sends what is still to be sent. */
  stop(): Promise<void>;
}

/** Measures nothing. */
export const NO_TELEMETRY: Telemetry = {
  log: (log) => log,
  table: (_name, table) => table,
  turn: (_activity, run) => run(),
  stop: async () => {},
};

/** Starts telemetry as the standard OTEL_ variables say; {@link NO_TELEMETRY} where they name no endpoint. */
export async function startTelemetry(
  env: Readonly<Record<string, string | undefined>>,
  instance: string,
): Promise<Telemetry> {
  if (!env.OTEL_EXPORTER_OTLP_ENDPOINT?.trim()) return NO_TELEMETRY;
  const [{ metrics, trace }, sdkMetrics, sdkTraces, { resourceFromAttributes }, exporters] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-metrics'),
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/resources'),
      exportersFor(env.OTEL_EXPORTER_OTLP_PROTOCOL),
    ]);
  const resource = resourceFromAttributes({ 'service.name': 'steward', 'service.instance.id': instance });
  const readers = [new sdkMetrics.PeriodicExportingMetricReader({ exporter: new exporters.Metrics() })];
  const meters = new sdkMetrics.MeterProvider({ resource, readers });
  const spanProcessors = [new sdkTraces.BatchSpanProcessor(new exporters.Traces())];
  const tracers = new sdkTraces.BasicTracerProvider({ resource, spanProcessors });
  metrics.setGlobalMeterProvider(meters);
  trace.setGlobalTracerProvider(tracers);
  const telemetry = measuring(meters.getMeter('steward'), tracers.getTracer('steward'));
  return {
    ...telemetry,
    stop: async () => {
      await Promise.allSettled([meters.shutdown(), tracers.shutdown()]);
      metrics.disable();
      trace.disable();
    },
  };
}

/** The agent of Azure Container Apps takes gRPC alone, most collectors both; one of the two is loaded. */
async function exportersFor(protocol: string | undefined) {
  if (protocol === 'grpc') {
    const { OTLPMetricExporter } = await import('@opentelemetry/exporter-metrics-otlp-grpc');
    const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-grpc');
    return { Metrics: OTLPMetricExporter, Traces: OTLPTraceExporter };
  }
  const { OTLPMetricExporter } = await import('@opentelemetry/exporter-metrics-otlp-http');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  return { Metrics: OTLPMetricExporter, Traces: OTLPTraceExporter };
}

interface Meter {
  createCounter(name: string, options?: { description?: string }): Counter;
  createHistogram(name: string, options?: { description?: string; unit?: string }): Histogram;
}

interface Tracer {
  startSpan(
    name: string,
    options?: { attributes?: Attributes },
  ): {
    setAttributes(attributes: Attributes): unknown;
    setStatus(status: { code: number }): unknown;
    end(): void;
  };
}

/** OpenTelemetry's number for a span that failed. */
const FAILED = 2;

/** Counts and times with a meter and a tracer, whoever made them. */
export function measuring(meter: Meter, tracer: Tracer): Omit<Telemetry, 'stop'> {
  const messages = meter.createCounter('steward.messages', { description: 'messages tried' });
  const replies = meter.createCounter('steward.replies', { description: 'replies kept' });
  const faults = meter.createCounter('steward.faults', { description: 'log lines of level error' });
  const turns = meter.createHistogram('steward.turn.duration', { description: 'a whole turn', unit: 'ms' });
  const requests = meter.createCounter('steward.storage.transactions', {
    description: 'requests to Table storage',
  });
  const told: Readonly<Record<string, (facts: Readonly<Record<string, unknown>>) => void>> = {
    'message tried': ({ kind, outcome }) => messages.add(1, { kind: word(kind), outcome: word(outcome) }),
    'update accepted': ({ kind, late }) => replies.add(1, { kind: word(kind), late: late === true }),
    'reading accepted': ({ late }) => replies.add(1, { kind: 'reading', late: late === true }),
    'report accepted': ({ late }) => replies.add(1, { kind: 'report', late: late === true }),
  };
  return {
    log: (log) => ({
      info: (facts, event) => {
        told[event]?.(facts);
        log.info(facts, event);
      },
      warn: (facts, event) => log.warn(facts, event),
      error: (facts, event) => {
        faults.add(1, { event });
        log.error(facts, event);
      },
    }),
    table: (name, table) => countedTable(table, (operation) => requests.add(1, { table: name, operation })),
    turn: async (activity, run) => {
      const kind = kindOf(activity);
      const span = tracer.startSpan('turn', { attributes: { kind } });
      const began = performance.now();
      let status = 0;
      try {
        const answer = await run();
        status = answer.status;
        return answer;
      } finally {
        turns.record(performance.now() - began, { kind, status });
        span.setAttributes({ status });
        if (status === 0 || status >= 500) span.setStatus({ code: FAILED });
        span.end();
      }
    },
  };
}

/** A table that tells of each request: a range is one for each thousand rows, as Azure pages them. */
function countedTable(table: Table, count: (operation: string) => void): Table {
  const countTimes = (operation: string, times: number): void => {
    for (let n = 0; n < times; n += 1) count(operation);
  };
  return {
    read: (partition: string, row: string): Promise<Row | null> => {
      count('read');
      return table.read(partition, row);
    },
    range: async (partition: string, from: string, below: string, limit?: number): Promise<Row[]> => {
      const rows = await table.range(partition, from, below, limit);
      countTimes('query', Math.max(1, Math.ceil(rows.length / 1000)));
      return rows;
    },
    write: (partition: string, writes: readonly Write[]): Promise<string[]> => {
      if (writes.length > 0) count('write');
      return table.write(partition, writes);
    },
  };
}

/** What kind of activity it is, in the protocol's own words and no others: they are few, and come from outside. */
function kindOf(activity: object): string {
  const { type, name } = activity as { type?: unknown; name?: unknown };
  return [type, name].flatMap((part) => (typeof part === 'string' ? word(part) : [])).join(' ');
}

/** A word that may be an attribute: short, and of letters alone; anything else is `other`. */
function word(value: unknown): string {
  return typeof value === 'string' && /^[\w/-]{1,40}$/.test(value) ? value : 'other';
}

// What a monitor asks: does the process live, can everything be reached, and how many of each thing happened. No secrets, no names.
import type { FastifyInstance } from 'fastify';

export interface Readiness {
  /** Empty: all is well. Short codes such as `database.unreachable`, `clock.late (sweep)`. */
  reasons: string[];
  /** Messages are answered, whatever `reasons` say. */
  answers: boolean;
  /** Milliseconds of one round trip, or null when the database did not answer. */
  databaseMs: number | null;
  queue: { engine: string; reachable: boolean; depth: Record<string, number> | null } | null;
  /** Age in ms of the last run of each scheduled job; null: never, or unknown. */
  ticks: Record<string, number | null>;
  spool: { entries: number; parked: number };
}

export interface HealthDeps {
  ready(): Promise<Readiness>;
  /** Names in Prometheus' form, perhaps with labels: `dudao_messages_total{what="late"}`. */
  counters(): ReadonlyMap<string, number>;
}

/**
 * GET /healthz, /readyz and /metrics. Readiness is whether the conversation goes on: 503 `not-ready` only while it does
 * not, for whoever reads the code would turn people away; 200 `degraded` with `reasons` while something else is amiss.
 */
export async function healthRoutes(app: FastifyInstance, deps: HealthDeps): Promise<void> {
  app.get('/healthz', async () => ({ status: 'ok', uptimeSeconds: Math.floor(process.uptime()) }));

  app.get('/readyz', async (_request, reply) => {
    const { answers, ...state } = await deps.ready();
    const status = !answers ? 'not-ready' : state.reasons.length > 0 ? 'degraded' : 'ready';
    return reply.code(answers ? 200 : 503).send({ status, ...state });
  });

  app.get('/metrics', async (_request, reply) => {
    const lines = [...deps.counters()].map(([name, value]) => `${name} ${value}`);
    lines.push(`process_resident_memory_bytes ${process.memoryUsage.rss()}`);
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(`${lines.join('\n')}\n`);
  });
}

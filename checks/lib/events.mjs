/** Types by ingest topic; those that the bus samples by default (data queries, performance) are published as P0 here. */
const auditTypes = {
  'audit.user': ['user.login', 'user.action.task.created', 'user.logout'],
  'audit.ai': ['ai.decision.made', 'ai.compliance.checked'],
  'audit.data': ['data.mutation', 'data.migration', 'data.query'],
  'audit.security': ['security.violation', 'security.auth.failed', 'security.permission.denied'],
  'audit.system': ['system.health', 'heartbeat', 'foo.bar'],
  'audit.blueprint': ['blueprint.created'],
  'audit.task': ['task.closed', 'task.assigned'],
  'audit.org': ['org.member.added'],
  'audit.integration': ['integration.github.push'],
  'audit.performance': ['performance.page.load'],
  'audit.compliance': ['compliance.check.passed'],
};
const ajTypes = {
  'events.status': ['status_change', 'status_operational', 'status_degraded', 'status_outage'],
  'events.capacity': ['capacity_alert', 'capacity_forecast', 'capacity_threshold'],
  'events.incident': ['incident_created', 'incident_updated', 'incident_resolved'],
  'events.alert': ['alert_triggered', 'alert_resolved'],
  'events.system': ['system_maintenance', 'system_update', 'never_seen_before'],
};
export const ingestTopics = [...Object.keys(auditTypes), ...Object.keys(ajTypes)];

const sampled = (type) => type === 'data.query' || type.startsWith('performance.');
const pick = (list, n) => list[n % list.length];

/**
 * The n-th valid event of a mixed stream: `{n, topic, type, id, payload, key, value}`, the same for the same n.
 * Every third one has no id of its own; keys, timestamps, priorities and metadata come and go.
 */
export function mixedEvent(n) {
  const topic = pick(ingestTopics, n);
  const turn = Math.floor(n / ingestTopics.length);
  const id = n % 3 === 0 ? undefined : `check-${n}`;
  const payload = { n, text: pick(['plain', 'Grüße, 東京 🎧', 'a "quoted" \\ line\n'], turn), amount: n / 8 };
  const event = topic.startsWith('audit.') ? auditEvent(topic, turn, id, payload) : ajEvent(topic, turn, id, payload);
  const key = pick([null, 'bp-1', `actor-${n % 50}`], turn);
  return { n, topic, type: event.type ?? event.event_type, id, payload, key, value: Buffer.from(JSON.stringify(event)) };
}

function auditEvent(topic, turn, id, data) {
  const type = pick(auditTypes[topic], turn);
  return {
    id,
    type,
    timestamp: turn % 2 === 0 ? new Date().toISOString() : undefined,
    actor: `user-${turn % 20}`,
    actorType: pick(['user', 'team', 'partner', 'system', 'ai'], turn),
    blueprintId: turn % 4 === 0 ? 'bp-1' : undefined,
    data,
    metadata: turn % 5 === 0 ? { requestId: `r-${turn}`, topic: 'said by the publisher' } : undefined,
    priority: sampled(type) ? 'P0' : pick([undefined, 'P0', 'P1', 'P2', 'P3'], turn),
    ttl: turn % 7 === 0 ? 3600 : undefined,
    notInTheContract: turn % 11 === 0 ? [turn] : undefined,
  };
}

function ajEvent(topic, turn, id, payload) {
  return {
    event_id: id,
    event_type: pick(ajTypes[topic], turn),
    timestamp: turn % 2 === 0 ? new Date().toISOString() : undefined,
    payload,
    metadata: turn % 3 === 0 ? { source: 'check', severity: pick(['critical', 'error', 'warning', 'info'], turn) } : undefined,
  };
}

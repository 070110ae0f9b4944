import { Kafka, logLevel, Partitioners } from 'kafkajs';

/** A plain Kafka producer that waits for the broker's full acknowledgement. */
export async function connectProducer(address, { retries = 5 } = {}) {
  const kafka = new Kafka({ clientId: 'ajbus-checks', brokers: [address], logLevel: logLevel.NOTHING, retry: { retries } });
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  return producer;
}

const batchRecords = 500;
const batchBytes = 512 * 1024;

/** Sends `{topic, key, value}` records in their order, acks=all, in batches that stay well below the broker's limit. */
export async function publish(producer, records) {
  let batch = [];
  let bytes = 0;
  for (const record of records) {
    const size = record.value?.length ?? 0;
    if (batch.length === batchRecords || (batch.length > 0 && bytes + size > batchBytes)) {
      await sendTogether(producer, batch);
      [batch, bytes] = [[], 0];
    }
    batch.push(record);
    bytes += size;
  }
  if (batch.length > 0) await sendTogether(producer, batch);
}

async function sendTogether(producer, records) {
  const byTopic = new Map(records.map(({ topic }) => [topic, []]));
  for (const { topic, key = null, value } of records) byTopic.get(topic).push({ key, value });
  const topicMessages = [...byTopic].map(([topic, messages]) => ({ topic, messages }));
  await producer.sendBatch({ acks: -1, topicMessages });
}

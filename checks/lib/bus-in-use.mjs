import { Browser } from './browser.mjs';
import { Bus } from './bus.mjs';
import { mixedEvent } from './events.mjs';
import { connectProducer, publish } from './kafka.mjs';
import { Receiver } from './receiver.mjs';

const unusable = [Buffer.from('{"no":"type"}'), Buffer.from([0xff, 0, 1])].map((value) => ({ topic: 'audit.user', value }));

/** A bus with a history, so that each screen of the dashboard has something to show, and a browser before it. */
export class BusInUse {
  static async start() {
    const one = new BusInUse();
    one.bus = await Bus.start();
    try {
      await one.#begin();
      return one;
    } catch (error) {
      await one.close();
      throw error;
    }
  }

  async #begin() {
    this.receiver = await Receiver.start();
    const { url, secret } = this.receiver;
    await this.bus.addTarget(this.receiver, { description: 'Operations' });
    await this.bus.post(201, '/targets', { url, secret, events: ['alert_*'], description: 'On call', paused: true });
    this.producer = await connectProducer(this.bus.kafka);
    await publish(this.producer, [...Array.from({ length: 64 }, (_, n) => mixedEvent(n)), ...unusable]);
    // The dead letters of the paused target raise an alert, which is one event more.
    await this.bus.statsUntil('everything has ended', (stats) => stats.published > 66 && stats.quarantined === 2 && stats.inFlight === 0);
    this.browser = await Browser.start(this.bus);
  }

  async close() {
    await this.browser?.close();
    await this.producer?.disconnect();
    await this.receiver?.close();
    await this.bus.dispose();
  }

  /** Publishes one event and returns its id. */
  async publishOne(type, payload = { level: 1 }) {
    const id = `${type}-${Math.random().toString(36).slice(2)}`;
    const event = { event_id: id, event_type: type, payload, metadata: { source: 'check' } };
    await publish(this.producer, [{ topic: 'events.status', value: JSON.stringify(event) }]);
    return id;
  }
}

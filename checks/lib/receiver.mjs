import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { problemOf } from './signature.mjs';

/** A webhook receiver inside the check: keeps the exact bytes of every delivery and refuses what is not signed well. */
export class Receiver {
  #server = createServer((request, response) => this.#take(request, response));
  secret = randomBytes(24).toString('base64url');
  deliveries = [];
  problems = [];

  static async start() {
    const receiver = new Receiver();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}/hook`;
  }

  async close() {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  async #take(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const delivery = { headers: request.headers, body: Buffer.concat(chunks) };
    const problem = problemOf(this.secret, delivery.headers, delivery.body);
    if (problem === null) this.deliveries.push({ ...delivery, event: JSON.parse(delivery.body) });
    else this.problems.push({ problem, ...delivery });
    response.writeHead(problem === null ? 200 : 401).end();
  }
}

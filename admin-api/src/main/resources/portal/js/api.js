import { Watched } from './watched.js';

const base = '/api/admin/event-bus';
const session = '/portal/admin/events/session';

/** Whether the server answered the last request; screens keep what they have while it does not. */
export const reachable = new Watched(true);
/** null until it is known. */
export const signedIn = new Watched(null);

/** A request that failed: `message` is the server's sentence, `status` 0 where there was no answer. */
export class Failure extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Something is away for a while: the server, or what it stands on. */
export const passes = (error) => error instanceof Failure && [0, 502, 503, 504].includes(error.status);

async function send(method, url, body) {
  const headers = { 'ajbus-dashboard': '1' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  let response;
  let text;
  try {
    response = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(25_000) });
    text = await response.text();
  } catch {
    reachable.set(false);
    throw new Failure(0, 'The admin API does not answer. This page tries again by itself.');
  }
  reachable.set(![502, 503, 504].includes(response.status));
  if (response.ok) return text;
  if (response.status === 401) signedIn.set(false);
  throw new Failure(response.status, sentence(response.status, text));
}

function sentence(status, text) {
  try {
    return JSON.parse(text).detail;
  } catch {
    return `The admin API answered with status ${status}.`;
  }
}

/** `?a=1&b=2` of what is not empty. */
export function query(parameters) {
  const filled = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return filled.length === 0 ? '' : `?${new URLSearchParams(filled)}`;
}

export const getText = (path) => send('GET', base + path);
export const get = async (path) => JSON.parse(await getText(path));
const change = async (method, path, value) => {
  const text = await send(method, base + path, value === undefined ? undefined : JSON.stringify(value));
  return text === '' ? null : JSON.parse(text);
};
export const post = (path, value) => change('POST', path, value);
export const patch = (path, value) => change('PATCH', path, value);
export const put = (path, value) => change('PUT', path, value);
export const remove = (path) => change('DELETE', path);

export async function signIn(key) {
  await send('POST', session, JSON.stringify({ key }));
  signedIn.set(true);
}

export async function signOut() {
  await send('DELETE', session);
  signedIn.set(false);
}

/** Asks until there is an answer whether somebody is signed in. */
export async function askSession() {
  try {
    const { endsAt } = JSON.parse(await send('GET', session));
    signedIn.set(endsAt !== null);
  } catch {
    setTimeout(askSession, 2_000);
  }
}

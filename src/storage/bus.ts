import { once } from "node:events";
import { chmod, rm } from "node:fs/promises";
import { connect, createServer, type Server, type Socket } from "node:net";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Clock } from "../lib/clock.ts";
import { type Changes, LocalChanges, type Topic } from "./changes.ts";

/** The changes of several processes, as one. */
export interface SharedChanges extends Changes {
  close(): Promise<void>;
}

/** Where the server that listens on this socket tells changes to its worker. */
export const busPath = (serverSocket: string): string => join(dirname(serverSocket), "bus.sock");

/** Hosts the bus. The caller is the only server here, so a file that lies in the way is a dead one's. */
export async function hostChanges(path: string): Promise<SharedChanges> {
  const peers = new Set<Peer>();
  const changes = new PassedOnChanges((topics) => {
    for (const peer of peers) peer.send(topics);
  });
  const server = createServer((socket) => {
    const peer = new Peer(socket, (topics) => {
      changes.tell(topics);
      for (const other of peers) if (other !== peer) other.send(topics);
    });
    peers.add(peer);
    // What it wanted to say while it was not connected is lost: whoever waits, look again.
    changes.wakeAll();
    peer.ended.then(() => {
      peers.delete(peer);
      changes.wakeAll();
    });
  });
  await listen(server, path);
  return Object.assign(changes, {
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const peer of peers) peer.end();
      await closed;
    },
  });
}

const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 2000;

/** Joins the bus, now or when its host comes back. Each time it is joined, whoever waits here is told to look again. */
export function joinChanges(path: string, clock: Clock): SharedChanges {
  const stop = new AbortController();
  let peer: Peer | undefined;
  const changes = new PassedOnChanges((topics) => peer?.send(topics));

  const staying = (async () => {
    let pause = FIRST_PAUSE;
    while (!stop.signal.aborted) {
      const socket = await connected(path);
      if (socket) {
        pause = FIRST_PAUSE;
        peer = new Peer(socket, (topics) => changes.tell(topics));
        if (stop.signal.aborted) peer.end();
        changes.wakeAll();
        await peer.ended;
        peer = undefined;
      }
      await clock.sleep(pause, stop.signal).catch(() => undefined);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  })();

  return Object.assign(changes, {
    async close() {
      stop.abort();
      peer?.end();
      await staying;
    },
  });
}

/** Publishes here and passes it on. */
class PassedOnChanges extends LocalChanges {
  readonly #passOn: (topics: readonly Topic[]) => void;

  constructor(passOn: (topics: readonly Topic[]) => void) {
    super();
    this.#passOn = passOn;
  }

  override publish(topics: Iterable<Topic>): void {
    const published = [...topics];
    this.tell(published);
    this.#passOn(published);
  }
}

/** One end of a connection: topics as lines, those of one turn of the event loop together and once each. */
class Peer {
  readonly ended: Promise<void>;
  readonly #socket: Socket;
  readonly #pending = new Set<Topic>();

  constructor(socket: Socket, receive: (topics: readonly Topic[]) => void) {
    this.#socket = socket;
    this.ended = new Promise((resolve) => socket.once("close", () => resolve()));
    const lines = createInterface({ input: socket });
    lines.on("line", (line) => receive(line.split(" ") as Topic[]));
    // The close follows an error, and that is what counts.
    for (const emitter of [socket, lines]) emitter.on("error", () => undefined);
  }

  send(topics: readonly Topic[]): void {
    if (this.#pending.size === 0) setImmediate(() => this.#flush());
    for (const topic of topics) this.#pending.add(topic);
  }

  end(): void {
    this.#socket.destroySoon();
  }

  #flush(): void {
    if (this.#socket.writable) this.#socket.write(`${[...this.#pending].join(" ")}\n`);
    this.#pending.clear();
  }
}

async function listen(server: Server, path: string): Promise<void> {
  await rm(path, { force: true });
  const listening = once(server, "listening");
  server.listen(path);
  await listening;
  await chmod(path, 0o600);
}

const connected = (path: string): Promise<Socket | undefined> =>
  new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.removeAllListeners("error");
      resolve(socket);
    });
    socket.once("error", () => resolve(undefined));
  });

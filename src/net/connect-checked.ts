import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { NetError } from '../domain/errors.ts';
import { isPublicAddress } from './address-check.ts';

/** Every address of a name. */
export type ResolveName = (hostname: string) => Promise<{ address: string; family: number }[]>;

/** The operating system's answer: the hosts file and a container's names count, as an operator expects. */
const resolveBySystem: ResolveName = (hostname) => lookup(hostname, { all: true });

/** Milliseconds for one address of several before the next is tried; Node's 250 gives up on a server far away. */
const ATTEMPT_MS = 2_000;

/**
 * Opens connections, to public addresses only unless private ones are allowed. A name is resolved once, here, and the connection goes to an
 * address of that same answer: a name server cannot show a public address to the check and a private one to the socket.
 */
export function createCheckedConnector(options: {
  allowPrivateNetworks: boolean;
  /** Milliseconds for name, TCP and TLS together. */
  timeoutMs: number;
  resolve?: ResolveName | undefined;
}): buildConnector.connector {
  const check = options.allowPrivateNetworks ? () => {} : refusePrivate;
  const connect = buildConnector({
    timeout: options.timeoutMs,
    // Also makes Node ask `lookup` for all addresses, the only form of answer that it gives.
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ATTEMPT_MS,
    lookup: createLookup(options.resolve ?? resolveBySystem, check),
  });
  return (target, callback) => {
    const refused = isIP(target.hostname) ? reasonOf(() => check(target.hostname)) : null;
    if (refused) process.nextTick(callback, refused, null);
    else connect(target, callback);
  };
}

function createLookup(resolve: ResolveName, check: (address: string) => void): LookupFunction {
  return (hostname, _options, callback) => {
    resolve(hostname)
      .then((addresses) => {
        for (const { address } of addresses) check(address);
        return addresses;
      })
      .then(
        (addresses) => callback(null, addresses),
        (error: NodeJS.ErrnoException) => callback(error, []),
      );
  };
}

function refusePrivate(address: string): void {
  if (isPublicAddress(address)) return;
  throw new NetError('private-address', `${address} is not an address on the public internet`, {
    url: address,
  });
}

function reasonOf(check: () => void): Error | null {
  try {
    check();
    return null;
  } catch (error) {
    return error as Error;
  }
}

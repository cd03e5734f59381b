import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { NetError } from '../domain/errors.ts';

/** Every address of a name. */
export type ResolveName = (hostname: string) => Promise<{ address: string; family: number }[]>;

/** The operating system's answer: the hosts file and a container's names count, as an operator expects. */
const resolveBySystem: ResolveName = (hostname) => lookup(hostname, { all: true });

/** Milliseconds for one address of several before the next is tried; Node's 250 gives up on a server far away. */
const ATTEMPT_MS = 2_000;

/**
 * Opens connections, to allowed addresses only. A name is resolved once, here, and the connection goes to an address of that same answer: a
 * name server cannot show a public address to the check and a private one to the socket. A name with one address that is not allowed is
 * refused as a whole.
 */
export function createCheckedConnector(options: {
  isAllowed: (ip: string) => boolean;
  /** Milliseconds for name, TCP and TLS together. */
  timeoutMs: number;
  resolve?: ResolveName;
}): buildConnector.connector {
  const { isAllowed, timeoutMs, resolve = resolveBySystem } = options;
  const connect = buildConnector({
    timeout: timeoutMs,
    // Also makes Node ask `lookup` for all addresses, the only form of answer that it gives.
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ATTEMPT_MS,
    lookup: createCheckedLookup(resolve, isAllowed),
  });
  return (target, callback) => {
    // Node looks up names only: an address in the URL itself is checked here.
    if (isIP(target.hostname) && !isAllowed(target.hostname)) {
      process.nextTick(callback, privateAddress(target.hostname), null);
    } else {
      connect(target, callback);
    }
  };
}

function createCheckedLookup(
  resolve: ResolveName,
  isAllowed: (ip: string) => boolean,
): LookupFunction {
  return (hostname, _options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const refused = addresses.find(({ address }) => !isAllowed(address));
        if (refused) callback(privateAddress(refused.address), []);
        else if (addresses.length === 0) callback(noAddress(), []);
        else callback(null, addresses);
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
}

function privateAddress(ip: string): NetError {
  return new NetError('private-address', `${ip} is not an address on the public internet`, {
    url: ip,
  });
}

/** As the system's resolver says it; Node takes an empty list for granted and throws. */
function noAddress(): NodeJS.ErrnoException {
  return Object.assign(new Error('the name has no address'), { code: 'ENODATA' });
}

import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A server on loopback that speaks whatever `greet` writes, for answers that no HTTP server would give. */
export async function createRawServer(
  greet: (socket: Socket) => void,
): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    // The client cuts connections on purpose.
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.resume();
    greet(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Sends zeros for as long as the other side takes them. */
export function pourZeros(socket: Socket): void {
  const pour = () => {
    while (socket.writable && socket.write(Buffer.alloc(65_536)));
  };
  socket.on('drain', pour);
  pour();
}

// The yardstick: a bare FastAGI script that sets one variable. Prints its port, serves until it is ended.
import { createServer } from 'node:net';

const server = createServer({ noDelay: true }, (socket) => {
  let text = '';
  let asked = false;
  socket.setEncoding('latin1');
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: string) => {
    text += chunk;
    if (!asked && text.includes('\n\n')) {
      asked = true;
      socket.write('SET VARIABLE BENCH_VERDICT allow\n');
    } else if (asked && text.includes('200 result=')) {
      socket.end();
    }
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address) console.log(address.port);
});

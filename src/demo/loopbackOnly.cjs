/**
 * Preloaded into a program that would listen on all interfaces: whatever it listens on becomes 127.0.0.1, and what it serves by HTTP is for
 * this machine alone: a web page whose name was made to lead here (DNS rebinding), or a page of another site, is refused.
 */
const http = require('node:http');
const net = require('node:net');

const LOOPBACK = '127.0.0.1';
const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function listenOnLoopback(first, ...rest) {
  if (typeof first === 'number' || /^\d+$/.test(first)) {
    // listen(port[, host][, backlog][, callback]): the host, if any, is the string among the rest.
    const others = rest.filter((argument) => typeof argument !== 'string');
    return listen.call(this, Number(first), LOOPBACK, ...others);
  }
  if (first !== null && typeof first === 'object' && 'port' in first) {
    return listen.call(this, { ...first, host: LOOPBACK }, ...rest);
  }
  return listen.call(this, first, ...rest);
};

const OWN = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;
const emit = http.Server.prototype.emit;

http.Server.prototype.emit = function emitForThisMachine(event, ...rest) {
  if (event !== 'request' && event !== 'upgrade' && event !== 'checkContinue')
    return emit.call(this, event, ...rest);
  const [{ headers }, answer] = rest;
  const from = headers.origin === undefined ? null : headers.origin.replace(/^https?:\/\//i, '');
  if (OWN.test(headers.host ?? '') && (from === null || OWN.test(from)))
    return emit.call(this, event, ...rest);
  if (event === 'upgrade') answer.destroy();
  else {
    // Not in one line: some servers have writeHead give nothing.
    answer.writeHead(403, { connection: 'close' });
    answer.end('This machine alone.');
  }
  return true;
};

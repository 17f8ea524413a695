/** Preloaded into a program that would listen on all interfaces: whatever it listens on becomes 127.0.0.1. */
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

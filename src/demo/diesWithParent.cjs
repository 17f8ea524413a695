/**
 * Preloaded into every process that the demo and the tests start. Such a process ends when it is told to, over
 * its channel to the parent, and also when that channel breaks: so that nothing stays behind after `kill -9`.
 * A program that handles SIGTERM (Azurite writes its data to disk then) gets the time to do so.
 */
const GRACE_MS = 8_000;

let ending = false;

function end() {
  if (ending) return;
  ending = true;
  setTimeout(() => process.exit(1), GRACE_MS).unref();
  if (process.listenerCount('SIGTERM') === 0) process.exit(0);
  process.emit('SIGTERM', 'SIGTERM');
}

process.on('message', (message) => {
  if (message === 'end') end();
});
process.on('disconnect', end);
// The channel alone must not keep a process alive that has closed everything else.
process.channel?.unref();
